import { describe, expect, test } from "vitest";
import { lockNotices, roleLockNotices } from "../../../streaming/changes/lockNotices.ts";
import type { LiveNamespaces } from "../../../streaming/eventHubs/liveNamespace.ts";
import { plan } from "../../../streaming/plan.ts";
import type { Plan } from "../../../streaming/planned.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import { liveNamespace } from "../live.ts";
import { request } from "../requests.ts";

describe("a deployment with locks", () => {
  const asked = (changes: Parameters<typeof request>[0]) =>
    plan(request({ tables: ["DeviceInfo"], ...changes }));
  const hub = (table: string) => `insights-logs-advancedhunting-${table}`;
  const live = (partitionCount: number, ...tables: string[]) => ({
    ns1: liveNamespace({
      hubs: Object.fromEntries(tables.map((table) => [hub(table), { partitionCount, retentionHours: 24 }])),
    }),
  });

  const locked = (asked: Plan, last: { live?: LiveNamespaces; archivedTables?: string[] }) =>
    lockNotices({ plan: asked, request: { lock: true }, last: { live: {}, archivedTables: [], ...last } });

  test("that removes or replaces a hub, or removes a container, gets a notice to unlock first", () => {
    expect(locked(asked({}), { live: live(4, "deviceinfo", "deviceevents") })).toEqual([
      expect.stringMatching(/the hub insights-logs-advancedhunting-deviceevents\. Write `lock: false`/),
    ]);
    expect(locked(asked({}), { live: live(8, "deviceinfo") })).toHaveLength(1);
    const archive = asked({ destinations: ["storage"], storage: storageDefaults });
    expect(locked(archive, { archivedTables: ["DeviceInfo", "AlertInfo"] })).toEqual([
      expect.stringMatching(/the containers of AlertInfo/),
    ]);
  });

  test("that replaces a namespace gets a notice to unlock first", () => {
    const before = live(4, "deviceinfo");
    const changes = { tier: "Premium", throughputUnits: 1, autoInflate: false } as const;
    const replacing = plan(request({ tables: ["DeviceInfo"], ...changes }), { live: before });
    expect(locked(replacing, { live: before })).toEqual([
      expect.stringMatching(/the hub insights-logs-advancedhunting-deviceinfo\. Write `lock: false`/),
    ]);
  });

  test("that removes nothing gets no notice", () => {
    expect(locked(asked({}), { live: live(4, "deviceinfo") })).toEqual([]);
    expect(locked(asked({}), {})).toEqual([]);
  });

  test("that takes somebody's role away gets a notice to unlock first", () => {
    const grant = (principalId: string) => ({ role: "Contributor", principalId, managed: true });
    expect(roleLockNotices([grant("a"), grant("b")], [grant("a")])).toEqual([
      expect.stringMatching(/1 role assignment\. Write `lock: false`/),
    ]);
    expect(roleLockNotices([grant("a")], [grant("a"), grant("c")])).toEqual([]);
    expect(roleLockNotices([{ ...grant("a"), managed: false }], [])).toEqual([]);
  });
});
