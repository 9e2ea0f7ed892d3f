import { pimWarnings } from "../roles/accessNotices.ts";
import { streamsTo } from "../defender/destinations.ts";
import { fewest, type Limits } from "./limits.ts";
import type { Place, Placement } from "./placement.ts";
import type { StreamingRequest } from "../request.ts";
import { foreignTables, tableNamed } from "../defender/tables.ts";
import { tiers } from "../eventHubs/tiers.ts";
import { count, listed } from "../wording/words.ts";

/** What a person should know about a plan that breaks no rule. */
export function warningsOf(
  request: StreamingRequest,
  tables: readonly string[],
  placement: Placement,
  deployed: Placement,
  limits: Limits,
): string[] {
  return [
    ...noPortalUser(request),
    ...pimWarnings(request.portalUsers),
    ...basic(request),
    ...undocumented(tables),
    ...foreign(request, tables),
    ...unconfirmedUnits(request),
    ...manyEventTypes(request, placement),
    ...singleSplit(request, placement),
    ...moreThanFewest(tables, placement, limits),
    ...moves(tables, placement, deployed),
    ...installs(request),
  ];
}

function noPortalUser(request: StreamingRequest): string[] {
  const places = [
    streamsTo(request, "eventHub") ? "the namespaces" : undefined,
    streamsTo(request, "storage") ? "the storage account" : undefined,
  ].filter((place) => place !== undefined);
  return request.portalUsers.length > 0
    ? []
    : [
        `\`portalUsers\` names nobody: whoever saves the export settings in the Defender portal needs the role Contributor on ${listed(places)}, or the portal answers with an export error.`,
      ];
}

function basic({ tier }: StreamingRequest): string[] {
  return tier === "Basic"
    ? [
        "Tier Basic takes messages of 256 KB at most, has one consumer group and no rule that lets trusted Microsoft services in. It is there to adopt what exists; choose Standard for anything new.",
      ]
    : [];
}

function undocumented(tables: readonly string[]): string[] {
  const observed = tables.filter((table) => tableNamed(table)?.status === "observed");
  const unlisted = tables.filter((table) => tableNamed(table) === undefined);
  return [
    ...(observed.length === 0
      ? []
      : [
          `${listed(observed)}: not in Microsoft's list of streamed tables, only observed in tenants. The portal may not offer them, or they may stop without notice.`,
        ]),
    ...(unlisted.length === 0
      ? []
      : [
          `${listed(unlisted)}: unknown to this project and taken as written. Check the spelling; the portal may not offer them.`,
        ]),
  ];
}

function foreign({ product }: StreamingRequest, tables: readonly string[]): string[] {
  const foreigners = foreignTables(product, tables);
  return foreigners.length === 0
    ? []
    : [
        `${listed(foreigners)}: Defender for Endpoint alone streams device tables; the rest needs Defender XDR. The portal may not offer them.`,
      ];
}

function unconfirmedUnits({ tier, throughputUnits }: StreamingRequest): string[] {
  return tiers[tier].unconfirmedUnits.includes(throughputUnits)
    ? [
        `${throughputUnits} ${tiers[tier].unit}s on ${tier} are not confirmed by Microsoft's documentation; Azure may refuse them. Confirmed are ${listed(tiers[tier].units.map(String))}.`,
      ]
    : [];
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

function installs({ endpointIntegration }: StreamingRequest): string[] {
  return endpointIntegration
    ? [
        "`endpointIntegration` installs Defender for Endpoint on every server of the subscription that a Defender for Servers plan covers. Their rows come hours later, and switching it off again uninstalls nothing.",
      ]
    : [];
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
