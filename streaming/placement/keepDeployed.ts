import { Allocation } from "./allocation.ts";
import type { Limits } from "./limits.ts";
import { exportSettingKey, namespaceKey, numberIn, type Place, type Placement } from "./placement.ts";

/**
 * Puts the tables where they are demanded, then the others where they were deployed as far as the limits allow. A table that has
 * lost its export setting alone keeps its namespace (its hub, and the events in it); one that has lost its namespace gets no place.
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
 * Who is seated first stays when there is no longer room for all: with a single namespace those in the fullest one, else by
 * export setting, so that whole settings stay.
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
