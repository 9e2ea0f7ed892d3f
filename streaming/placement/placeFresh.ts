import type { Allocation } from "./allocation.ts";
import { exportSettingSizes, fewest, type Limits } from "./limits.ts";
import { tableNamed } from "../defender/tables.ts";

/** An export setting in the making. */
interface Setting {
  readonly namespace: number;
  readonly tables: string[];
}

/**
 * Places the tables of a new stack: fewest namespaces, then fewest export settings, related tables together. Whole groups are
 * placed first-fit if that needs no more than the fewest; otherwise the list is cut into pieces.
 */
export function placeFresh(tables: readonly string[], limits: Limits, allocation: Allocation): void {
  const least = fewest(tables.length, limits);
  const whole = wholeGroups(tables, limits);
  const namespaces = new Set(whole?.map(({ namespace }) => namespace)).size;
  const good = whole !== undefined && namespaces <= least.namespaces && whole.length <= least.exportSettings;
  const settings = good ? whole : pieces(tables, least.namespaces, limits);
  settings.forEach(({ namespace, tables: inside }, index) => {
    for (const table of inside) allocation.put(table, `ns${namespace}`, `export${index + 1}`);
  });
}

/** Undefined when a group is too large to stay together. */
function wholeGroups(tables: readonly string[], limits: Limits): Setting[] | undefined {
  const settings: Setting[] = [];
  const room = (namespace: number) =>
    limits.perNamespace -
    settings.filter((one) => one.namespace === namespace).reduce((sum, one) => sum + one.tables.length, 0);
  for (const group of groupsOf(tables)) {
    if (group.length > Math.min(limits.perExportSetting, limits.perNamespace)) return undefined;
    const fitting = settings.find(
      (one) =>
        one.tables.length + group.length <= limits.perExportSetting && group.length <= room(one.namespace),
    );
    if (fitting !== undefined) {
      fitting.tables.push(...group);
      continue;
    }
    let namespace = 1;
    while (room(namespace) < group.length) namespace++;
    settings.push({ namespace, tables: [...group] });
  }
  return settings;
}

/** Tables by product, in the order in which the products first appear; unlisted tables form the last group. */
function groupsOf(tables: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const table of tables) {
    const group = tableNamed(table)?.group ?? "unlisted";
    groups.set(group, [...(groups.get(group) ?? []), table]);
  }
  return [...groups.values()];
}

function pieces(tables: readonly string[], namespaces: number, limits: Limits): Setting[] {
  let start = 0;
  return exportSettingSizes(tables.length, namespaces, limits).map(({ namespace, size }) => {
    const inside = tables.slice(start, start + size);
    start += size;
    return { namespace, tables: inside };
  });
}
