import { describe, expect, test } from "vitest";
import type { StreamingRequest } from "../../streaming/request.ts";
import { mistakesIn } from "../../streaming/check.ts";
import { presets } from "../../streaming/defender/tables.ts";
import { mistakesWith, request } from "./requests.ts";

type Changes = Partial<StreamingRequest>;

const id = (digit: number) => `0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b1${digit}`;
const user = (name: string, objectId: string) => ({ name, objectId, principalType: "User" }) as const;
const place = (namespace: string, exportSetting: string) => ({ namespace, exportSetting });
const eleven = request().tables.slice(0, 11);
const allAt = (
  tables: readonly string[],
  at: (index: number) => { namespace: string; exportSetting: string },
) => Object.fromEntries(tables.map((table, index) => [table, at(index)]));

test("a correct request has no mistakes", () => {
  expect(mistakesWith({})).toEqual([]);
});

describe("accepted", () => {
  test.each<[string, Changes]>([
    ["Premium's confirmed sizes", { tier: "Premium", throughputUnits: 16 }],
    ["Premium's unconfirmed sizes", { tier: "Premium", throughputUnits: 12 }],
    ["the highest ceiling", { throughputUnits: 40, autoInflate: { maximumThroughputUnits: 40 } }],
    ["the longest retention", { retentionHours: 168 }],
    ["nineteen groups beside $Default", { consumerGroups: Array.from({ length: 19 }, (_, i) => `g${i}`) }],
    ["one hub with a name", { layout: "single", hubName: "defender", partitionCount: 32 }],
    ["an owner of shared grants", { roleScope: "subscription", ownsSharedRoles: true }],
    ["expected grants at a shared scope", { roleScope: "subscription", roles: "expect" }],
    ["an unlisted table that is named as such", { tables: ["NewEvents"], unlistedTables: ["NewEvents"] }],
    ["two consumers that are one application", { consumers: [user("a", id(2)), user("b", id(2))] }],
    ["data loss of a table or namespace", { allowDataLoss: ["DeviceInfo", "ns2", "IdentityInfo"] }],
    ["a place for one table", { placement: { DeviceInfo: place("ns4", "export9") } }],
  ])("%s", (_, changes) => {
    expect(mistakesWith(changes)).toEqual([]);
  });
});

