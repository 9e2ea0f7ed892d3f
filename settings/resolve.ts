import type { Mistake } from "../streaming/wording/mistakes.ts";
import { selectTables } from "../streaming/defender/selection.ts";
import { inCatalogOrder, tableNamed } from "../streaming/defender/tables.ts";
import { tiers, type TierFacts } from "../streaming/eventHubs/tiers.ts";
import type { Reading } from "./read.ts";
import { defaultCeiling, defaultPartitions, defaultRetentionHours } from "./shape/defaults.ts";
import type { Given } from "./shape/schema.ts";
import type { Dependent, Settings } from "./settings.ts";

/** Settings without their malformed parts. */
export type SettingsDraft = Partial<Settings>;

/** Adds the defaults that depend on other keys, and the selected tables. What depends on a malformed key stays undefined. */
export function resolve(reading: Reading): { draft: SettingsDraft; mistakes: readonly Mistake[] } {
  const { given, malformed } = reading;
  const { tables: selection, placement, allowDataLoss, ...asGiven } = given;
  const selected = malformed.has("tables") ? undefined : selectTables(given.product, selection);
  const unlistedTables = selected?.unlistedTables ?? [];
  const spelled = (name: string) => tableNamed(name)?.name ?? sameButCase(name, unlistedTables) ?? name;
  const otherwise = dependentDefaults(given);
  const orDefault = <Key extends Dependent>(key: Key) =>
    malformed.has(key) ? undefined : (given[key] ?? otherwise[key]);

  const draft = {
    ...asGiven,
    autoInflate: orDefault("autoInflate"),
    partitionCount: orDefault("partitionCount"),
    retentionHours: orDefault("retentionHours"),
    tables: selected?.tables && inCatalogOrder(selected.tables),
    unlistedTables,
    placement: placement && mapKeys(placement, spelled),
    allowDataLoss: allowDataLoss?.map(spelled),
  };
  return { draft, mistakes: selected?.mistakes ?? [] };
}

/** The one place for defaults that depend on other keys; undefined if those are malformed. */
function dependentDefaults({
  layout,
  tier,
  throughputUnits,
}: Partial<Given>): Partial<Pick<Settings, Dependent>> {
  const facts = tier && tiers[tier];
  return {
    partitionCount: layout && defaultPartitions[layout],
    retentionHours: facts && Math.min(defaultRetentionHours, facts.retentionHours),
    autoInflate: facts && defaultAutoInflate(facts, throughputUnits),
  };
}

function defaultAutoInflate(
  { autoInflateCeiling: most }: TierFacts,
  throughputUnits: number | undefined,
): Settings["autoInflate"] | undefined {
  if (most === 0) return false;
  if (throughputUnits === undefined) return undefined;
  return { maximumThroughputUnits: Math.min(Math.max(defaultCeiling, throughputUnits), most) };
}

function sameButCase(name: string, names: readonly string[]): string | undefined {
  return names.find((other) => other.toLowerCase() === name.toLowerCase());
}

function mapKeys<Value>(
  record: Readonly<Record<string, Value>>,
  rename: (key: string) => string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]));
}
