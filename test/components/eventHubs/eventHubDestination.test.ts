import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { deploy, siem } from "../deploy.ts";
import { named, resolved } from "../mocks.ts";

it("replaces the namespace for another location and for a tier to or from Premium, and not for Basic", async () => {
  const triggerOf = async (changes: Partial<StreamingRequest>, location = "westeurope") => {
    const { asked } = await deploy({ tables: ["DeviceInfo"], consumerGroups: [], ...changes }, { location });
    return named(asked, "eventhub:Namespace")[0]?.replacementTrigger;
  };
  const standard = await triggerOf({});
  expect(await triggerOf({ tier: "Basic", autoInflate: false, retentionHours: 24 })).toBe(standard);
  expect(await triggerOf({ throughputUnits: 5, autoInflate: false })).toBe(standard);
  expect(await triggerOf({ tier: "Premium", autoInflate: false })).not.toBe(standard);
  expect(await triggerOf({}, "northeurope")).not.toBe(standard);
});

it("has no rule set and no auto-inflate on Basic, and no Kafka endpoint", async () => {
  const { result, asked } = await deploy({
    tables: ["DeviceInfo"],
    tier: "Basic",
    autoInflate: false,
    retentionHours: 24,
    consumerGroups: [],
    consumers: [siem],
  });
  expect(named(asked, "eventhub:NamespaceNetworkRuleSet")).toEqual([]);
  expect(named(asked, "eventhub:Namespace")[0]?.inputs).toMatchObject({
    isAutoInflateEnabled: false,
    maximumThroughputUnits: 0,
  });
  expect((await resolved(result.outputs.consumers))[0]?.kafkaBootstrapServer).toBe("");
});

it("takes the protection off the named table alone, and off the whole namespace when that is named", async () => {
  const open = async (allowDataLoss: string[]) =>
    (await deploy({ tables: ["DeviceInfo", "DeviceEvents"], allowDataLoss })).asked
      .filter((one) => /:(EventHub|Namespace)$/.test(one.type) && !one.protect)
      .map((one) => one.name);
  expect(await open(["DeviceInfo"])).toEqual(["defender-ns1-deviceinfo"]);
  expect((await open(["ns1"])).sort()).toEqual([
    "defender-ns1",
    "defender-ns1-deviceevents",
    "defender-ns1-deviceinfo",
  ]);
});

it("keeps a shared hub protected until all of its tables are named", async () => {
  const shared = { tables: ["DeviceInfo", "DeviceEvents"], layout: "single", hubName: "defender" } as const;
  const isProtected = async (allowDataLoss: string[]) =>
    named((await deploy({ ...shared, allowDataLoss })).asked, "eventhub:EventHub").map((one) => one.protect);
  expect(await isProtected(["DeviceInfo"])).toEqual([true]);
  expect(await isProtected(["DeviceInfo", "DeviceEvents"])).toEqual([false]);
});

it("omits `zoneRedundant` in a region that is not known to have zones", async () => {
  const { asked } = await deploy({ tables: ["DeviceInfo"] }, { location: "westus" });
  expect(named(asked, "eventhub:Namespace")[0]?.inputs).not.toHaveProperty("zoneRedundant");
});

describe("a region that only the deployment knows", () => {
  const inRegion = async (region: string) => {
    const { asked } = await deploy({ tables: ["DeviceInfo"] }, { location: pulumi.output(region) });
    const [namespace] = named(asked, "eventhub:Namespace");
    const trigger = await resolved(namespace?.replacementTrigger as pulumi.Output<string>);
    return { inputs: namespace?.inputs, trigger };
  };

  it("has `zoneRedundant` if the region has zones, and not otherwise", async () => {
    expect((await inRegion("West Europe")).inputs).toMatchObject({
      location: "West Europe",
      zoneRedundant: true,
    });
    expect((await inRegion("westus")).inputs).not.toHaveProperty("zoneRedundant");
  });

  it("replaces nothing if it is spelled in another way", async () => {
    expect((await inRegion("West Europe")).trigger).toBe("shared/westeurope");
  });
});

describe("a namespace that auto-inflate raised to 12 units", () => {
  const live = (hubs = {}) => ({
    ns1: { resourceId: "x", tier: "Standard" as const, location: "westeurope", units: 12, hubs },
  });
  const namespaceOf = async (changes: Partial<StreamingRequest>, location = "westeurope") => {
    const { asked } = await deploy({ tables: ["DeviceInfo"], ...changes }, { location }, { live: live() });
    return named(asked, "eventhub:Namespace")[0]?.inputs;
  };

  it("keeps them, and raises a lower ceiling to them", async () => {
    expect(await namespaceOf({})).toMatchObject({ sku: { capacity: 12 }, maximumThroughputUnits: 12 });
  });

  it("keeps them when auto-inflate is turned off, with the ceiling 0", async () => {
    expect(await namespaceOf({ autoInflate: false })).toMatchObject({
      sku: { capacity: 12 },
      isAutoInflateEnabled: false,
      maximumThroughputUnits: 0,
    });
  });

  it("is raised by a larger number", async () => {
    const changes = { throughputUnits: 15, autoInflate: { maximumThroughputUnits: 20 } };
    expect(await namespaceOf(changes)).toMatchObject({ sku: { capacity: 15 }, maximumThroughputUnits: 20 });
  });

  it("does not affect the processing units of a Premium namespace", async () => {
    const premium = await namespaceOf({ tier: "Premium", throughputUnits: 1, autoInflate: false });
    expect(premium).toMatchObject({ sku: { name: "Premium", capacity: 1 } });
    expect(premium).not.toHaveProperty("isAutoInflateEnabled");
  });
});

describe("partitions", () => {
  const hubOf = async (
    changes: Partial<StreamingRequest>,
    partitions = 8,
    tier: "Standard" | "Premium" = "Premium",
  ) => {
    const live = {
      ns1: {
        resourceId: "x",
        tier,
        location: "westeurope",
        units: 1,
        hubs: {
          "insights-logs-advancedhunting-deviceinfo": { partitionCount: partitions, retentionHours: 168 },
        },
      },
    };
    const { asked } = await deploy({ tables: ["DeviceInfo"], ...changes }, {}, { live });
    return named(asked, "eventhub:EventHub")[0];
  };
  const premium = { tier: "Premium", autoInflate: false } as const;

  it("replace the hub on Standard, whatever the number, and delete the old one first", async () => {
    expect(await hubOf({ partitionCount: 16 }, 8, "Standard")).toMatchObject({
      replaceOnChanges: ["partitionCount"],
      deleteBeforeReplace: true,
    });
  });

  it("grow in place on Premium, and replace the hub when they shrink", async () => {
    expect((await hubOf({ ...premium, partitionCount: 16 }))?.replaceOnChanges).toEqual([]);
    expect((await hubOf({ ...premium, partitionCount: 4 }))?.replaceOnChanges).toEqual(["partitionCount"]);
  });

  it("wait for the new hub when the namespace is replaced as well", async () => {
    expect(await hubOf({ ...premium, partitionCount: 4 }, 8, "Standard")).toMatchObject({
      deleteBeforeReplace: false,
    });
  });
});
