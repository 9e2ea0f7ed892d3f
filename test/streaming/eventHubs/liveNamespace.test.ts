import { describe, expect, it } from "vitest";
import { changeNotices } from "../../../streaming/changes/notices.ts";
import { unreachable } from "../../../streaming/changes/unreachable.ts";
import {
  type LiveNamespace,
  type LiveNamespaces,
  neverLower,
} from "../../../streaming/eventHubs/liveNamespace.ts";
import { unitWarnings } from "../../../streaming/eventHubs/warnings.ts";
import { plan } from "../../../streaming/plan.ts";
import { request } from "../requests.ts";

const id = "/subscriptions/s/resourceGroups/group/providers/Microsoft.EventHub/namespaces/space";
const hub = "insights-logs-advancedhunting-deviceinfo";
const live = (changes: Partial<LiveNamespace> = {}): LiveNamespace => ({
  resourceId: id,
  tier: "Standard",
  location: "westeurope",
  units: 1,
  hubs: {},
  ...changes,
});
const planned = (changes: Parameters<typeof request>[0] = {}, live: LiveNamespaces = {}) =>
  plan(request({ tables: ["DeviceInfo"], ...changes }), { live });

describe("units", () => {
  const asked = { tier: "Standard", throughputUnits: 2, maximumThroughputUnits: 10 } as const;

  it("are as asked when nothing stands", () => {
    expect(neverLower(asked, undefined)).toEqual({ units: 2, ceiling: 10 });
  });

  it("are the larger of live and asked, and the ceiling is never below them", () => {
    expect(neverLower(asked, live({ units: 12 }))).toEqual({ units: 12, ceiling: 12 });
    expect(
      neverLower({ ...asked, throughputUnits: 20, maximumThroughputUnits: 30 }, live({ units: 12 })),
    ).toEqual({ units: 20, ceiling: 30 });
  });

  it("stay when auto-inflate goes off, with the ceiling 0", () => {
    expect(neverLower({ ...asked, maximumThroughputUnits: 0 }, live({ units: 12 }))).toEqual({
      units: 12,
      ceiling: 0,
    });
  });

  it("of another family say nothing", () => {
    expect(
      neverLower({ tier: "Premium", throughputUnits: 1, maximumThroughputUnits: 0 }, live({ units: 12 })),
    ).toEqual({ units: 1, ceiling: 0 });
  });
});

describe("the warning about units", () => {
  it("names the command that lowers them, and the ceiling that has to wait", () => {
    const before = { ns1: live({ units: 12 }) };
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
    const before = { ns1: live({ units: 3 }) };
    expect(unitWarnings({ plan: planned({ throughputUnits: 4 }, before), last: { live: before } })).toEqual(
      [],
    );
    expect(unitWarnings({ plan: planned(), last: { live: {} } })).toEqual([]);
  });
});

describe("the notice of a removal", () => {
  const settings = { protect: true, allowDataLoss: [] };
  const before = plan(request({ tables: ["DeviceInfo", "AlertInfo"] })).placement;

  it("names the table, and both steps with what to write", () => {
    const [notice] = changeNotices({
      plan: planned(),
      last: { placement: before, live: {} },
      request: settings,
    });
    expect(notice).toMatch(
      /AlertInfo is deployed, but no longer in the settings.*\(1\).*allowDataLoss: \[AlertInfo\].*\(2\)/,
    );
  });

  it("keeps what may be lost already, and names a namespace that is emptied", () => {
    const placement = { ...before, AlertInfo: { namespace: "ns2", exportSetting: "export2" } };
    const [notice] = changeNotices({
      plan: planned(),
      last: { placement, live: {} },
      request: { ...settings, allowDataLoss: ["DeviceInfo"] },
    });
    expect(notice).toContain("allowDataLoss: [DeviceInfo, AlertInfo, ns2]");
  });

  it("says what is lost and no steps when nothing is protected", () => {
    const [notice] = changeNotices({
      plan: planned(),
      last: { placement: before, live: {} },
      request: { ...settings, protect: false },
    });
    expect(notice).toContain("deleted with their events");
    expect(notice).not.toContain("allowDataLoss");
  });

  it("is absent when the table's hub is one that others go on using", () => {
    const single = { layout: "single", hubName: "defender" } as const;
    const existing = { ns1: live({ hubs: { defender: { partitionCount: 32, retentionHours: 24 } } }) };
    const placement = plan(request({ tables: ["DeviceInfo", "AlertInfo"], ...single })).placement;
    expect(
      changeNotices({ plan: planned(single), last: { placement, live: existing }, request: settings }),
    ).toEqual([]);
  });

  it("is absent when nothing is removed", () => {
    expect(
      changeNotices({
        plan: planned(),
        last: {
          placement: { DeviceInfo: before["DeviceInfo"] ?? { namespace: "", exportSetting: "" } },
          live: {},
        },
        request: settings,
      }),
    ).toEqual([]);
  });
});

describe("the notice of hubs that go although their tables stay", () => {
  const settings = { protect: true, allowDataLoss: [] };
  const { placement } = plan(request({ tables: ["DeviceInfo"] }));
  const existing = (name: string) => ({
    ns1: live({ hubs: { [name]: { partitionCount: 4, retentionHours: 24 } } }),
  });

  it("names them when the layout changes, and both steps", () => {
    const single = planned({ layout: "single", hubName: "defender" });
    const [notice] = changeNotices({
      plan: single,
      last: { placement, live: existing(hub) },
      request: settings,
    });
    expect(notice).toContain(hub);
    expect(notice).toMatch(/deleted with their events.*\(1\).*allowDataLoss: \[ns1\].*\(2\)/);
  });

  it("names the one hub when it gets another name", () => {
    const renamed = planned({ layout: "single", hubName: "events" });
    const [notice] = changeNotices({
      plan: renamed,
      last: { placement, live: existing("defender") },
      request: settings,
    });
    expect(notice).toMatch(/^defender is a hub of ns1/);
  });

  it("is absent when the hubs stay", () => {
    expect(
      changeNotices({ plan: planned(), last: { placement, live: existing(hub) }, request: settings }),
    ).toEqual([]);
  });
});

describe("shorter retention", () => {
  const existing = { ns1: live({ hubs: { [hub]: { partitionCount: 4, retentionHours: 168 } } }) };

  it("is noticed", () => {
    const notices = changeNotices({
      plan: planned({ retentionHours: 48 }),
      last: { placement: {}, live: existing },
      request: { protect: true, allowDataLoss: [] },
    });
    expect(notices).toEqual([expect.stringContaining("48 hours")]);
  });

  it("comes before Basic: a namespace whose hubs keep events longer cannot go there in one step", () => {
    const basic = planned({ tier: "Basic", autoInflate: false, retentionHours: 24, consumerGroups: [] });
    const mistakes = (before: LiveNamespaces) => unreachable(basic, {}, { live: before });
    expect(mistakes(existing)).toMatchObject([
      { key: "tier", fix: expect.stringMatching(/tier: Standard.*retentionHours: 24/) as string },
    ]);
    const hubs = { [hub]: { partitionCount: 4, retentionHours: 24 } };
    expect(mistakes({ ns1: live({ hubs }) })).toEqual([]);
  });
});
