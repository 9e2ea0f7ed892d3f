import type { Cloud } from "../cloud/clouds.ts";
import { allDestinations, type Destination, streamsTo } from "../defender/destinations.ts";
import type { Mistake } from "../wording/mistakes.ts";
import type { Placement } from "../placement/placement.ts";
import { zoneNameFor } from "./privateEndpoints.ts";
import type { StreamingRequest } from "../request.ts";
import { nameIn, parentOf } from "../cloud/resourceId.ts";
import { listed } from "../wording/words.ts";

/** A private DNS zone that the private endpoints' virtual network resolves already. */
export interface ZoneLink {
  readonly kind: Destination;
  /** The zone's ARM id. */
  readonly zoneId: string;
}

/** The zones to create, and existing zones of these names that the network already resolves. */
export interface ZoneLinks extends ZonesToCreate {
  readonly links: readonly ZoneLink[];
}

export interface ZonesToCreate {
  /** The ARM id of the network that should resolve them. */
  readonly virtualNetworkId: string;
  /** What each is for, by its name. */
  readonly names: ReadonlyMap<string, Destination>;
}

interface Situation {
  readonly zoneLinks: ZoneLinks | undefined;
  readonly last: Pick<StackShare, "own" | "placement">;
  readonly hostNames: Pick<StackShare, "group"> | undefined;
}

/** What of Azure is this stack's. */
export interface StackShare {
  /** The ARM ids of namespaces and accounts that it created. */
  readonly own: readonly string[];
  /** Undefined: no deployment has succeeded yet. */
  readonly placement: Placement | undefined;
  /** Which names its resource group may have. */
  readonly group: RegExp;
}

/** The zones to create; undefined if there are none. */
export function zonesToCreate(
  request: Pick<StreamingRequest, "destinations" | "privateEndpoints">,
  cloud: Cloud,
): ZonesToCreate | undefined {
  const { privateEndpoints } = request;
  if (!privateEndpoints || privateEndpoints.dnsZones !== "create") return undefined;
  const kinds = allDestinations.filter((kind) => streamsTo(request, kind));
  return {
    virtualNetworkId: parentOf(privateEndpoints.subnetId),
    names: new Map(kinds.map((kind) => [zoneNameFor(kind, cloud), kind])),
  };
}

/** A virtual network can be linked to one zone of a name (MicrosoftDocs/azure-aks-docs #212), and it may already be linked to another one. */
export function zoneLinkMistakes(situation: Situation): Mistake[] {
  const { zoneLinks } = situation;
  const foreign = linksOf("others'", situation);
  if (!zoneLinks || foreign.length === 0) return [];
  const { virtualNetworkId, names } = zoneLinks;
  const network = nameIn(virtualNetworkId);
  const given = foreign.map(({ kind, zoneId }) => `${kind}: ${zoneId}`).join(", ");
  const without = [...names].filter(([, kind]) => foreign.every((link) => link.kind !== kind));
  const rest = listed(without.map(([name]) => name));
  return [
    {
      key: "privateEndpoints.dnsZones",
      value: "create",
      rule: `The virtual network ${network} resolves ${listed(foreign.map(({ zoneId }) => zoneId))}, and a network can be linked to only one zone of a name.`,
      fix: `Use that zone for the endpoints: \`dnsZones: {${given}}\`.${rest === "" ? "" : ` Then create ${rest} yourself, and give its id too.`}`,
    },
  ];
}

/** Zones that a failed deployment may have created. */
export function zoneLinkNotices(situation: Situation): string[] {
  return linksOf("perhaps ours", situation).map(
    ({ zoneId }) =>
      `The virtual network of the private endpoints is linked to ${zoneId}. That is right if an earlier deployment of this stack created the zone. Otherwise Azure refuses a second zone of this name: give its id in \`privateEndpoints: {dnsZones: …}\`.`,
  );
}

/** None while the names of the stack's resource group are unknown. */
function linksOf(owner: ReturnType<typeof whose>, { zoneLinks, last, hostNames }: Situation): ZoneLink[] {
  if (!zoneLinks || !hostNames) return [];
  return zoneLinks.links.filter((link) => whose(link, { ...last, ...hostNames }) === owner);
}

function whose({ zoneId }: ZoneLink, { own, placement, group }: StackShare) {
  const home = groupOf(zoneId);
  const homes = own.map(groupOf);
  if (homes.includes(home)) return "ours";
  if (homes.length > 0 || !group.test(nameIn(home))) return "others'";
  return placement === undefined ? "perhaps ours" : "ours";
}

/** The ARM id of the resource group, in lower case. */
function groupOf(resourceId: string): string {
  return resourceId.split("/").slice(0, 5).join("/").toLowerCase();
}
