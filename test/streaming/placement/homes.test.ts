import { describe, expect, it } from "vitest";
import { hubNameOf } from "../../../streaming/defender/tables.ts";
import { plan } from "../../../streaming/plan.ts";
import { liveNamespace } from "../live.ts";
import { request } from "../requests.ts";

const hubs = (...tables: string[]) =>
  liveNamespace({
    hubs: Object.fromEntries(
      tables.map((table) => [hubNameOf(table), { partitionCount: 4, retentionHours: 24 }]),
    ),
  });

describe("after a deployment that failed and left hubs that no output names", () => {
  it("the same settings have the same plan", () => {
    const fresh = plan(request()).placement;
    const [first = ""] = Object.keys(fresh);
    const live = { [fresh[first]?.namespace ?? ""]: hubs(first) };
    expect(plan(request(), { live }).placement).toEqual(fresh);
  });

  it("tables stay with their hubs under other settings", () => {
    const tables = ["DeviceInfo", "AlertInfo"];
    const { placement } = plan(request({ tables }), { live: { ns2: hubs("AlertInfo") } });
    expect(placement["AlertInfo"]?.namespace).toBe("ns2");
  });

  it("the places of the outputs have priority", () => {
    const placement = { DeviceInfo: { namespace: "ns1", exportSetting: "export1" } };
    const live = { ns2: hubs("DeviceInfo") };
    expect(plan(request({ tables: ["DeviceInfo"] }), { placement, live }).placement).toEqual(placement);
  });
});
