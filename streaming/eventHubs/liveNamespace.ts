import { normalizeLocation } from "../cloud/regions.ts";
import { type Tier, changesInPlace, tiers } from "./tiers.ts";

/** The current state of a namespace in Azure, as far as the next deployment depends on it. */
export interface LiveNamespace {
  /** The ARM id. */
  readonly resourceId: string;
  readonly tier: Tier;
  /** The region in its short form, such as `westeurope`. */
  readonly location: string;
  /** The ARM id of the cluster it is on; on Dedicated only. */
  readonly clusterId?: string;
  /** It is an existing namespace: it is kept when the stack is destroyed, and so are these hubs in it. */
  readonly existing?: { readonly adoptedHubs: readonly string[] };
  /** Whether it is encrypted with a customer-managed key. Default: no. */
  readonly customerManagedKey?: boolean;
  /** `sku.capacity`, which auto-inflate raises. */
  readonly units: number;
  /** The stack's hubs, by name. */
  readonly hubs: Readonly<Record<string, LiveHub>>;
  /** Hubs that the stack does not manage, by name. Default: none. */
  readonly othersHubs?: Readonly<Record<string, LiveHub>>;
  /** What the stack has created on its hubs and on the namespace. Default: nothing. */
  readonly access?: LiveAccess;
}

/** By the namespace's key in the plan. */
export type LiveNamespaces = Readonly<Record<string, LiveNamespace>>;

/** Names of what the stack has created for readers. */
export interface LiveAccess {
  /** Consumer groups, the same on each hub. */
  readonly consumerGroups: readonly string[];
  /** Shared access rules, the same on each hub. */
  readonly hubRules: readonly string[];
  readonly namespaceRules: readonly string[];
}

export interface LiveHub {
  readonly partitionCount: number;
  /** How long events are kept. */
  readonly retentionHours: number;
}

interface Unchangeable {
  readonly tier: Tier;
  readonly isEncrypted: boolean;
  readonly clusterId?: string | undefined;
}

/** What Azure cannot change in a namespace. It is in the state of every stack: another text for the same replaces all namespaces. */
export function replacementKeyOf({ tier, isEncrypted, clusterId }: Unchangeable, location: string): string {
  const key = isEncrypted ? ["customer-managed-key"] : [];
  const cluster = clusterId ? [clusterId.toLowerCase()] : [];
  return [tiers[tier].family, normalizeLocation(location), ...key, ...cluster].join("/");
}

/** Whether Azure must replace a namespace. Without a location the region stays. */
export function isReplaced(planned: Unchangeable, live: LiveNamespace, location = live.location): boolean {
  const { customerManagedKey: isEncrypted = false } = live;
  return replacementKeyOf({ ...live, isEncrypted }, live.location) !== replacementKeyOf(planned, location);
}

/**
 * The units and the ceiling to send. Every update of a namespace sends its units. Without this it would undo what auto-inflate
 * raised, and Azure would throttle Defender (azurerm #6929, #32391). So the larger of current and requested units is sent. Only
 * units of the same kind are compared: throughput units are no processing units.
 *
 * @returns `ceiling` 0 when auto-inflate is off; never below `units`, which Azure would refuse.
 */
export function neverLower(
  asked: { readonly tier: Tier; readonly throughputUnits: number; readonly maximumThroughputUnits: number },
  live: LiveNamespace | undefined,
): { units: number; ceiling: number } {
  const liveUnits = live && changesInPlace(live.tier, asked.tier) ? live.units : 0;
  const units = Math.max(asked.throughputUnits, liveUnits);
  return {
    units,
    ceiling: asked.maximumThroughputUnits === 0 ? 0 : Math.max(asked.maximumThroughputUnits, units),
  };
}
