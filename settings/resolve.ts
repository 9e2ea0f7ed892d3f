import type { Mistake } from "../streaming/wording/mistakes.ts";
import { selectTables } from "../streaming/defender/selection.ts";
import { inCatalogueOrder, tableNamed } from "../streaming/defender/tables.ts";
import { tiers } from "../streaming/eventHubs/tiers.ts";
import type { Reading } from "./read.ts";
import type { Given } from "./shape/schema.ts";
import type { Dependent, Settings } from "./settings.ts";

/** Settings of which parts are missing, because they were malformed. */
export type SettingsDraft = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

/** Puts in the defaults that depend on other keys and the tables that are meant. What depends on a malformed key stays out. */
export function resolve(reading: Reading): { draft: SettingsDraft; mistakes: readonly Mistake[] } {
  const { given, malformed } = reading;
  const { tables: selection, placement, allowDataLoss, ...asGiven } = given;
  const selected = malformed.has("tables") ? undefined : selectTables(given.product, selection);
  const unlistedTables = selected?.unlistedTables ?? [];
  const spelt = (name: string) => tableNamed(name)?.name ?? sameButCase(name, unlistedTables) ?? name;
  const otherwise = dependentDefaults(given);
  const orDefault = <Key extends Dependent>(key: Key) =>
    malformed.has(key) ? undefined : (given[key] ?? otherwise[key]);

  const draft = {
    ...asGiven,
    autoInflate: orDefault("autoInflate"),
    partitionCount: orDefault("partitionCount"),
    retentionHours: orDefault("retentionHours"),
    tables: selected?.tables && inCatalogueOrder(selected.tables),
    unlistedTables,
    placement: placement && mapKeys(placement, spelt),
    allowDataLoss: allowDataLoss?.map(spelt),
  };
  return { draft, mistakes: selected?.mistakes ?? [] };
}

/** The one place for defaults that depend on other keys; undefined while those are malformed. */
function dependentDefaults({
  layout,
  tier,
  throughputUnits,
}: Partial<Given>): Partial<Pick<Settings, Dependent>> {
  const facts = tier && tiers[tier];
  return {
    ...(layout && { partitionCount: layout === "single" ? 32 : 4 }),
    // Seven days: a reader that is out over a weekend loses nothing.
    ...(facts && { retentionHours: Math.min(7 * 24, facts.retentionHours) }),
    ...(facts?.autoInflateCeiling === 0 && { autoInflate: false as const }),
    ...(facts &&
      facts.autoInflateCeiling > 0 &&
      throughputUnits !== undefined && {
        autoInflate: {
          maximumThroughputUnits: Math.min(Math.max(10, throughputUnits), facts.autoInflateCeiling),
        },
      }),
  };
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
