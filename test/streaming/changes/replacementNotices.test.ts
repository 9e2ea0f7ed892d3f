import { describe, expect, it } from "vitest";
import { replacementNotices } from "../../../streaming/changes/replacementNotices.ts";
import type { LiveNamespace } from "../../../streaming/eventHubs/liveNamespace.ts";
import { plan } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import type { LiveAccount } from "../../../streaming/storage/redundancy.ts";
import { liveAccount, liveNamespace } from "../live.ts";
import { request } from "../requests.ts";

const hub = "insights-logs-advancedhunting-deviceinfo";
const tables = ["DeviceInfo", "AlertInfo"];
const hubs = {
  [hub]: { partitionCount: 4, retentionHours: 24 },
  "insights-logs-advancedhunting-alertinfo": { partitionCount: 4, retentionHours: 24 },
};

describe("the notice of a replaced namespace", () => {
  const notices = (
    changes: Partial<StreamingRequest>,
    live: Partial<LiveNamespace> = {},
    ownGroup?: string,
  ) => {
    const asked = request({ tables, location: "westeurope", ...changes });
    const last = { live: { ns1: liveNamespace({ hubs, ...live }) }, ownGroup };
    return replacementNotices({ plan: plan(asked, last), last, request: asked });
  };

  it("is absent when nothing is replaced", () => {
    expect(notices({}, {}, "GROUP")).toEqual([]);
    expect(notices({ tier: "Basic" })).toEqual([]);
  });

  it("names everything that Azure cannot change, the loss, the setting, and what is left to do", () => {
    const [notice, ...others] = notices({ tier: "Premium", location: "northeurope", allowDataLoss: ["sa1"] });
    expect(others).toEqual([]);
    expect(notice).toMatch(
      /^ns1 is replaced.*the tier from Standard to Premium and the region from westeurope to northeurope\. .*deleted with its hubs.*allowDataLoss: \[sa1, ns1\].*new `resourceId`.*connection string/,
    );
  });

  it("names another resource group, which replaces everything in it", () => {
    expect(notices({}, {}, "other")[0]).toContain("cannot change the resource group.");
  });

  it("has no setting where the loss is allowed", () => {
    for (const may of [{ protect: false }, { allowDataLoss: ["ns1"] }]) {
      const [notice] = notices({ tier: "Premium", ...may });
      expect(notice).toContain("deleted with its hubs and their events");
      expect(notice).not.toContain("allowDataLoss");
    }
  });

  it("names hubs whose partitions cannot change, by their tables or all by the namespace", () => {
    expect(notices({ partitionCount: 8 })[0]).toMatch(/^2 hubs of ns1.*\[ns1\]/);
    const one = { ...hubs, [hub]: { partitionCount: 8, retentionHours: 24 } };
    expect(notices({}, { hubs: one })[0]).toMatch(/^1 hub of ns1.*deviceinfo.*\[DeviceInfo\]/);
  });
});

describe("the notice of a replaced account", () => {
  const notices = (live: Partial<LiveAccount>, ownGroup?: string) => {
    const storage = { ...storageDefaults, redundancy: "LRS" } as const;
    const asked = request({ tables, destinations: ["storage"], storage, location: "westeurope" });
    const last = { live: {}, liveAccounts: { sa1: liveAccount(live) }, ownGroup };
    return replacementNotices({ plan: plan(asked, last), last, request: asked });
  };

  it("names what Azure cannot change, the loss and the setting", () => {
    expect(notices({})).toEqual([]);
    expect(notices({ hierarchicalNamespace: true, location: "northeurope" })[0]).toMatch(
      /^sa1 is replaced.*the region from northeurope to westeurope and the hierarchical namespace\. .*all its blobs.*allowDataLoss: \[sa1\].*new `resourceId`/,
    );
    expect(notices({}, "other")[0]).toContain("the resource group");
  });
});
