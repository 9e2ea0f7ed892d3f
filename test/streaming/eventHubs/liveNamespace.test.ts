import { describe, expect, it } from "vitest";
import { type LiveNamespaces, neverLower } from "../../../streaming/eventHubs/liveNamespace.ts";
import { unitWarnings } from "../../../streaming/eventHubs/warnings.ts";
import { plan } from "../../../streaming/plan.ts";
import { liveNamespace } from "../live.ts";
import { request } from "../requests.ts";

const planned = (changes: Parameters<typeof request>[0] = {}, live: LiveNamespaces = {}) =>
  plan(request({ tables: ["DeviceInfo"], ...changes }), { live });

describe("units", () => {
  const asked = { tier: "Standard", throughputUnits: 2, maximumThroughputUnits: 10 } as const;

  it("are as asked if there is no namespace yet", () => {
    expect(neverLower(asked, undefined)).toEqual({ units: 2, ceiling: 10 });
  });

  it("are the larger of live and asked, and the ceiling is never below them", () => {
    expect(neverLower(asked, liveNamespace({ units: 12 }))).toEqual({ units: 12, ceiling: 12 });
    expect(
      neverLower({ ...asked, throughputUnits: 20, maximumThroughputUnits: 30 }, liveNamespace({ units: 12 })),
    ).toEqual({ units: 20, ceiling: 30 });
  });

  it("stay when auto-inflate is turned off, with the ceiling 0", () => {
    expect(neverLower({ ...asked, maximumThroughputUnits: 0 }, liveNamespace({ units: 12 }))).toEqual({
      units: 12,
      ceiling: 0,
    });
  });

  it("of a tier with other units are ignored", () => {
    expect(
      neverLower(
        { tier: "Premium", throughputUnits: 1, maximumThroughputUnits: 0 },
        liveNamespace({ units: 12 }),
      ),
    ).toEqual({ units: 1, ceiling: 0 });
  });
});

describe("the warning about units", () => {
  it("names the command that lowers them, and the ceiling that has to wait", () => {
    const before = { ns1: liveNamespace({ units: 12 }) };
    const warnings = unitWarnings({
      plan: planned({ autoInflate: { maximumThroughputUnits: 10 } }, before),
      last: { live: before },
    });
    expect(warnings[0]).toContain(
      "az eventhubs namespace update --resource-group group --name space --capacity 1",
    );
    expect(warnings[1]).toContain("ceiling of 10");
  });

  it("is absent when live is what was asked, or less", () => {
    const before = { ns1: liveNamespace({ units: 3 }) };
    expect(unitWarnings({ plan: planned({ throughputUnits: 4 }, before), last: { live: before } })).toEqual(
      [],
    );
    expect(unitWarnings({ plan: planned(), last: { live: {} } })).toEqual([]);
  });
});
