import { describe, expect, test } from "vitest";
import { parseSettings } from "../../settings/parse.ts";
import { MistakesError, type Mistake } from "../../streaming/wording/mistakes.ts";
import { storageDefaults } from "../../streaming/storage/account.ts";

/** A stack's configuration as the engine hands it over: everything is text, lists and maps are JSON. */
function config(values: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(values).map(([key, value]) => [
    `defender-streaming:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { "azure-native:location": "westeurope", ...(Object.fromEntries(texts) as Record<string, string>) };
}

function mistakes(values: Record<string, unknown>): readonly Mistake[] {
  try {
    parseSettings(config({ destinations: ["storage"], ...values }));
    return [];
  } catch (error) {
    if (error instanceof MistakesError) return error.mistakes;
    throw error;
  }
}

const inWords = (values: Record<string, unknown>) =>
  mistakes(values).map(({ key, rule, fix }) => `${key}: ${rule} ${fix}`);

test("an option that is given leaves the others at their defaults", () => {
  const { settings } = parseSettings(config({ destinations: ["storage"], storage: { retentionDays: 90 } }));
  expect(settings.storage).toMatchObject({ ...storageDefaults, retentionDays: 90 });
});

describe("refused in its own sentence:", () => {
  test.each<[string, unknown, RegExp]>([
    ["another redundancy", { redundancy: "GSR" }, /storage\.redundancy: .*Write GRS\./],
    [
      "a premium redundancy",
      { redundancy: "Premium_LRS" },
      /storage\.redundancy: .*premium accounts.*Write LRS/,
    ],
    ["a SKU", { redundancy: "Standard_GRS" }, /storage\.redundancy: .*Write GRS\./],
    ["premium performance, as Azure spells it", { performance: "Premium" }, /premium accounts.*Remove it/],
    ["premium performance", { performance: "premium" }, /storage\.performance: .*premium accounts/],
    ["partitioned DNS", { dnsEndpointType: "AzureDnsZone" }, /storage\.dnsEndpointType: .*partitioned DNS/],
    ["tiering in any form", { tiering: "cool" }, /storage\.tiering: .*no access tiers/],
    ["an access tier", { accessTier: "Cool" }, /storage\.accessTier: .*no access tiers.*retentionDays/],
    ["days until a tier", { daysUntilCool: 30 }, /storage\.daysUntilCool: .*no access tiers/],
    ["an archive", { archiveAfterDays: 90 }, /storage\.archiveAfterDays: .*no access tiers/],
    ["a slip in a key", { retentionDay: 30 }, /storage\.retentionDay: There is no such key.*retentionDays/],
    [
      "retention in words",
      { retentionDays: "a year" },
      /storage\.retentionDays: .*whole number of days, or `false`/,
    ],
    [
      "immutability in days alone",
      { immutability: 30 },
      /storage\.immutability: .*`\{days: <whole number>\}`.*\{immutability: \{days: 30\}\}/,
    ],
    ["no soft delete", { softDeleteDays: false }, /storage\.softDeleteDays: .*\{softDeleteDays: 7\}/],
    ["immutability without days", { immutability: {} }, /storage\.immutability\.days: It is required/],
    ["a misspelled key", { retentionDay: 30 }, /storage\.retentionDay: .*Did you mean retentionDays\?/],
    ["no map", "GRS", /storage: It must be a map of keys and values/],
  ])("%s", (_, storage, said) => {
    expect(inWords({ storage })).toEqual([expect.stringMatching(said)]);
  });
});

test("former keys with their only value are left out with a warning to delete the line", () => {
  const former = { performance: "standard", dnsEndpointType: "Standard", tiering: false };
  const { settings, warnings } = parseSettings(
    config({ destinations: ["storage"], storage: { ...former, retentionDays: 90 } }),
  );
  expect(settings.storage).toMatchObject({ ...storageDefaults, retentionDays: 90 });
  expect(Object.keys(settings.storage)).not.toContain("performance");
  expect(warnings).toEqual([
    "`storage.performance` is no longer a setting, because only `standard` works. Delete the line.",
    "`storage.dnsEndpointType` is no longer a setting, because only `Standard` works. Delete the line.",
    "`storage.tiering` is no longer a setting, because only `false` works. Delete the line.",
  ]);
});

test("the only value of a former key is accepted in any letter case", () => {
  const { warnings } = parseSettings(
    config({ destinations: ["storage"], storage: { performance: "Standard" } }),
  );
  expect(warnings).toEqual([expect.stringContaining("`storage.performance` is no longer a setting")]);
});

test("all mistakes of an account are reported at once, and the fixes have the full key", () => {
  const said = mistakes({
    storage: {
      retentionDays: 0,
      softDeleteDays: 0,
      tiering: { archiveAfterDays: 90 },
      ipRules: ["10.0.0.1"],
    },
    consumers: [
      {
        name: "x",
        objectId: "a3c5d5a2-6b0e-4d61-8a3e-0f3f1c2b4d5e",
        principalType: "ServicePrincipal",
        reads: ["eventHub"],
      },
    ],
  });
  expect(said.map(({ key }) => key)).toEqual([
    "defender-streaming:storage.tiering",
    "defender-streaming:storage.retentionDays",
    "defender-streaming:storage.softDeleteDays",
    "defender-streaming:storage.ipRules[0]",
    "defender-streaming:consumers[0].reads",
  ]);
  expect(said[1]?.fix).toContain("`defender-streaming:storage: {retentionDays: 365}`");
});

describe("a setting for a destination that is not asked for", () => {
  test("is a mistake for each key of Event Hubs, with both fixes", () => {
    const said = mistakes({ tier: "Premium", layout: "perTable", partitionCount: 8, hubPolicy: true });
    expect(said.map(({ key }) => key)).toEqual([
      "defender-streaming:layout",
      "defender-streaming:tier",
      "defender-streaming:partitionCount",
      "defender-streaming:hubPolicy",
    ]);
    expect(said[0]?.fix).toBe("Remove it, or write `defender-streaming:destinations: [storage, eventHub]`.");
  });

  test("is a mistake for options of storage", () => {
    expect(inWords({ destinations: ["eventHub"], storage: { retentionDays: 30 } })).toEqual([
      expect.stringMatching(/^defender-streaming:storage: It is only for the destination `storage`/),
    ]);
  });

  test("is no mistake with both destinations", () => {
    expect(
      inWords({ destinations: ["eventHub", "storage"], tier: "Premium", storage: { retentionDays: 30 } }),
    ).toEqual([]);
  });
});

test("an unknown destination is a mistake", () => {
  expect(inWords({ destinations: ["blob"] })).toEqual([
    expect.stringMatching(/^defender-streaming:destinations\[0\]: It must be eventHub or storage/),
  ]);
});

test("the account's key is found in allowDataLoss in any letter case", () => {
  expect(mistakes({ allowDataLoss: ["sa1"] })).toEqual([]);
  expect(mistakes({ allowDataLoss: ["SA1"] })[0]?.fix).toBe("Did you mean sa1?");
});
