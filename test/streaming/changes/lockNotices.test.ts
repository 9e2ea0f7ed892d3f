import { describe, expect, test } from "vitest";
import { lockNotices, roleLockNotices } from "../../../streaming/changes/lockNotices.ts";
import { plan } from "../../../streaming/plan.ts";
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

  test("that removes or replaces a hub, or removes a container, gets a notice to unlock first", () => {
    expect(
      lockNotices(asked({}), { live: live(4, "deviceinfo", "deviceevents"), archivedTables: [] }),
    ).toEqual([
      expect.stringMatching(/the hub insights-logs-advancedhunting-deviceevents\. Write `lock: false`/),
    ]);
    expect(lockNotices(asked({}), { live: live(8, "deviceinfo"), archivedTables: [] })).toHaveLength(1);
    const archive = asked({ destinations: ["storage"], storage: storageDefaults });
    expect(lockNotices(archive, { live: {}, archivedTables: ["DeviceInfo", "AlertInfo"] })).toEqual([
      expect.stringMatching(/the containers of AlertInfo/),
    ]);
  });

  test("that removes nothing gets no notice", () => {
    expect(lockNotices(asked({}), { live: live(4, "deviceinfo"), archivedTables: [] })).toEqual([]);
    expect(lockNotices(asked({}), { live: {}, archivedTables: [] })).toEqual([]);
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
