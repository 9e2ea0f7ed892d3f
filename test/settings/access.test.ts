import { expect, test } from "vitest";
import { parseSettings } from "../../settings/parse.ts";
import { mistakesThrown } from "../streaming/requests.ts";

const id = "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11";
const now = new Date("2026-12-01T12:00:00Z");
const parse = (portalUsers: object[], consumers: object[] = []) =>
  parseSettings(
    {
      "azure-native:location": "westeurope",
      "defender-streaming:portalUsers": JSON.stringify(portalUsers),
      "defender-streaming:consumers": JSON.stringify(consumers),
    },
    {},
    now,
  );
const user = (access: unknown) => ({ name: "Ada", objectId: id, principalType: "User", access });
const said = (...args: Parameters<typeof parse>) =>
  mistakesThrown(() => parse(...args)).map(({ key, rule, fix }) => `${key}: ${rule} ${fix}`);

test("access is a word or a map with an end", () => {
  const until = "2027-01-31T18:00:00Z";
  const { settings } = parse([user("eligible")]);
  expect(settings.portalUsers).toMatchObject([{ access: "eligible" }]);
  expect(parse([user({ until })]).settings.portalUsers).toMatchObject([{ access: { until } }]);
  expect(parse([user("permanent")]).settings.portalUsers).toMatchObject([{ access: "permanent" }]);
});

test.each<[string, unknown, RegExp]>([
  [
    "a misspelled word",
    "elegible",
    /^defender-streaming:portalUsers\[0\]\.access: It must be .*`eligible`.*Write `access: /,
  ],
  ["a date in place of the map", "2027-01-31", /\.access: .*end as `\{until: /],
  ["a map without its end", {}, /\.access\.until: It is required/],
  ["another key", { till: "2027-01-31T18:00:00Z" }, /\.access/],
  ["an end without time zone", { until: "2027-01-31T18:00:00" }, /\.access\.until: .*time zone/],
  [
    "an end without quotes",
    { until: "2027-01-31 18:00:00 +0000 UTC" },
    /\.access\.until: .*quotes.*Write `until: "2027-01-31T18:00:00Z"`/,
  ],
  [
    "an end without quotes in another time zone",
    { until: "2027-01-31 18:00:00.5 +0100 +0100" },
    /Write `until: "2027-01-31T18:00:00.5\+01:00"`/,
  ],
  [
    "an end that is over",
    { until: "2026-11-30T18:00:00Z" },
    /\.access\.until: .*it is now 2026-12-01T12:00:00.000Z/,
  ],
])("%s is a mistake with a fix", (_, access, expected) => {
  const all = said([user(access)]);
  expect(all.length).toBeGreaterThan(0);
  expect(all[0]).toMatch(expected);
});

test("an end that is over is reported together with the other mistakes", () => {
  const keys = mistakesThrown(() =>
    parse([user({ until: "2026-11-30T18:00:00Z" }), { ...user("permanent"), name: " " }]),
  ).map(({ key }) => key);
  expect(keys).toEqual([
    "defender-streaming:portalUsers[1].name",
    "defender-streaming:portalUsers[1].objectId",
    "defender-streaming:portalUsers[0].access.until",
  ]);
});

test("a consumer's roles are permanent: it has no key `access`", () => {
  expect(said([], [{ ...user("eligible"), principalType: "ServicePrincipal" }])).toEqual([
    expect.stringMatching(/consumers\[0\]\.access: There is no such key here.*Remove it/),
  ]);
});
