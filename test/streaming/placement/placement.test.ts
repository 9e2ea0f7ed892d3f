import { describe, expect, test } from "vitest";
import { presets } from "../../../streaming/defender/tables.ts";
import type { Placement } from "../../../streaming/placement/placement.ts";
import { plan } from "../../../streaming/plan.ts";
import type { Plan } from "../../../streaming/planned.ts";
import { dedicated, facts } from "../existing/existingFacts.ts";
import { hubsSettings, mistakesThrown, request } from "../requests.ts";

const sizes = (made: Plan) => made.namespaces.map(({ hubs }) => hubs.length);
const eventTypes = (made: Plan) => made.exportSettings.map((setting) => setting.eventTypes);
const warned = (made: Plan, words: RegExp) => made.warnings.filter((warning) => words.test(warning));
const premium = { tier: "Premium", throughputUnits: 1 } as const;
const single = { layout: "single", hubName: "defender" } as const;

describe("a fresh plan", () => {
  test("puts 21 tables into three namespaces and three export settings, related ones together", () => {
    const made = plan(request());
    expect(sizes(made)).toEqual([10, 10, 1]);
    expect(hubsSettings(made).map(({ key, namespace, hubName }) => [key, namespace, hubName])).toEqual([
      ["export1", "ns1", ""],
      ["export2", "ns2", ""],
      ["export3", "ns3", ""],
    ]);
    expect(eventTypes(made)).toEqual([presets.endpoint, presets.xdr.slice(10, 20), ["CloudAppEvents"]]);
    expect(made.warnings).toEqual([]);
  });

  test("splits a group when keeping it whole would need another namespace", () => {
    const tables = [
      ...presets.endpoint.slice(0, 6),
      ...presets.xdr.slice(10, 15),
      "IdentityInfo",
      "IdentityLogonEvents",
    ];
    const all = [...tables, ...presets.xdr.slice(16, 21), "BehaviorInfo", "BehaviorEntities"];
    expect(all).toHaveLength(20);
    expect(sizes(plan(request({ tables: all })))).toEqual([10, 10]);
  });

  test("takes one namespace and three settings on Premium", () => {
    const made = plan(request(premium));
    expect(sizes(made)).toEqual([21]);
    expect(eventTypes(made).map((types) => types.length)).toEqual([10, 10, 1]);
  });

  test("takes one namespace and one setting on Dedicated", () => {
    const made = plan(request(dedicated), { existing: facts() });
    expect(sizes(made)).toEqual([21]);
    expect(eventTypes(made).map((types) => types.length)).toEqual([21]);
    expect(made.warnings).toEqual([]);
  });

  test("puts all tables into the one hub with layout single, and says that one setting may do", () => {
    const made = plan(request(single));
    expect(made.namespaces.map(({ hubs }) => hubs.map(({ name, tables }) => [name, tables.length]))).toEqual([
      [["defender", 21]],
    ]);
    expect(hubsSettings(made).map(({ namespace, hubName }) => [namespace, hubName])).toEqual(
      Array(3).fill(["ns1", "defender"]),
    );
    expect(warned(made, /maxEventTypesPerSetting: 21/)).toHaveLength(1);
  });

  test("takes one setting with layout single when that many event types are allowed", () => {
    const made = plan(request({ ...single, maxEventTypesPerSetting: 21 }));
    expect(eventTypes(made)).toHaveLength(1);
    expect(warned(made, /10 are documented/)).toHaveLength(1);
  });

  test("fills export settings that are smaller than a namespace without wasting one", () => {
    const made = plan(request({ tables: presets.xdr.slice(0, 16), maxEventTypesPerSetting: 4 }));
    expect(eventTypes(made).map((types) => types.length)).toEqual([4, 4, 4, 4]);
    expect(sizes(made)).toEqual([8, 8]);
  });
});

