import type { Allocation } from "./allocation.ts";
import { tableNamed } from "../defender/tables.ts";

/**
 * Gives a place to each table that has none, and moves no other one. In this order: an export setting with room on a namespace
 * with room, a new export setting on a namespace with room, a new namespace. Tables that already have a namespace come first. A
 * table that finds no room gets no place.
 */
export function fillGaps(tables: readonly string[], allocation: Allocation): void {
  for (const table of tables) {
    const place = allocation.placeOf(table);
    if (place === undefined || place.exportSetting !== undefined) continue;
    const { namespace } = place;
    const exportSetting = settingFor(table, namespace, allocation) ?? allocation.newExportSetting();
    allocation.put(table, namespace, exportSetting);
  }
  for (const table of tables) {
    if (allocation.placeOf(table) === undefined) placeAnywhere(table, allocation);
  }
}

function placeAnywhere(table: string, allocation: Allocation): void {
  const roomy = allocation.namespaces.filter((namespace) => allocation.namespaceHasRoom(namespace));
  const candidates = roomy.flatMap((namespace) => {
    const exportSetting = settingFor(table, namespace, allocation);
    return exportSetting === undefined ? [] : [{ namespace, exportSetting }];
  });
  const related = (candidate: { exportSetting: string }) =>
    relatives(table, candidate.exportSetting, allocation);
  const [best] = candidates.sort((a, b) => related(b) - related(a));
  const namespace = best?.namespace ?? roomy[0] ?? allocation.newNamespace();
  if (namespace === undefined) return;
  allocation.put(table, namespace, best?.exportSetting ?? allocation.newExportSetting());
}

/** The export setting of that namespace with room and the most related tables. */
function settingFor(table: string, namespace: string, allocation: Allocation): string | undefined {
  return allocation.exportSettings
    .filter((setting) => allocation.namespaceOf(setting) === namespace)
    .filter((setting) => allocation.exportSettingHasRoom(setting, namespace))
    .sort((a, b) => relatives(table, b, allocation) - relatives(table, a, allocation))[0];
}

function relatives(table: string, exportSetting: string, allocation: Allocation): number {
  const group = tableNamed(table)?.group;
  return allocation.tablesIn(exportSetting).filter((other) => tableNamed(other)?.group === group).length;
}
