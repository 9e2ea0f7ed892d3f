import { expect, it } from "vitest";
import { parseSettings } from "../../settings/parse.ts";
import { requestWith, type Wishes } from "../../settings/requestWith.ts";
import { MistakesError } from "../../streaming/wording/mistakes.ts";
import { plan } from "../../streaming/plan.ts";
import { mistakesThrown } from "../streaming/requests.ts";

it("gives what a stack file with the same settings gives", () => {
  const config = {
    "azure-native:location": "westeurope",
    "defender-streaming:product": "endpoint",
    "defender-streaming:tables": '{"remove": ["deviceinfo"]}',
    "defender-streaming:tier": "Premium",
  };
  const { location, ...settings } = parseSettings(config).settings;
  expect(location).toBe("westeurope");
  expect(requestWith({ product: "endpoint", tables: { remove: ["deviceinfo"] }, tier: "Premium" })).toEqual(
    settings,
  );
});

it("without settings gives a request for all tables of Defender XDR, which can be planned", () => {
  expect(plan(requestWith()).exportSettings).toHaveLength(3);
});

it("reports every mistake at once: of form, of names, and between two keys", () => {
  const wishes = {
    retention: 5,
    tier: "basic",
    hubName: "defender",
    consumerGroups: ["$Default"],
    storage: { retentionDays: 5 },
    tags: { "a?": "b" },
  };
  const mistakes = mistakesThrown(() => requestWith(wishes as unknown as Wishes));
  expect(mistakes.map(({ key }) => key)).toEqual([
    "retention",
    "storage",
    "hubName",
    "tier",
    "consumerGroups[0]",
    "tags.a?",
  ]);
});

it("requires object ids, because names are looked up before", () => {
  const wishes = { portalUsers: [{ name: "Alex", userPrincipalName: "alex@contoso.com" }] };
  const [mistake, ...others] = mistakesThrown(() => requestWith(wishes as unknown as Wishes));
  expect(others).toEqual([]);
  expect(mistake).toMatchObject({
    key: "portalUsers[0]",
    fix: expect.stringMatching(/lookUp.*decide/) as string,
  });
});

it("names the keys as they are written in a program", () => {
  const [mistake] = mistakesThrown(() => requestWith({ layout: "single" }));
  expect(mistake?.key).toBe("hubName");
  expect(mistake?.fix).not.toContain("defender-streaming:");
});

it("ends a Pulumi program without a stack trace", () => {
  // The mark that Pulumi's RunError has, by which the engine knows an error that is meant for people.
  expect(new MistakesError([])).toMatchObject({ __pulumiRunError: true });
});
