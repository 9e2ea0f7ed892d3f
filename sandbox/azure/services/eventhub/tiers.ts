import type { Resource } from "../../state.ts";

type SkuName = "Basic" | "Standard" | "Premium";
/** Dedicated is no SKU, but a Standard namespace on a cluster. */
export type TierName = SkuName | "Dedicated";

/** Limits of a tier; event-hubs/includes/event-hubs-tier-limits.md (MicrosoftDocs/azure-docs). */
export interface Tier {
  readonly name: TierName;
  /** What `sku.capacity` may be, and what it counts. */
  readonly units: readonly number[];
  readonly unitName: "throughput units" | "processing units";
  /** For each namespace below Premium, for each processing unit on Premium. */
  readonly hubs: number;
  readonly partitionsPerHub: number;
  /** For each processing unit, over all hubs; undefined: only the limit of each hub counts. */
  readonly partitionsPerUnit?: number;
  readonly retentionDays: number;
  /** For each hub, `$Default` included. */
  readonly consumerGroups: number;
  readonly autoInflate: boolean;
  readonly kafka: boolean;
  readonly networkRules: boolean;
  readonly capture: boolean;
  readonly encryption: boolean;
  readonly morePartitionsLater: boolean;
}

const throughputUnits = Array.from({ length: 40 }, (_, i) => i + 1);

const tiers: Record<TierName, Tier> = {
  Basic: {
    name: "Basic",
    units: throughputUnits,
    unitName: "throughput units",
    hubs: 10,
    partitionsPerHub: 32,
    retentionDays: 1,
    consumerGroups: 1,
    autoInflate: false,
    kafka: false,
    networkRules: false,
    capture: false,
    encryption: false,
    morePartitionsLater: false,
  },
  Standard: {
    name: "Standard",
    units: throughputUnits,
    unitName: "throughput units",
    hubs: 10,
    partitionsPerHub: 32,
    retentionDays: 7,
    consumerGroups: 20,
    autoInflate: true,
    kafka: true,
    networkRules: true,
    capture: true,
    encryption: false,
    morePartitionsLater: false,
  },
  Premium: {
    name: "Premium",
    // 6, 10 and 12 are in newer documents only.
    units: [1, 2, 4, 6, 8, 10, 12, 16],
    unitName: "processing units",
    hubs: 100,
    partitionsPerHub: 100,
    partitionsPerUnit: 200,
    retentionDays: 90,
    consumerGroups: 100,
    autoInflate: false,
    kafka: true,
    networkRules: true,
    capture: true,
    encryption: true,
    morePartitionsLater: true,
  },
  Dedicated: {
    name: "Dedicated",
    units: throughputUnits,
    unitName: "throughput units",
    hubs: 1000,
    partitionsPerHub: 1024,
    retentionDays: 90,
    consumerGroups: 1000,
    autoInflate: false,
    kafka: true,
    networkRules: true,
    capture: true,
    encryption: true,
    morePartitionsLater: true,
  },
};

export interface Sku {
  name: SkuName;
  tier?: SkuName;
  capacity?: number;
}

export function skuOf(namespace: Resource): Required<Sku> {
  return namespace.body["sku"] as Required<Sku>;
}

export function tierNamed(name: TierName): Tier {
  return tiers[name];
}

export function tierOf(namespace: Pick<Resource, "body">): Tier {
  const onCluster = namespace.body.properties?.["clusterArmId"] !== undefined;
  return tiers[onCluster ? "Dedicated" : (namespace.body["sku"] as Sku).name];
}

/** @param units the namespace's `sku.capacity` */
export function maxHubs(tier: Tier, units: number): number {
  return tier.partitionsPerUnit === undefined ? tier.hubs : tier.hubs * units;
}

/** @param units the namespace's `sku.capacity` */
export function maxPartitions(tier: Tier, units: number): number {
  return tier.partitionsPerUnit === undefined ? Infinity : tier.partitionsPerUnit * units;
}
