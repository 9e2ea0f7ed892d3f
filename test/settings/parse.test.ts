import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { parseSettings, withFullKeys } from "../../settings/parse.ts";
import type { Settings } from "../../settings/settings.ts";
import { eventHubNetworkDefaults } from "../../streaming/network/namespaceFirewall.ts";
import { MistakesError, type Mistake } from "../../streaming/wording/mistakes.ts";
import { plan } from "../../streaming/plan.ts";
import { storageDefaults } from "../../streaming/storage/account.ts";
import { presets } from "../../streaming/defender/tables.ts";

const id = "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11";
const otherId = "a3c5d5a2-6b0e-4d61-8a3e-0f3f1c2b4d5e";

/** A stack's configuration as the engine hands it over: everything is text, lists and maps are JSON. */
function config(values: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(values).map(([key, value]) => [
    `defender-streaming:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { "azure-native:location": "westeurope", ...(Object.fromEntries(texts) as Record<string, string>) };
}

function settings(values: Record<string, unknown> = {}): Settings {
  return parseSettings(config(values)).settings;
}

function mistakes(given: Record<string, string>): readonly Mistake[] {
  try {
    parseSettings(given);
    return [];
  } catch (error) {
    if (error instanceof MistakesError) return error.mistakes;
    throw error;
  }
}

test.each([
  ["defender-streamng:lock", "defender-streaming:lock"],
  ["azure-natve:subscriptionId", "azure-native:subscriptionId"],
])("the key %s is a mistake: nothing reads it", (key, meant) => {
  const given = { "azure-native:location": "westeurope", [key]: "true", "aws:region": "eu-west-1" };
  expect(mistakes(given)).toEqual([
    { key, value: "true", rule: "Nothing reads such a key.", fix: `Did you mean ${meant}?` },
  ]);
});

describe("without any setting but the location", () => {
  test("every default is there", () => {
    expect(settings()).toEqual({
      location: "westeurope",
      product: "xdr",
      cloud: "public",
      tables: presets.xdr,
      unlistedTables: [],
      destinations: ["eventHub"],
      storage: {
        ...storageDefaults,
        ipRules: [],
        virtualNetworkRules: [],
        resourceAccessRules: [],
      },
      layout: "perTable",
      hubName: undefined,
      tier: "Standard",
      throughputUnits: 1,
      autoInflate: { maximumThroughputUnits: 10 },
      partitionCount: 4,
      retentionHours: 168,
      consumerGroups: [],
      portalUsers: [],
      consumers: [],
      roles: "manage",
      roleScope: "destination",
      ownsSharedRoles: false,
      exportSettingsUsedByOthers: 0,
      maxEventTypesPerSetting: 10,
      placement: undefined,
      hubPolicy: false,
      eventHubNetwork: { ...eventHubNetworkDefaults, ipRules: [], virtualNetworkRules: [] },
      privateEndpoints: false,
      lock: false,
      tags: {},
      tagOverrides: {},
      protect: true,
      allowDataLoss: [],
      endpointIntegration: false,
      registration: { providers: [], timeoutMinutes: 15 },
    } satisfies Settings);
  });

  test("a plan is possible", () => {
    expect(plan(settings()).namespaces).toHaveLength(3);
  });
});

describe("the cloud", () => {
  const government = { ...config({ cloud: "gccHigh" }), "azure-native:location": "usgovvirginia" };

  test("is accepted with one of its locations", () => {
    expect(parseSettings(government).settings).toMatchObject({ cloud: "gccHigh", location: "usgovvirginia" });
  });

  test("must fit the Azure CLI's variable, if no other names a cloud", () => {
    const government = { AZURE_ENVIRONMENT: "AzureUSGovernment" };
    expect(() => parseSettings(config({}), government)).toThrow(/AZURE_ENVIRONMENT is AzureUSGovernment/);
    expect(() => parseSettings(config({}), { ...government, ARM_ENVIRONMENT: "public" })).not.toThrow();
  });

  test("must fit the location, ARM_ENVIRONMENT and azure-native:environment, and all mismatches are reported at once", () => {
    const wrong = { ...config({ cloud: "dod" }), "azure-native:environment": "public" };
    const thrown = () => parseSettings(wrong, { ARM_ENVIRONMENT: "public" });
    expect(thrown).toThrow(/3 mistakes/);
    expect(thrown).toThrow(/ARM_ENVIRONMENT is public/);
    expect(thrown).toThrow(/`defender-streaming:cloud: public`/);
  });

  test("GCC is the public cloud", () => {
    expect(mistakes(config({ cloud: "gcc" }))).toMatchObject([
      { fix: expect.stringContaining("public") as string },
    ]);
  });
});

describe("a default depends on other settings:", () => {
  test.each<[string, Record<string, unknown>, Partial<Settings>]>([
    [
      "Basic keeps events for a day and has no auto-inflate",
      { tier: "Basic" },
      { retentionHours: 24, autoInflate: false },
    ],
    ["Premium has no auto-inflate", { tier: "Premium" }, { retentionHours: 168, autoInflate: false }],
    ["one hub has 32 partitions", { layout: "single", hubName: "x" }, { partitionCount: 32 }],
    [
      "the ceiling is not below the units",
      { throughputUnits: 20 },
      { autoInflate: { maximumThroughputUnits: 20 } },
    ],
    ["endpoint streams the device tables", { product: "endpoint" }, { tables: presets.endpoint }],
    [
      "a registration keeps its other default",
      { registration: { providers: ["Microsoft.Storage"] } },
      {
        registration: { providers: ["Microsoft.Storage"], timeoutMinutes: 15 },
      },
    ],
  ])("%s", (_, given, expected) => {
    expect(settings(given)).toMatchObject(expected);
  });

  test("a given value wins over the default", () => {
    expect(settings({ autoInflate: false, retentionHours: 1, partitionCount: 32 })).toMatchObject({
      autoInflate: false,
      retentionHours: 1,
      partitionCount: 32,
    });
  });
});

describe("tables", () => {
  test("are put into the catalog's spelling and order", () => {
    expect(settings({ tables: ["alertinfo", "DEVICEINFO"] }).tables).toEqual(["DeviceInfo", "AlertInfo"]);
  });

  test("are added to and removed from the preset", () => {
    const { tables } = settings({ tables: { add: ["IdentityInfo"], remove: ["DeviceEvents"] } });
    expect(tables).toHaveLength(21);
    expect(tables).toContain("IdentityInfo");
    expect(tables).not.toContain("DeviceEvents");
  });

  test("of Defender XDR are not part of Defender for Endpoint, unless they are listed as unlisted", () => {
    const foreign = ["DeviceInfo", "AlertInfo", "MessageEvents"];
    const remove = presets.endpoint.filter((table) => table !== "DeviceInfo");
    const [mistake, ...others] = mistakes(config({ product: "endpoint", tables: foreign }));
    expect(others).toEqual([]);
    expect(mistake?.value).toEqual(["AlertInfo", "MessageEvents"]);
    expect(mistake?.fix).toContain("`defender-streaming:product: xdr`");
    expect(mistake?.fix).toContain(
      `\`defender-streaming:tables: {remove: [${remove.join(", ")}], unlisted: [AlertInfo, MessageEvents]}\``,
    );
    const unlisted = ["alertinfo", "MessageEvents"];
    expect(settings({ product: "endpoint", tables: { remove, unlisted } }).tables).toEqual(foreign);
  });

  test("that are listed as unlisted stay so in the fix for others", () => {
    const tables = { add: ["MessageEvents"], unlisted: ["alertinfo"] };
    const [mistake] = mistakes(config({ product: "endpoint", tables }));
    expect(mistake?.value).toEqual(["MessageEvents"]);
    expect(mistake?.fix).toContain("`defender-streaming:tables: {unlisted: [AlertInfo, MessageEvents]}`");
    const unlisted = ["AlertInfo", "MessageEvents"];
    const asked = settings({ product: "endpoint", tables: { unlisted } });
    expect(asked.tables).toEqual([...presets.endpoint, ...unlisted]);
  });

  test("that are unknown are accepted if they are listed as unlisted", () => {
    const asked = settings({ tables: { unlisted: ["BrandNewEvents"] }, allowDataLoss: ["brandnewevents"] });
    expect(asked.unlistedTables).toEqual(["BrandNewEvents"]);
    expect(asked.tables).toHaveLength(22);
    expect(asked.allowDataLoss).toEqual(["BrandNewEvents"]);
    expect(plan(asked).warnings.join()).toContain("BrandNewEvents");
  });

  test("are found in placement and allowDataLoss in any letter case", () => {
    const place = { namespace: "ns1", exportSetting: "export1" };
    const asked = settings({ placement: { deviceinfo: place }, allowDataLoss: ["deviceevents", "ns1"] });
    expect(asked.placement).toEqual({ DeviceInfo: place });
    expect(asked.allowDataLoss).toEqual(["DeviceEvents", "ns1"]);
  });
});

