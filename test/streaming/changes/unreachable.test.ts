import { describe, expect, it } from "vitest";
import { unreachable } from "../../../streaming/changes/unreachable.ts";
import { plan } from "../../../streaming/plan.ts";
import { storageDefaults, type StorageOptions } from "../../../streaming/storage/account.ts";
import type { LiveAccount } from "../../../streaming/storage/redundancy.ts";
import { liveAccount, liveNamespace } from "../live.ts";
import { request } from "../requests.ts";

describe("redundancy", () => {
  const reach = (redundancy: StorageOptions["redundancy"], from: LiveAccount) =>
    unreachable(
      plan(request({ destinations: ["storage"], storage: { ...storageDefaults, redundancy } })),
      request({ location: "westeurope" }),
      { liveAccounts: { sa1: from } },
    );

  it("needs a conversion to other zones: the fix has its command, and the rest is an update", () => {
    expect(reach("GRS", liveAccount())).toEqual([]);
    const [mistake] = reach("GZRS", liveAccount());
    expect(mistake?.fix).toContain("--resource-group rg --account-name acc --sku Standard_ZRS");
    expect(reach("GRS", liveAccount({ redundancy: "GZRS" }))[0]?.fix).toContain("--sku Standard_GRS ");
  });

  it("may become anything when the account is replaced anyway", () => {
    expect(reach("ZRS", liveAccount({ location: "northeurope" }))).toEqual([]);
    expect(reach("ZRS", liveAccount({ hierarchicalNamespace: true }))).toEqual([]);
    expect(reach("ZRS", liveAccount({ infrastructureEncryption: false }))).toEqual([]);
  });
});

it("a namespace whose hubs keep events longer cannot go to Basic in one step", () => {
  const basic = { tier: "Basic", autoInflate: false, retentionHours: 24, consumerGroups: [] } as const;
  const planned = plan(request({ tables: ["DeviceInfo"], ...basic }));
  const mistakes = (retentionHours: number) => {
    const hubs = { "insights-logs-advancedhunting-deviceinfo": { partitionCount: 4, retentionHours } };
    return unreachable(planned, request(basic), { live: { ns1: liveNamespace({ hubs }) } });
  };
  expect(mistakes(168)).toMatchObject([
    { key: "tier", fix: expect.stringMatching(/tier: Standard.*retentionHours: 24/) as string },
  ]);
  expect(mistakes(24)).toEqual([]);
});
