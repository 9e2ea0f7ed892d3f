import type { LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import type { Allocation } from "./allocation.ts";
import type { Limits } from "./limits.ts";
import type { Placement } from "./placement.ts";

/** The limits with the homes of tables that have no place yet: a deployment that failed has created their hubs. */
export function withHomes(
  limits: Limits,
  tables: readonly string[],
  deployed: Placement,
  live: LiveNamespaces,
  hubOf: (table: string) => string,
): Limits {
  const homes = Object.entries(live).flatMap(([key, { hubs }]) =>
    tables
      .filter((table) => deployed[table] === undefined && hubs[hubOf(table)] !== undefined)
      .map((table): [string, string] => [table, key]),
  );
  return { ...limits, homes: new Map([...homes, ...(limits.homes ?? [])]) };
}

/** Puts tables without a place into the namespace with their hub. */
export function seatAtHome(tables: readonly string[], { homes }: Limits, allocation: Allocation): void {
  for (const table of tables) {
    const home = homes?.get(table);
    if (home === undefined || allocation.placeOf(table) !== undefined) continue;
    if (allocation.namespaceHasRoom(home)) allocation.put(table, home, undefined);
  }
}

/** Whether every table that has a home is there. */
export function areAtHome(allocation: Allocation, { homes = new Map() }: Limits): boolean {
  return [...homes].every(([table, home]) => allocation.placeOf(table)?.namespace === home);
}
