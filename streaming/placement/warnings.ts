import { tiers } from "../eventHubs/tiers.ts";
import type { StreamingRequest } from "../request.ts";
import { count, listed, sentences } from "../wording/words.ts";
import { fewest, type Limits } from "./limits.ts";
import type { Place, Placement } from "./placement.ts";

/** What a person should know about the places of tables. */
export function placementWarnings(
  request: StreamingRequest,
  tables: readonly string[],
  placement: Placement,
  deployed: Placement,
  limits: Limits,
): string[] {
  return [
    ...manyEventTypes(request, placement),
    ...singleSplit(request, placement),
    ...moreThanFewest(tables, placement, limits),
    ...moves(tables, placement, deployed),
  ];
}

function manyEventTypes({ tier }: StreamingRequest, placement: Placement): string[] {
  const documented = tiers[tier].eventTypesPerSetting;
  const most = Math.max(...sizes(placement, "exportSetting").values());
  return sentences(
    most > documented &&
      `An export setting has ${most} event types; ${documented} are documented for a namespace that is not on a cluster. If the portal refuses more, lower \`maxEventTypesPerSetting\`.`,
  );
}

function singleSplit({ layout, hubName }: StreamingRequest, placement: Placement): string[] {
  const settings = sizes(placement, "exportSetting").size;
  const tables = Object.keys(placement).length;
  return sentences(
    layout === "single" &&
      settings > 1 &&
      `${count(tables, "table")} stream to the hub ${hubName ?? ""} through ${settings} export settings. The limit of event types is documented only for one hub per table, so one setting may be enough: try \`maxEventTypesPerSetting: ${tables}\` first.`,
  );
}

function moreThanFewest(tables: readonly string[], placement: Placement, limits: Limits): string[] {
  // The request names the namespaces.
  if (limits.rooms !== undefined) return [];
  const least = fewest(tables.length, limits);
  const has = {
    namespaces: sizes(placement, "namespace").size,
    exportSettings: sizes(placement, "exportSetting").size,
  };
  if (has.namespaces <= least.namespaces && has.exportSettings <= least.exportSettings) return [];
  const counted = ({ namespaces, exportSettings }: typeof has) =>
    `${count(namespaces, "namespace")} and ${count(exportSettings, "export setting")}`;
  return [
    `${count(tables.length, "table")} use ${counted(has)}; a new stack would need only ${counted(least)}. Deployed tables are never moved automatically, because a moved hub loses its events. Use \`placement\` to move them.`,
  ];
}

function moves(tables: readonly string[], placement: Placement, deployed: Placement): string[] {
  const otherHome: Journeys = new Map();
  const otherSetting: Journeys = new Map();
  for (const table of tables) {
    const [from, to] = [deployed[table], placement[table]];
    if (!from || !to) continue;
    if (from.namespace !== to.namespace) note(otherHome, table, from.namespace, to.namespace);
    else if (from.exportSetting !== to.exportSetting) {
      note(otherSetting, table, from.exportSetting, to.exportSetting);
    }
  }
  return [
    ...[...otherHome].map(
      ([journey, names]) =>
        `${journey}: ${listed(names)}. Their hubs are created there, and the old ones are deleted with their events. Change the export settings in the portal.`,
    ),
    ...[...otherSetting].map(
      ([journey, names]) => `${journey}: ${listed(names)}. Change both export settings in the portal.`,
    ),
  ];
}

/** `Moves from ns1 to ns2` → the tables that move. */
type Journeys = Map<string, string[]>;

function note(journeys: Journeys, table: string, from: string, to: string): void {
  const journey = `Moves from ${from} to ${to}`;
  journeys.set(journey, [...(journeys.get(journey) ?? []), table]);
}

/** How many tables share each namespace, or each export setting. */
function sizes(placement: Placement, part: keyof Place): Map<string, number> {
  const counts = new Map<string, number>();
  for (const place of Object.values(placement)) counts.set(place[part], (counts.get(place[part]) ?? 0) + 1);
  return counts;
}
