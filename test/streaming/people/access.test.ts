import { describe, expect, test } from "vitest";
import type { Access } from "../../../streaming/people/access.ts";
import { pastEnds } from "../../../streaming/people/accessRules.ts";
import type { PortalUser } from "../../../streaming/people/principals.ts";
import { plan } from "../../../streaming/plan.ts";
import { accessChangeMistakes, type DeployedGrant } from "../../../streaming/roles/accessChanges.ts";
import { accessNotices } from "../../../streaming/roles/accessNotices.ts";
import { grants } from "../../../streaming/roles/roles.ts";
import { mistakesWith, request } from "../requests.ts";

const ada: PortalUser = {
  name: "Ada",
  objectId: "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11",
  principalType: "User",
};
const having = (access: Access, changes: Partial<PortalUser> = {}) => [{ ...ada, access, ...changes }];
const now = new Date("2026-12-01T12:00:00Z");

describe("an end of access", () => {
  test.each([
    "2027-01-31T18:00:00Z",
    "2027-01-31T18:00Z",
    "2027-01-31T18:00:00.5+01:00",
    "2028-02-29T00:00:00-05:30",
  ])("can be %s", (until) => {
    expect(mistakesWith({ portalUsers: having({ until }) })).toEqual([]);
  });

  test.each([
    ["a date alone", "2027-01-31", /date and time with a time zone/, /in quotes/],
    ["no time zone", "2027-01-31T18:00:00", /time zone/, /`until: "2027-01-31T18:00:00Z"` for UTC/],
    ["a blank in place of the T", "2027-01-31 18:00:00", /time zone/, /"2027-01-31T18:00:00Z"/],
    ["a day that the month does not have", "2027-02-30T18:00:00Z", /valid date and time/, /for example/],
    ["a leap day of another year", "2027-02-29T18:00:00Z", /valid date and time/, /for example/],
    ["an hour that the day does not have", "2027-01-31T24:30:00Z", /valid date and time/, /for example/],
    ["words", "end of January", /valid date and time/, /for example/],
  ])("cannot be %s", (_, until, rule, fix) => {
    expect(mistakesWith({ portalUsers: having({ until }) })).toMatchObject([
      {
        key: "portalUsers[0].access.until",
        value: until,
        rule: expect.stringMatching(rule) as unknown,
        fix: expect.stringMatching(fix) as unknown,
      },
    ]);
  });

  test("lies in the future, whatever its time zone", () => {
    const past = (until: string) => pastEnds(having({ until }), now).map(({ key }) => key);
    expect(past("2026-12-01T12:00:01Z")).toEqual([]);
    expect(past("2026-12-01T13:00:00+01:00")).toEqual(["portalUsers[0].access.until"]);
    expect(past("2026-12-01T11:30:00-01:00")).toEqual([]);
    const [mistake] = pastEnds(having({ until: "2025-01-01T00:00:00Z" }), now);
    expect(mistake?.fix).toMatch(/later date, or remove the entry/);
  });

  test("gets a warning when PIM's default settings would refuse it", () => {
    expect(
      accessNotices({ request: { portalUsers: having({ until: "2027-05-30T00:00:00Z" }) }, now }),
    ).toEqual([]);
    expect(
      accessNotices({ request: { portalUsers: having({ until: "2027-06-30T00:00:00Z" }) }, now }),
    ).toEqual([
      expect.stringMatching(
        /^The access of Ada ends more than 180 days from now\. By default PIM allows no more/,
      ),
    ]);
    expect(accessNotices({ request: { portalUsers: [ada, ...having("eligible")] }, now })).toEqual([]);
  });
});

test("an application cannot be eligible, and can have access up to an end", () => {
  const app = { principalType: "ServicePrincipal" } as const;
  expect(mistakesWith({ portalUsers: having("eligible", app) }).map(({ key }) => key)).toEqual([
    "portalUsers[0].access",
  ]);
  expect(mistakesWith({ portalUsers: having({ until: "2027-01-31T18:00:00Z" }, app) })).toEqual([]);
  expect(mistakesWith({ portalUsers: having("eligible", { principalType: "Group" }) })).toEqual([]);
});

test("the plan says what PIM needs, and who must activate the role", () => {
  const warnings = (access: Access) => plan(request({ portalUsers: having(access) })).warnings.join("\n");
  expect(warnings("eligible")).toMatch(/Entra ID P2.*\n.*Ada must activate Contributor in PIM/s);
  expect(warnings({ until: "2027-01-31T18:00:00Z" })).toMatch(/Entra ID P2/);
  expect(warnings("permanent")).not.toMatch(/PIM|P2/);
});

test("a grant says how access is given, and is permanent by default", () => {
  const accesses = (portalUsers: PortalUser[]) =>
    grants({ portalUsers, consumers: [ada] }).map(({ access }) => access);
  expect(accesses(having("eligible"))).toEqual(["eligible", "permanent", "permanent"]);
  expect(accesses([ada])).toEqual(["permanent", "permanent", "permanent"]);
});

describe("on a deployed stack", () => {
  const until = "2027-01-31T18:00:00Z";
  const deployed = (access?: Exclude<Access, "permanent">): DeployedGrant => ({
    role: "Contributor",
    principalId: ada.objectId,
    managed: true,
    ...(access === undefined ? {} : { access }),
  });
  const change = (before: DeployedGrant, access: Access, changes: Partial<PortalUser> = {}, at = now) =>
    accessChangeMistakes({
      request: { roles: "manage" },
      principals: { found: { portalUsers: having(access, changes) } },
      last: { grants: [before] },
      now: at,
    }).map(({ key, rule }) => `${key}: ${rule}`);

  test("permanent access becomes time-bound, or the other way, in two steps", () => {
    const said = expect.stringMatching(
      /^portalUsers\[0\]\.access: .*once, and this stack already has a permanent assignment/,
    ) as unknown;
    expect(change(deployed(), { until })).toEqual([said]);
    expect(change(deployed(), { until }, { objectId: ada.objectId.toUpperCase() })).toEqual([said]);
    expect(change(deployed({ until }), "permanent")).toEqual([
      expect.stringMatching(/this stack already has a time-bound assignment/),
    ]);
  });

  test("every other change is one step", () => {
    expect(change(deployed({ until }), { until: "2027-03-31T18:00:00Z" })).toEqual([]);
    expect(change(deployed(), "eligible")).toEqual([]);
    expect(change(deployed("eligible"), { until })).toEqual([]);
    expect(change(deployed({ until }), "permanent", {}, new Date("2027-02-01T00:00:00Z"))).toEqual([]);
    expect(change({ ...deployed(), managed: false }, { until })).toEqual([]);
    expect(change({ ...deployed(), role: "Reader" }, { until })).toEqual([]);
    expect(change({ ...deployed(), principalId: "somebody else" }, { until })).toEqual([]);
  });
});
