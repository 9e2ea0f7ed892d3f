/** Tiers of a namespace. Dedicated has no SKU: it is a Standard namespace on an existing cluster. */
export const tierNames = ["Basic", "Standard", "Premium", "Dedicated"] as const;
export type Tier = (typeof tierNames)[number];

/**
 * What a tier allows. Unless said otherwise the source is event-hubs-tier-limits.md and event-hubs-tier-features.md
 * (MicrosoftDocs/azure-docs, articles/event-hubs/includes).
 */
export interface TierFacts {
  /** `sku.name` and `sku.tier` of the namespace. */
  readonly sku: "Basic" | "Standard" | "Premium";
  /**
   * Tiers of one family change into each other in place; another family is a replacement (event-hubs-faq.yml,
   * MicrosoftDocs/azure-docs: no change from Standard to Premium; Basic and Standard by azurerm's practice).
   */
  readonly family: "shared" | "premium" | "dedicated";
  /** What `throughputUnits` counts. */
  readonly unit: string;
  /** Values of `throughputUnits` that Azure takes. On Dedicated the cluster has the capacity, so there is nothing to choose. */
  readonly units: readonly number[];
  /** Values named in newer third-party notes only; accepted with a warning. */
  readonly unconfirmedUnits: readonly number[];
  /** Highest ceiling of auto-inflate in throughput units; 0: the tier has no auto-inflate (event-hubs-auto-inflate.md). */
  readonly autoInflateCeiling: number;
  /** Hubs a namespace may hold; times the units where `hubsPerUnit`. */
  readonly hubs: number;
  readonly hubsPerUnit: boolean;
  /** Partitions a hub may have. */
  readonly partitions: number;
  /** Partitions of all hubs of a namespace together, per unit; Infinity: no such limit on the namespace. */
  readonly partitionsPerUnit: number;
  /** Whether partitions can be added later. Below Premium the count is fixed for the hub's life. */
  readonly partitionsCanGrow: boolean;
  /** Longest retention in hours. */
  readonly retentionHours: number;
  /** Consumer groups of a hub, `$Default` included. */
  readonly consumerGroups: number;
  /** Largest message in bytes. */
  readonly messageBytes: number;
  /** Whether the Kafka endpoint exists. */
  readonly kafka: boolean;
  /** Whether there is a network rule set, and with it the way in for trusted Microsoft services. */
  readonly networkRules: boolean;
  /** Whether it can be encrypted with a key of the customer's (configure-customer-managed-key.md). */
  readonly customerManagedKeys: boolean;
  /** Event types one export setting takes (configure-event-hub.md, MicrosoftDocs/defender-docs); Infinity: all of them. */
  readonly eventTypesPerSetting: number;
}

const oneToForty = Array.from({ length: 40 }, (_, index) => index + 1);
const kilobyte = 1024;

export const tiers: Readonly<Record<Tier, TierFacts>> = {
  Basic: {
    sku: "Basic",
    family: "shared",
    unit: "throughput unit",
    units: oneToForty,
    unconfirmedUnits: [],
    autoInflateCeiling: 0,
    hubs: 10,
    hubsPerUnit: false,
    partitions: 32,
    partitionsPerUnit: Infinity,
    partitionsCanGrow: false,
    retentionHours: 24,
    consumerGroups: 1,
    messageBytes: 256 * kilobyte,
    kafka: false,
    networkRules: false,
    customerManagedKeys: false,
    eventTypesPerSetting: 10,
  },
  Standard: {
    sku: "Standard",
    family: "shared",
    unit: "throughput unit",
    units: oneToForty,
    unconfirmedUnits: [],
    autoInflateCeiling: 40,
    hubs: 10,
    hubsPerUnit: false,
    partitions: 32,
    partitionsPerUnit: Infinity,
    partitionsCanGrow: false,
    retentionHours: 7 * 24,
    consumerGroups: 20,
    messageBytes: 1024 * kilobyte,
    kafka: true,
    networkRules: true,
    customerManagedKeys: false,
    eventTypesPerSetting: 10,
  },
  Premium: {
    sku: "Premium",
    family: "premium",
    unit: "processing unit",
    units: [1, 2, 4, 8, 16],
    unconfirmedUnits: [6, 10, 12],
    autoInflateCeiling: 0,
    hubs: 100,
    hubsPerUnit: true,
    partitions: 100,
    partitionsPerUnit: 200,
    partitionsCanGrow: true,
    retentionHours: 90 * 24,
    consumerGroups: 100,
    messageBytes: 1024 * kilobyte,
    kafka: true,
    networkRules: true,
    customerManagedKeys: true,
    // Whether Premium lifts the rule is not documented, so it is kept.
    eventTypesPerSetting: 10,
  },
  Dedicated: {
    sku: "Standard",
    family: "dedicated",
    unit: "throughput unit",
    units: [1],
    unconfirmedUnits: [],
    autoInflateCeiling: 0,
    hubs: 1000,
    hubsPerUnit: false,
    partitions: 1024,
    partitionsPerUnit: Infinity,
    partitionsCanGrow: true,
    retentionHours: 90 * 24,
    consumerGroups: 1000,
    messageBytes: 1024 * kilobyte,
    kafka: true,
    networkRules: true,
    customerManagedKeys: true,
    eventTypesPerSetting: Infinity,
  },
};

/** On each hub, and on a namespace beside RootManageSharedAccessKey (event-hubs-quotas.md, MicrosoftDocs/azure-docs). */
export const sharedAccessRulesAllowed = { hub: 12, namespace: 11 } as const;

/** Hubs that a namespace of that tier and size may hold. */
export function hubsAllowed(tier: Tier, units: number): number {
  return tiers[tier].hubs * (tiers[tier].hubsPerUnit ? units : 1);
}

/** Whether a namespace can go from one tier to the other without being replaced. */
export function changesInPlace(from: Tier, to: Tier): boolean {
  return tiers[from].family === tiers[to].family;
}
