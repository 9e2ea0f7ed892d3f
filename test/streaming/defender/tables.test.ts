import { describe, expect, test } from "vitest";
import {
  catalog,
  categoryOf,
  hubNameOf,
  inCatalogOrder,
  observedTables,
  presets,
  tableMeantBy,
  tableNamed,
} from "../../../streaming/defender/tables.ts";

describe("the catalog", () => {
  test("lists the 21 documented tables, each once", () => {
    expect(new Set(catalog.map(({ name }) => name)).size).toBe(21);
  });

  test("keeps observed tables out of the presets", () => {
    expect(presets.xdr).toHaveLength(21);
    expect(presets.endpoint).toHaveLength(10);
    expect(presets.endpoint.every((name) => name.startsWith("Device"))).toBe(true);
    for (const { name } of observedTables) expect(presets.xdr).not.toContain(name);
  });

  test("knows that MachineGroup decorates device and alert tables only", () => {
    const decorated = catalog.filter(({ machineGroup }) => machineGroup).map(({ name }) => name);
    expect(decorated).toEqual([...presets.endpoint, "AlertInfo", "AlertEvidence"]);
  });

  test("names category and hub as Defender does", () => {
    expect(categoryOf("DeviceInfo")).toBe("AdvancedHunting-DeviceInfo");
    expect(hubNameOf("DeviceInfo")).toBe("insights-logs-advancedhunting-deviceinfo");
  });

  test("finds a table in any letter case", () => {
    expect(tableNamed("deviceINFO")?.name).toBe("DeviceInfo");
    expect(tableNamed("identityinfo")?.status).toBe("observed");
    expect(tableNamed("DeviceInfos")).toBeUndefined();
  });

  test.each([
    ["DeviceEvnets", "DeviceEvents"],
    ["EmailEvent", "EmailEvents"],
    ["AdvancedHunting-DeviceInfo", "DeviceInfo"],
    ["insights-logs-advancedhunting-urlclickevents", "UrlClickEvents"],
    ["SecurityIncident", undefined],
  ])("takes %s to mean %s", (name, meant) => {
    expect(tableMeantBy(name)).toBe(meant);
  });

  test("orders documented tables first, unlisted ones last", () => {
    expect(inCatalogOrder(["ZooEvents", "AntEvents", "IdentityInfo", "AlertInfo", "DeviceInfo"])).toEqual([
      "DeviceInfo",
      "AlertInfo",
      "IdentityInfo",
      "AntEvents",
      "ZooEvents",
    ]);
  });
});