test("a number is accepted as a name", () => {
  expect(settings({ layout: "single", hubName: "42" }).hubName).toBe("42");
});

test("keys of other Pulumi namespaces are ignored", () => {
  expect(mistakes({ ...config({}), "aws:region": "x", "azure-native:tenantId": "y" })).toEqual([]);
});

test("an object id in capitals is accepted", () => {
  const consumer = { name: "splunk", objectId: id.toUpperCase(), principalType: "ServicePrincipal" };
  expect(settings({ consumers: [consumer] }).consumers).toEqual([consumer]);
});

describe("refused", () => {
  const user = (changes: object) => [{ name: "a", objectId: id, principalType: "User", ...changes }];

  test.each<[string, Record<string, unknown>, key: string, value: unknown, rule: RegExp, fix: RegExp]>([
    ["a misspelled key", { retentionHour: "4" }, "retentionHour", "4", /no such setting/, /retentionHours/],
    ["a key that is like no other", { xyz: "4" }, "xyz", "4", /no such setting/, /Remove it/],
    [
      "a tier in small letters",
      { tier: "standard" },
      "tier",
      "standard",
      /Basic, Standard, Premium or Dedicated/,
      /Standard\.$/,
    ],
    [
      "a tier that needs a cluster",
      { tier: "Dedicated" },
      "clusterId",
      undefined,
      /existing Event Hubs cluster/,
      /clusterId: \/subscriptions.*Premium/,
    ],
    [
      "a product that does not exist",
      { product: "defender" },
      "product",
      "defender",
      /xdr or endpoint/,
      /xdr/,
    ],
    [
      "a number in words",
      { retentionHours: "abc" },
      "retentionHours",
      "abc",
      /whole number/,
      /defender-streaming:retentionHours: 72/,
    ],
    ["a fraction", { throughputUnits: "1.5" }, "throughputUnits", 1.5, /whole number/, /throughputUnits: 4/],
    ["a negative number", { throughputUnits: "-1" }, "throughputUnits", -1, /Standard.*1 to 40/, /1/],
    ["no units", { throughputUnits: "0" }, "throughputUnits", 0, /Standard.*1 to 40/, /1/],
    ["a number of cosmic size", { throughputUnits: "1e30" }, "throughputUnits", 1e30, /whole number/, /4/],
    ["nothing instead of a number", { partitionCount: "" }, "partitionCount", "", /whole number/, /8/],
    [
      "auto-inflate: true",
      { autoInflate: "true" },
      "autoInflate",
      true,
      /ceiling/,
      /maximumThroughputUnits: 10.*`defender-streaming:autoInflate: false/,
    ],
    [
      "auto-inflate as a number",
      { autoInflate: "20" },
      "autoInflate",
      20,
      /ceiling/,
      /maximumThroughputUnits/,
    ],
    [
      "auto-inflate without a ceiling",
      { autoInflate: {} },
      "autoInflate.maximumThroughputUnits",
      undefined,
      /required/,
      /10/,
    ],
    [
      "auto-inflate under another name",
      { autoInflate: { maximumThroughputUnits: 4, enabled: true } },
      "autoInflate.enabled",
      true,
      /maximumThroughputUnits/,
      /Remove it/,
    ],
    [
      "a ceiling in quotes",
      { autoInflate: { maximumThroughputUnits: "4" } },
      "autoInflate.maximumThroughputUnits",
      "4",
      /whole number/,
      /10/,
    ],
    [
      "auto-inflate on Basic",
      { tier: "Basic", autoInflate: { maximumThroughputUnits: 4 } },
      "autoInflate",
      { maximumThroughputUnits: 4 },
      /Basic/,
      /false/,
    ],
    ["yes for true", { protect: "yes" }, "protect", "yes", /true or false/, /protect: false/],
    [
      "one table without a list",
      { tables: "DeviceInfo" },
      "tables",
      "DeviceInfo",
      /list/,
      /\[DeviceInfo, DeviceEvents\]/,
    ],
    ["an empty list of tables", { tables: [] }, "tables", [], /at least one/, /preset/],
    ["changes that change nothing", { tables: {} }, "tables", {}, /add/, /Write one/],
    ["an empty list of additions", { tables: { add: [] } }, "tables.add", [], /empty/, /at least one/],
    [
      "a misspelled change",
      { tables: { ad: ["IdentityInfo"] } },
      "tables.ad",
      ["IdentityInfo"],
      /add, remove and unlisted/,
      /add/,
    ],
    ["a number for a table", { tables: ["DeviceInfo", 3] }, "tables[1]", 3, /text/, /tables: \[/],
    [
      "a misspelled table",
      { tables: ["DeviceEvent"] },
      "tables[0]",
      "DeviceEvent",
      /known to stream/,
      /DeviceEvents/,
    ],
    [
      "a table that nobody knows",
      { tables: ["SecurityIncident"] },
      "tables[0]",
      "SecurityIncident",
      /known/,
      /unlisted/,
    ],
    [
      "a table in two letter cases",
      { tables: ["DeviceInfo", "deviceinfo"] },
      "tables[1]",
      "deviceinfo",
      /once/,
      /[Rr]emove/,
    ],
    [
      "an addition that is in the preset",
      { tables: { add: ["DeviceInfo"] } },
      "tables.add",
      "DeviceInfo",
      /already/,
      /[Rr]emove/,
    ],
    [
      "a removal of what is not in the preset",
      { tables: { remove: ["IdentityInfo"] } },
      "tables.remove",
      "IdentityInfo",
      /preset/,
      /[Rr]emove/,
    ],
    [
      "a removal of everything",
      { product: "endpoint", tables: { remove: presets.endpoint } },
      "tables",
      { remove: presets.endpoint },
      /at least one/,
      /Name/,
    ],
    [
      "a known table as unlisted",
      { tables: { unlisted: ["deviceinfo"] } },
      "tables.unlisted[0]",
      "deviceinfo",
      /knows/,
      /add/,
    ],
    [
      "an unlisted table with a bad name",
      { tables: { unlisted: ["my table"] } },
      "tables.unlisted[0]",
      "my table",
      /capital/,
      /schema/,
    ],
    [
      "an unlisted table given twice",
      { tables: { unlisted: ["NewEvents", "NewEVENTS"] } },
      "tables.unlisted[1]",
      "NewEVENTS",
      /once/,
      /[Rr]emove/,
    ],
    [
      "a principal without type",
      { consumers: user({ principalType: undefined }) },
      "consumers[0].principalType",
      undefined,
      /required with `objectId`/,
      /User, Group or ServicePrincipal/,
    ],
    [
      "a type in small letters",
      { consumers: user({ principalType: "user" }) },
      "consumers[0].principalType",
      "user",
      /User/,
      /Write User/,
    ],
    [
      "a principal without name",
      { portalUsers: user({ name: undefined }) },
      "portalUsers[0].name",
      undefined,
      /required/,
      /portalUsers: \[\{name: /,
    ],
    [
      "a GUID in braces",
      { portalUsers: user({ objectId: `{${id}}` }) },
      "portalUsers[0].objectId",
      `{${id}}`,
      /GUID/,
      /only the GUID/,
    ],
    [
      "a malformed GUID",
      { consumers: user({ objectId: "splunk" }) },
      "consumers[0].objectId",
      "splunk",
      /GUID/,
      /Entra/,
    ],
    [
      "a misspelled part",
      { consumers: user({ objectID: id }) },
      "consumers[0].objectID",
      id,
      /name, objectId/,
      /objectId/,
    ],
    [
      "two consumers with the same name",
      { consumers: [...user({}), ...user({ objectId: otherId })] },
      "consumers[1].name",
      "a",
      /once/,
      /rename/,
    ],
    [
      "one person without a list",
      { portalUsers: "ada@contoso.com" },
      "portalUsers",
      "ada@contoso.com",
      /list/,
      /portalUsers: \[/,
    ],
    [
      "the default group",
      { consumerGroups: ["$Default"] },
      "consumerGroups[0]",
      "$Default",
      /from the start/,
      /[Rr]emove/,
    ],
    [
      "groups on Basic",
      { tier: "Basic", consumerGroups: ["a"] },
      "consumerGroups",
      ["a"],
      /Basic/,
      /Standard/,
    ],
    [
      "single without a hub name",
      { layout: "single" },
      "hubName",
      undefined,
      /needs a name/,
      /defender-streaming:hubName/,
    ],
    ["perTable with a hub name", { hubName: "x" }, "hubName", "x", /perTable/, /single/],
    ["a tag that is a number", { tags: { costCenter: 4711 } }, "tags.costCenter", 4711, /text/, /quotes/],
    ["a tag with a forbidden character", { tags: { "a/b": "x" } }, "tags.a/b", "a/b", /512/, /another name/],
    [
      "a tag of one kind with a forbidden character",
      { tagOverrides: { namespace: { "a/b": "x" } } },
      "tagOverrides.namespace.a/b",
      "a/b",
      /512/,
      /another name/,
    ],
    [
      "tags of a kind that does not exist",
      { tagOverrides: { hub: { a: "x" } } },
      "tagOverrides.hub",
      { a: "x" },
      /namespace/,
      /[Rr]emove|Write|Correct/,
    ],
    [
      "a tag's value of 257 characters",
      { tags: { a: "x".repeat(257) } },
      "tags.a",
      "x".repeat(257),
      /256/,
      /Shorten/,
    ],
    [
      "a tag in two letter cases",
      { tags: { a: "x", A: "y" } },
      "tags.A",
      "y",
      /ignores case/,
      /one of the two/,
    ],
    [
      "51 tags",
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, "x"])) },
      "tags",
      "51 tags",
      /50/,
      /Remove 1/,
    ],
    [
      "a provider that does not exist",
      { registration: { providers: ["Storage"] } },
      "registration.providers[0]",
      "Storage",
      /Microsoft\.Storage/,
      /registration/,
    ],
    [
      "no time to register",
      { registration: { timeoutMinutes: 0 } },
      "registration.timeoutMinutes",
      0,
      /1 minute/,
      /30/,
    ],
    [
      "a misspelled part of registration",
      { registration: { timeout: 5 } },
      "registration.timeout",
      5,
      /providers and timeoutMinutes/,
      /./,
    ],
    [
      "too many export settings",
      { exportSettingsUsedByOthers: "3" },
      "exportSettingsUsedByOthers",
      3,
      /5 export settings/,
      /at most 20 tables/,
    ],
    [
      "a shared scope that nobody owns",
      { roleScope: "subscription" },
      "roleScope",
      "subscription",
      /share/,
      /ownsSharedRoles: true/,
    ],
    [
      "a place without export setting",
      { placement: { DeviceInfo: { namespace: "ns1" } } },
      "placement.DeviceInfo.exportSetting",
      undefined,
      /required/,
      /export1/,
    ],
    [
      "a place for a misspelled table",
      { placement: { DeviceInf: { namespace: "ns1", exportSetting: "export1" } } },
      "placement.DeviceInf",
      { namespace: "ns1", exportSetting: "export1" },
      /streamed/,
      /DeviceInfo/,
    ],
    [
      "data loss of something unknown",
      { allowDataLoss: ["DeviceInf"] },
      "allowDataLoss[0]",
      "DeviceInf",
      /ns1/,
      /DeviceInfo/,
    ],
  ])("%s", (_, given, key, value, rule, fix) => {
    expect(mistakes(config(given))).toEqual([
      {
        key: `defender-streaming:${key}`,
        value,
        rule: expect.stringMatching(rule) as string,
        fix: expect.stringMatching(fix) as string,
      },
    ]);
  });

  test.each([
    [undefined, /azure-native:location: westeurope/],
    ["West Europe", /azure-native:location: westeurope/],
    ["westeurop", /azure-native:location: westeurope/],
  ])("the location %s", (location, fix) => {
    const found = mistakes(location === undefined ? {} : { "azure-native:location": location });
    expect(found.map(({ key, value }) => [key, value])).toEqual([["azure-native:location", location]]);
    expect(found[0]?.fix).toMatch(fix);
  });
});

describe("all mistakes come at once", () => {
  test("a malformed key hides no other mistake", () => {
    const found = mistakes({
      ...config({
        tier: "standard",
        teir: "Basic",
        throughputUnits: "0",
        retentionHours: "long",
        tables: ["DeviceInf", "AlertInfo", "alertinfo"],
        consumers: [
          { name: "a", objectId: "{}" },
          { name: "b", objectId: id, principalType: "App" },
        ],
        consumerGroups: ["$Default"],
        roleScope: "subscription",
        tags: { "a?": "b" },
      }),
      "azure-native:location": "West Europe",
    });
    expect(found.map(({ key }) => key.replace("defender-streaming:", ""))).toEqual([
      "teir",
      "tables[0]",
      "tables[2]",
      "tier",
      "throughputUnits",
      "retentionHours",
      "consumerGroups[0]",
      "consumers[0].objectId",
      "consumers[0].principalType",
      "consumers[1].principalType",
      "roleScope",
      "tags.a?",
      "azure-native:location",
    ]);
  });

  test("a malformed key brings no second mistake about a default that depends on it", () => {
    expect(mistakes(config({ tier: "basic", retentionHours: "24" })).map(({ key }) => key)).toEqual([
      "defender-streaming:tier",
    ]);
    expect(mistakes(config({ throughputUnits: "50" })).map(({ key }) => key)).toEqual([
      "defender-streaming:throughputUnits",
    ]);
  });
});

test("mistakes of a plan are shown under their full keys, and without a stack trace", () => {
  const rule = "Too many.";
  const mistake = { key: "tables", value: "22 tables", rule, fix: "Write `tables: [DeviceInfo]`." };
  const shown = withFullKeys(new MistakesError([mistake])) as Error;
  expect(pulumi.RunError.isInstance(shown)).toBe(true);
  expect(shown.message).toContain("defender-streaming:tables: 22 tables");
  expect(shown.message).toContain("Write `defender-streaming:tables: [DeviceInfo]`.");
});

test("other errors stay as they are", () => {
  const bug = new TypeError("bug");
  expect(withFullKeys(bug)).toBe(bug);
});

test("a secret of a sign-in in clear is a mistake, which does not repeat it", () => {
  const given = { ...config({}), "azure-native:clientSecret": "s3cret", "azuread:oidcToken": "t0ken" };
  const thrown = () => parseSettings(given);
  expect(thrown).toThrow(
    /azure-native:clientSecret: in clear[^]*pulumi config set --secret azure-native:clientSecret/,
  );
  expect(thrown).toThrow(/azuread:oidcToken/);
  expect(thrown).not.toThrow(/s3cret|t0ken/);
  const keys = JSON.stringify(["azure-native:clientSecret", "azuread:oidcToken"]);
  expect(() => parseSettings(given, { PULUMI_CONFIG_SECRET_KEYS: keys })).not.toThrow();
});
