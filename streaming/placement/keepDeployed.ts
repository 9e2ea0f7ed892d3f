import { Allocation } from "./allocation.ts";
import type { Limits } from "./limits.ts";
import { exportSettingKey, namespaceKey, numberIn, type Place, type Placement } from "./placement.ts";

/**
 * Puts tables where the request wants them, then the others where they were deployed, as far as the limits allow. A table that
 * loses only its export setting keeps its namespace, with its hub and the events in it. One that loses its namespace gets no place.
 */
export function keep(
  tables: readonly string[],
  demanded: Placement,
  deployed: Placement,
  limits: Limits,
): Allocation {
  const allocation = new Allocation(limits);
  for (const table of tables) {
    const place = demanded[table];
    if (place) allocation.put(table, place.namespace, place.exportSetting);
  }
  for (const [table, { namespace, exportSetting }] of inOrderOfKeeping(tables, deployed, limits)) {
    if (demanded[table] !== undefined || !allocation.namespaceHasRoom(namespace)) continue;
    const fits = allocation.exportSettingHasRoom(exportSetting, namespace);
    allocation.put(table, namespace, fits ? exportSetting : undefined);
  }
  return allocation;
}

/**
 * If there is no longer room for all, the first tables keep their place: with a single namespace those in the fullest one,
 * otherwise by export setting, so that whole settings are kept.
 */
function inOrderOfKeeping(tables: readonly string[], deployed: Placement, limits: Limits): [string, Place][] {
  const placed = tables.flatMap((table): [string, Place][] => {
    const place = deployed[table];
    return place && namespaceKey.test(place.namespace) && exportSettingKey.test(place.exportSetting)
      ? [[table, place]]
      : [];
  });
  const inhabitants = (namespace: string) =>
    placed.filter(([, place]) => place.namespace === namespace).length;
  const fullestFirst = (a: Place, b: Place) =>
    limits.namespaces === 1
      ? inhabitants(b.namespace) - inhabitants(a.namespace) || numberIn(a.namespace) - numberIn(b.namespace)
      : 0;
  return placed.sort(
    ([, a], [, b]) => fullestFirst(a, b) || numberIn(a.exportSetting) - numberIn(b.exportSetting),
  );
}
