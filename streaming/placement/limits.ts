import type { Draft } from "../request.ts";
import { hubsAllowed, tiers } from "../eventHubs/tiers.ts";

/**
 * Export settings that a tenant can have. Not in Microsoft's documentation; seen in tenants
 * (dcodev1702/Sentinel-XDR-Unified-StreamingAPI), and the limit of Azure Monitor's diagnostic settings.
 */
export const exportSettingsPerTenant = 5;

/** How much fits where, in tables. */
export interface Limits {
  readonly perNamespace: number;
  readonly perExportSetting: number;
  readonly namespaces: number;
  /** The keys that namespaces may have, in order. Default: any. */
  readonly keys?: readonly string[];
  /** The room in existing namespaces, by key; it replaces `perNamespace`. */
  readonly rooms?: ReadonlyMap<string, number>;
  /** Tables whose hub exists, with the key of its namespace. */
  readonly homes?: ReadonlyMap<string, string>;
}

/** The limits for the plan of a request; undefined if something they depend on is missing or wrong. */
export function limitsOf({
  tier,
  layout,
  throughputUnits,
  maxEventTypesPerSetting,
}: Draft): Limits | undefined {
  if (tier === undefined || layout === undefined) return undefined;
  if (maxEventTypesPerSetting === undefined || !(maxEventTypesPerSetting >= 1)) return undefined;
  if (throughputUnits === undefined || !(throughputUnits >= 1)) return undefined;
  const perExportSetting = tiers[tier].eventTypesPerSetting === Infinity ? Infinity : maxEventTypesPerSetting;
  return layout === "single"
    ? { perNamespace: Infinity, perExportSetting, namespaces: 1 }
    : { perNamespace: hubsAllowed(tier, throughputUnits), perExportSetting, namespaces: Infinity };
}

/** The fewest namespaces for so many tables, and the fewest export settings for these namespaces. */
export function fewest(tables: number, limits: Limits): { namespaces: number; exportSettings: number } {
  const namespaces = Math.ceil(tables / limits.perNamespace) || 1;
  const sizes = exportSettingSizes(tables, namespaces, limits);
  return { namespaces, exportSettings: sizes.length };
}

/**
 * How many tables each export setting takes when tables fill the fewest namespaces with the fewest settings: first the settings
 * that can be full, then what is left over in each namespace.
 */
export function exportSettingSizes(
  tables: number,
  namespaces: number,
  limits: Limits,
): { namespace: number; size: number }[] {
  const full = Math.min(limits.perExportSetting, limits.perNamespace, tables);
  const fullOnes = Math.min(Math.floor(limits.perNamespace / full), Math.ceil(tables / full));
  const rest = limits.perNamespace - fullOnes * full;
  const sizes: { namespace: number; size: number }[] = [];
  let left = tables;
  const take = (namespace: number, room: number) => {
    const size = Math.min(room, left);
    if (size > 0) sizes.push({ namespace, size });
    left -= size;
  };
  for (let namespace = 1; namespace <= namespaces; namespace++) {
    for (let setting = 0; setting < fullOnes; setting++) take(namespace, full);
  }
  for (let namespace = 1; namespace <= namespaces; namespace++) take(namespace, Math.min(rest, full));
  return sizes;
}
