import { describe, expect, it } from "vitest";
import { changeNotices } from "../../../streaming/changes/notices.ts";
import { plan } from "../../../streaming/plan.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import { liveNamespace } from "../live.ts";
import { request } from "../requests.ts";

const hub = "insights-logs-advancedhunting-deviceinfo";
const planned = (changes: Parameters<typeof request>[0] = {}) =>
  plan(request({ tables: ["DeviceInfo"], ...changes }));

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

  it("keeps the entries of allowDataLoss, and names a namespace that is emptied", () => {
    const placement = { ...before, AlertInfo: { namespace: "ns2", exportSetting: "export2" } };
    const [notice] = changeNotices({
      plan: planned(),
      last: { placement, live: {} },
      request: { ...settings, allowDataLoss: ["DeviceInfo"] },
    });
    expect(notice).toContain("allowDataLoss: [DeviceInfo, AlertInfo, ns2]");
  });

  it("says what is lost, without steps, when nothing is protected", () => {
    const [notice] = changeNotices({
      plan: planned(),
      last: { placement: before, live: {} },
      request: { ...settings, protect: false },
    });
    expect(notice).toContain("deleted with their events");
    expect(notice).not.toContain("allowDataLoss");
  });

  it("is absent when other tables still use the table's hub", () => {
    const single = { layout: "single", hubName: "defender" } as const;
    const existing = {
      ns1: liveNamespace({ hubs: { defender: { partitionCount: 32, retentionHours: 24 } } }),
    };
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

describe("the notice of hubs that are deleted although their tables stay", () => {
  const settings = { protect: true, allowDataLoss: [] };
  const { placement } = plan(request({ tables: ["DeviceInfo"] }));
  const existing = (name: string) => ({
    ns1: liveNamespace({ hubs: { [name]: { partitionCount: 4, retentionHours: 24 } } }),
  });

  it("names them when the layout changes, and both steps", () => {
    const single = planned({ layout: "single", hubName: "defender" });
    const [notice] = changeNotices({
      plan: single,
      last: { placement, live: existing(hub) },
      request: settings,
    });
    expect(notice).toContain(hub);
    expect(notice).toMatch(/deletes it with its events.*\(1\).*allowDataLoss: \[ns1\].*\(2\)/);
  });

  it("names the one hub when it gets another name", () => {
    const renamed = planned({ layout: "single", hubName: "events" });
    const [notice] = changeNotices({
      plan: renamed,
      last: { placement, live: existing("defender") },
      request: settings,
    });
    expect(notice).toMatch(/no longer contain the hub defender of ns1/);
  });

  it("is absent when the hubs stay", () => {
    expect(
      changeNotices({ plan: planned(), last: { placement, live: existing(hub) }, request: settings }),
    ).toEqual([]);
  });
});

describe("shorter retention", () => {
  const existing = { ns1: liveNamespace({ hubs: { [hub]: { partitionCount: 4, retentionHours: 168 } } }) };

  it("gets a notice", () => {
    const notices = changeNotices({
      plan: planned({ retentionHours: 48 }),
      last: { placement: {}, live: existing },
      request: { protect: true, allowDataLoss: [] },
    });
    expect(notices).toEqual([expect.stringContaining("48 hours")]);
  });
});

it("hubs that are given up for the archive get a notice, with the way back", () => {
  const { placement } = plan(request({ tables: ["DeviceInfo"] }));
  const [notice, ...others] = changeNotices({
    plan: plan(request({ destinations: ["storage"], storage: storageDefaults })),
    last: { placement, live: {} },
    request: { protect: true, allowDataLoss: [] },
  });
  expect(others).toEqual([]);
  expect(notice).toContain("namespaces ns1 are deleted");
  expect(notice).toContain("(1) put `eventHub` back into `destinations`, set");
  expect(notice).toContain("(2) remove it");
});
