import { tiers } from "../eventHubs/tiers.ts";
import type { StreamingRequest } from "../request.ts";
import { count, listed } from "../wording/words.ts";
import { fewest, type Limits } from "./limits.ts";
import type { Place, Placement } from "./placement.ts";

/** Where tables went, as far as a person should know of it. */
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
  return most > documented
    ? [
        `An export setting with ${most} event types: ${documented} are documented for a namespace outside of a cluster. If the portal refuses more, lower \`maxEventTypesPerSetting\`.`,
      ]
    : [];
}

function singleSplit({ layout, hubName }: StreamingRequest, placement: Placement): string[] {
  const settings = sizes(placement, "exportSetting").size;
  const tables = Object.keys(placement).length;
  return layout === "single" && settings > 1
    ? [
        `${count(tables, "table")} go to the one hub ${hubName ?? ""} through ${settings} export settings. The limit of event types is documented for a hub per table, so one setting may do: try it with \`maxEventTypesPerSetting: ${tables}\` first.`,
      ]
    : [];
}

function moreThanFewest(tables: readonly string[], placement: Placement, limits: Limits): string[] {
  // Which namespaces there are was asked for.
  if (limits.rooms !== undefined) return [];
  const least = fewest(tables.length, limits);
  const has = {
    namespaces: sizes(placement, "namespace").size,
    exportSettings: sizes(placement, "exportSetting").size,
  };
  if (has.namespaces <= least.namespaces && has.exportSettings <= least.exportSettings) return [];
  const inWords = ({ namespaces, exportSettings }: typeof has) =>
    `${count(namespaces, "namespace")} and ${count(exportSettings, "export setting")}`;
  return [
    `${count(tables.length, "table")} are spread over ${inWords(has)}; made anew it would be ${inWords(least)}. Nothing is moved on its own, because a moved hub loses its events; \`placement\` says where tables shall go.`,
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
        `${journey}: ${listed(names)}. Their hubs there are new and the old ones go, with the events in them; change the export settings in the portal.`,
    ),
    ...[...otherSetting].map(
      ([journey, names]) => `${journey}: ${listed(names)}. Change both export settings in the portal.`,
    ),
  ];
}

/** `Moves from ns1 to ns2` → the tables that do. */
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