describe("refused", () => {
  test.each<[string, Changes, key: string, rule: RegExp, fix: RegExp]>([
    ["an unknown table", { tables: ["DeviceInf"] }, "tables[0]", /known to stream/, /DeviceInfo/],
    ["a table in another letter case", { tables: ["deviceinfo"] }, "tables[0]", /spelled/, /DeviceInfo/],
    [
      "a table of the other product",
      { product: "endpoint", tables: ["AlertInfo", ...presets.endpoint] },
      "tables",
      /10 device tables/,
      /`tables: {unlisted: \[AlertInfo\]}`/,
    ],
    ["a table given twice", { tables: ["DeviceInfo", "DeviceInfo"] }, "tables[1]", /once/, /[Rr]emove/],
    ["no table", { tables: [] }, "tables", /at least one/, /Name/],
    [
      "0 units",
      { throughputUnits: 0 },
      "throughputUnits",
      /Standard.* 1 to 40 throughput/,
      /throughputUnits: 1/,
    ],
    ["negative units", { throughputUnits: -1 }, "throughputUnits", /1 to 40/, /1/],
    ["half a unit", { throughputUnits: 1.5 }, "throughputUnits", /1 to 40/, /throughputUnits: 2/],
    ["41 units", { throughputUnits: 41 }, "throughputUnits", /Standard/, /40/],
    [
      "3 units on Premium",
      { tier: "Premium", throughputUnits: 3 },
      "throughputUnits",
      /1, 2, 4, 8 or 16 pro/,
      /4/,
    ],
    [
      "auto-inflate on Premium",
      { tier: "Premium", autoInflate: { maximumThroughputUnits: 4 } },
      "autoInflate",
      /Only tier Standard.*Premium/,
      /false/,
    ],
    [
      "auto-inflate on Basic",
      { tier: "Basic", autoInflate: { maximumThroughputUnits: 4 } },
      "autoInflate",
      /Basic/,
      /tier Standard/,
    ],
    [
      "a ceiling below the units",
      { throughputUnits: 5, autoInflate: { maximumThroughputUnits: 4 } },
      "autoInflate.maximumThroughputUnits",
      /5 \(not below `throughputUnits`\) to 40/,
      /5/,
    ],
    [
      "a ceiling above 40",
      { autoInflate: { maximumThroughputUnits: 41 } },
      "autoInflate.maximumThroughputUnits",
      /to 40/,
      /40/,
    ],
    [
      "retention above Standard's",
      { retentionHours: 169 },
      "retentionHours",
      /Standard.*168/,
      /168.*Premium/,
    ],
    [
      "retention above Basic's",
      { tier: "Basic", retentionHours: 25 },
      "retentionHours",
      /Basic.*24/,
      /Standard/,
    ],
    [
      "retention above Premium's",
      { tier: "Premium", retentionHours: 2161 },
      "retentionHours",
      /2160 hours \(90 days\)/,
      /2160/,
    ],
    ["no retention", { retentionHours: 0 }, "retentionHours", /1 to/, /1/],
    [
      "33 partitions",
      { partitionCount: 33 },
      "partitionCount",
      /Standard.*32.*can't be changed/,
      /32.*Premium/,
    ],
    ["no partitions", { partitionCount: 0 }, "partitionCount", /1 to 32/, /1/],
    [
      "more partitions than Premium has in all",
      { tier: "Premium", partitionCount: 10 },
      "partitionCount",
      /200 partitions with 1 processing unit; 21 hubs with 10 have 210/,
      /partitionCount: 9/,
    ],
    ["groups on Basic", { tier: "Basic", consumerGroups: ["splunk"] }, "consumerGroups", /Basic/, /Standard/],
    [
      "twenty groups beside $Default",
      { consumerGroups: Array.from({ length: 20 }, (_, i) => `g${i}`) },
      "consumerGroups",
      /Standard.*19/,
      /Remove 1/,
    ],
    [
      "the default group",
      { consumerGroups: ["$default"] },
      "consumerGroups[0]",
      /from the start/,
      /[Rr]emove/,
    ],
    ["a group in two letter cases", { consumerGroups: ["a", "A"] }, "consumerGroups[1]", /Case/, /[Rr]emove/],
    ["a group's name with a space", { consumerGroups: ["a b"] }, "consumerGroups[0]", /1 to 50/, /name/],
    ["a group's name of 51", { consumerGroups: ["a".repeat(51)] }, "consumerGroups[0]", /1 to 50/, /name/],
    ["single without a hub name", { layout: "single" }, "hubName", /needs a name/, /hubName: /],
    ["perTable with a hub name", { hubName: "x" }, "hubName", /perTable/, /layout: single/],
    ["an invalid hub name", { layout: "single", hubName: "-x" }, "hubName", /1 to 256/, /defender/],
    [
      "a GUID in braces",
      { portalUsers: [user("a", `{${id(1)}}`)] },
      "portalUsers[0].objectId",
      /GUID/,
      new RegExp(`only the GUID: ${id(1)}$`),
    ],
    ["a malformed GUID", { consumers: [user("a", "abc")] }, "consumers[0].objectId", /GUID/, /Entra/],
    [
      "the empty GUID",
      { consumers: [user("a", "00000000-0000-0000-0000-000000000000")] },
      "consumers[0].objectId",
      /not an object id/,
      /Entra/,
    ],
    [
      "two consumers with the same name",
      { consumers: [user("a", id(1)), user("A", id(2))] },
      "consumers[1].name",
      /once/,
      /rename/,
    ],
    ["a name of spaces", { consumers: [user(" ", id(1))] }, "consumers[0].name", /1 to 128/, /recognize/],
    [
      "a portal user given twice",
      { portalUsers: [user("a", id(1)), user("b", id(1).toUpperCase())] },
      "portalUsers[1].objectId",
      /once/,
      /[Rr]emove/,
    ],
    [
      "one principal with two types",
      { portalUsers: [user("a", id(1))], consumers: [{ ...user("a", id(1)), principalType: "Group" }] },
      "consumers[0].principalType",
      /User/,
      /Correct/,
    ],
    [
      "a shared scope that nobody owns",
      { roleScope: "subscription" },
      "roleScope",
      /share/,
      /ownsSharedRoles: true.*roles: expect/,
    ],
    [
      "more export settings than are left",
      { exportSettingsUsedByOthers: 3 },
      "exportSettingsUsedByOthers",
      /5 export settings.*need 3, and 2 are left/,
      /at most 20 tables.*single/,
    ],
    [
      "others with every export setting",
      { exportSettingsUsedByOthers: 5, tables: ["DeviceInfo"] },
      "exportSettingsUsedByOthers",
      /0 are left/,
      /no longer need/,
    ],
    [
      "a negative count of others",
      { exportSettingsUsedByOthers: -1 },
      "exportSettingsUsedByOthers",
      /0 to 4/,
      /Count/,
    ],
    [
      "settings without event types",
      { maxEventTypesPerSetting: 0 },
      "maxEventTypesPerSetting",
      /1 or more/,
      /[Rr]emove/,
    ],
    [
      "a place for a table that is not streamed",
      { tables: ["DeviceInfo"], placement: { EmailEvents: place("ns1", "export1") } },
      "placement.EmailEvents",
      /streamed/,
      /[Rr]emove/,
    ],
    [
      "a place for a misspelled table",
      { placement: { DeviceInf: place("ns1", "export1") } },
      "placement.DeviceInf",
      /streamed/,
      /DeviceInfo/,
    ],
    [
      "a namespace with another kind of name",
      { placement: { DeviceInfo: place("one", "export1") } },
      "placement.DeviceInfo.namespace",
      /ns1/,
      /ns1/,
    ],
    [
      "an export setting with another kind of name",
      { placement: { DeviceInfo: place("ns1", "export0") } },
      "placement.DeviceInfo.exportSetting",
      /export1/,
      /export1/,
    ],
    [
      "eleven hubs in a namespace",
      { placement: allAt(eleven, (index) => place("ns1", index < 6 ? "export1" : "export2")) },
      "placement",
      /Standard.*10 hubs/,
      /ns1/,
    ],
    [
      "eleven event types in a setting",
      { tier: "Premium", placement: allAt(eleven, () => place("ns1", "export1")) },
      "placement",
      /10 event types/,
      /export1/,
    ],
    [
      "an export setting over two namespaces",
      { placement: { DeviceInfo: place("ns1", "export1"), AlertInfo: place("ns2", "export1") } },
      "placement",
      /one namespace/,
      /ns2/,
    ],
    [
      "two namespaces for one hub",
      {
        layout: "single",
        hubName: "x",
        placement: { DeviceInfo: place("ns1", "export1"), AlertInfo: place("ns2", "export2") },
      },
      "placement",
      /single/,
      /perTable/,
    ],
    [
      "data loss of something unknown",
      { allowDataLoss: ["DeviceInf"] },
      "allowDataLoss[0]",
      /ns1/,
      /DeviceInfo/,
    ],
    ["data loss of a namespace in capitals", { allowDataLoss: ["NS1"] }, "allowDataLoss[0]", /ns1/, /ns1/],
  ])("%s", (_, changes, key, rule, fix) => {
    const mistakes = mistakesWith(changes);
    expect(mistakes.map((mistake) => mistake.key)).toEqual([key]);
    expect(mistakes[0]?.rule).toMatch(rule);
    expect(mistakes[0]?.fix).toMatch(fix);
  });
});

test("a misspelled table of the other product is named as the catalog spells it", () => {
  const mistakes = mistakesWith({ product: "endpoint", tables: ["deviceinfo", "alertinfo"] });
  expect(mistakes.map(({ key, value }) => [key, value])).toEqual([
    ["tables[0]", "deviceinfo"],
    ["tables[1]", "alertinfo"],
    ["tables", ["AlertInfo"]],
  ]);
  expect(mistakes[2]?.fix).toMatch(/{remove: \[DeviceNetworkInfo, .*\], unlisted: \[AlertInfo\]}/);
});

test("a part of the request is checked although other parts are missing", () => {
  const keys = mistakesIn({ throughputUnits: 0, retentionHours: -5, consumerGroups: ["$Default"] }).map(
    ({ key }) => key,
  );
  expect(keys).toEqual(["consumerGroups[0]", "throughputUnits", "retentionHours"]);
});