describe("a plan over what is deployed", () => {
  const deployed = plan(request()).placement;
  const without = (...names: string[]) => presets.xdr.filter((name) => !names.includes(name));

  test("moves nothing when nothing changed", () => {
    expect(plan(request(), { placement: deployed })).toEqual(plan(request()));
  });

  test("fills the gap that a removed table left before it opens anything", () => {
    const smaller = plan(request({ tables: without("DeviceEvents") }), { placement: deployed });
    const added = plan(request({ tables: [...without("DeviceEvents"), "IdentityInfo"] }), smaller);
    expect(added.placement["IdentityInfo"]).toEqual({ namespace: "ns1", exportSetting: "export1" });
    expect(added.namespaces).toHaveLength(3);
  });

  test("reuses the lowest free key for tables that come back", () => {
    const tables = without(...presets.endpoint);
    const without1 = plan(request({ tables }), { placement: deployed });
    expect(without1.namespaces.map(({ key }) => key)).toEqual(["ns2", "ns3"]);
    const back = plan(request(), without1);
    expect(back.namespaces.map(({ key }) => key)).toEqual(["ns1", "ns2", "ns3"]);
    for (const table of tables) expect(back.placement[table]).toEqual(deployed[table]);
  });

  test("forgets tables that are no longer wanted", () => {
    expect(plan(request({ tables: ["AlertInfo"] }), { placement: deployed }).placement).toEqual({
      AlertInfo: deployed["AlertInfo"],
    });
  });

  test("says when it is worse than a new plan, and leaves it", () => {
    const tables = ["DeviceInfo", "AlertInfo", "CloudAppEvents"];
    const made = plan(request({ tables }), { placement: deployed });
    expect(made.namespaces).toHaveLength(3);
    expect(
      warned(
        made,
        /3 namespaces and 3 export settings; a new stack would need only 1 namespace and 1 export setting/,
      ),
    ).toHaveLength(1);
  });

  test("keeps what fits of a Premium namespace on Standard, and says what moves", () => {
    const large = plan(request(premium)).placement;
    const made = plan(request(), { placement: large });
    for (const table of presets.endpoint) expect(made.placement[table]).toEqual(large[table]);
    expect(sizes(made)).toEqual([10, 10, 1]);
    expect(warned(made, /Moves from ns1 to ns2: EmailEvents, .*deleted with their events/)).toHaveLength(1);
    expect(warned(made, /Moves from ns1 to ns3: CloudAppEvents/)).toHaveLength(1);
  });

  test("brings all tables to the fullest namespace when the layout becomes single", () => {
    const made = plan(request(single), { placement: deployed });
    expect(made.namespaces.map(({ key }) => key)).toEqual(["ns1"]);
    for (const table of presets.endpoint) expect(made.placement[table]).toEqual(deployed[table]);
    expect(warned(made, /Moves from ns2 to ns1/)).toHaveLength(1);
  });

  test("leaves hubs where they are when export settings get smaller", () => {
    const tables = presets.endpoint;
    const made = plan(request({ tables, maxEventTypesPerSetting: 8 }), { placement: deployed });
    expect(sizes(made)).toEqual([10]);
    expect(eventTypes(made).map((types) => types.length)).toEqual([8, 2]);
    expect(warned(made, /Moves from export1 to export2: /)).toHaveLength(1);
  });

  test("ignores entries that make no sense", () => {
    const nonsense: Placement = { DeviceInfo: { namespace: "x", exportSetting: "y" } };
    expect(plan(request(), { placement: nonsense }).placement).toEqual(deployed);
  });

  test("is refused when fragments need more export settings than are left", () => {
    const tables = ["DeviceInfo", "AlertInfo", "CloudAppEvents"];
    const mistakes = mistakesThrown(() =>
      plan(request({ tables, exportSettingsUsedByOthers: 3 }), { placement: deployed }),
    );
    expect(mistakes.map(({ rule }) => rule)).toEqual([expect.stringMatching(/need 3, and 2 are left/)]);
  });
});

describe("places in the settings", () => {
  const deployed = plan(request()).placement;

  test("win over what is deployed, with a warning", () => {
    const made = plan(
      request({ placement: { DeviceInfo: { namespace: "ns3", exportSetting: "export3" } } }),
      { placement: deployed },
    );
    expect(made.placement["DeviceInfo"]).toEqual({ namespace: "ns3", exportSetting: "export3" });
    expect(warned(made, /Moves from ns1 to ns3: DeviceInfo/)).toHaveLength(1);
  });

  test("must not push out a table that is deployed", () => {
    const placement = { CloudAppEvents: { namespace: "ns1", exportSetting: "export1" } };
    const mistakes = mistakesThrown(() => plan(request({ placement }), { placement: deployed }));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]?.rule).toMatch(/where they are: DeviceFileCertificateInfo\.$/);
    expect(mistakes[0]?.key).toBe("placement");
  });

  test("hold in a fresh plan, and the rest fills up around them", () => {
    const placement = { AlertInfo: { namespace: "ns7", exportSetting: "export4" } };
    const made = plan(request({ placement }));
    expect(made.placement["AlertInfo"]).toEqual(placement.AlertInfo);
    expect(made.namespaces).toHaveLength(3);
  });
});
