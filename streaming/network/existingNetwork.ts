import { normalizeLocation } from "../cloud/regions.ts";
import { nameIn, parentOf } from "../cloud/resourceId.ts";
import type { Found } from "../cloud/found.ts";
import { streamsTo } from "../defender/destinations.ts";
import { present } from "../wording/present.ts";
import type { StreamingRequest } from "../request.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { nearest } from "../wording/suggest.ts";
import { listed } from "../wording/words.ts";

/** An existing virtual network. */
export interface ExistingVirtualNetwork {
  readonly location: string;
  readonly subnets: readonly {
    readonly name: string;
    /** Such as `Microsoft.EventHub`. */
    readonly serviceEndpoints: readonly string[];
  }[];
}

/** The networks and zones that a request names, by their ARM ids. */
export interface ExistingNetwork {
  readonly virtualNetworks: Readonly<Record<string, Found<ExistingVirtualNetwork>>>;
  readonly zones: Readonly<Record<string, Found<"there">>>;
}

/** A subnet that a request names. */
interface NamedSubnet {
  readonly key: string;
  readonly value: string;
  /** What it needs for traffic by a service endpoint. */
  readonly serviceEndpoint?: string;
  /** It has to be in the region of the stack. */
  readonly isLocal?: true;
}

interface NamedZone {
  readonly key: string;
  readonly value: string;
}

function subnetsIn(request: StreamingRequest): NamedSubnet[] {
  const { eventHubNetwork, storage, privateEndpoints } = request;
  const ruled = (key: string, serviceEndpoint: string, ids: readonly string[] = []) =>
    ids.map((value, index) => ({ key: `${key}.virtualNetworkRules[${index}]`, value, serviceEndpoint }));
  const hubs = streamsTo(request, "eventHub") ? eventHubNetwork : undefined;
  const blobs = streamsTo(request, "storage") ? storage : undefined;
  const local = privateEndpoints ? [privateEndpoints.subnetId] : [];
  return [
    ...ruled("eventHubNetwork", "Microsoft.EventHub", hubs?.virtualNetworkRules),
    ...ruled("storage", "Microsoft.Storage", blobs?.virtualNetworkRules),
    ...local.map((value) => ({ key: "privateEndpoints.subnetId", value, isLocal: true as const })),
  ];
}

function zonesIn({ privateEndpoints }: StreamingRequest): NamedZone[] {
  if (!privateEndpoints || typeof privateEndpoints.dnsZones === "string") return [];
  return Object.entries(present(privateEndpoints.dnsZones)).map(([kind, value]) => ({
    key: `privateEndpoints.dnsZones.${kind}`,
    value,
  }));
}

/** The ARM ids of the virtual networks and zones that a sound request names. */
export function networkIdsIn(request: StreamingRequest): { virtualNetworks: string[]; zones: string[] } {
  const ids = subnetsIn(request).map(({ value }) => parentOf(value));
  return {
    virtualNetworks: [...new Set(ids)],
    zones: [...new Set(zonesIn(request).map(({ value }) => value))],
  };
}

/** Every network that does not exist, is elsewhere or is not prepared. What the signed-in principal may not see is taken as right. */
export function networkMistakes({
  request,
  networks,
}: {
  readonly request: StreamingRequest;
  readonly networks: ExistingNetwork;
}): Mistake[] {
  return [
    ...subnetsIn(request).flatMap((subnet) => subnetMistakes(subnet, request.location, networks)),
    ...zonesIn(request).flatMap((zone) => zoneMistakes(zone, networks)),
  ];
}

function subnetMistakes(
  named: NamedSubnet,
  location: string | undefined,
  existing: ExistingNetwork,
): Mistake[] {
  const at = { key: named.key, value: named.value };
  const virtualNetworkId = parentOf(named.value);
  const subnetName = nameIn(named.value);
  const network = existing.virtualNetworks[virtualNetworkId] ?? "hidden";
  const name = nameIn(virtualNetworkId);
  if (network === "hidden") return [];
  if (network === "missing") {
    const rule = `There is no virtual network ${name} with this id.`;
    const fix = "Correct the id; `az network vnet list --query [].id` lists the networks of a subscription.";
    return [{ ...at, rule, fix }];
  }
  const names = network.subnets.map((one) => one.name);
  const subnet = network.subnets.find((one) => one.name.toLowerCase() === subnetName.toLowerCase());
  if (!subnet) {
    const there =
      names.length === 0 ? "it has none" : `there ${names.length === 1 ? "is" : "are"} ${listed(names)}`;
    const meant = nearest(subnetName, names);
    const fix = meant === undefined ? "Correct the id, or create the subnet." : `Did you mean ${meant}?`;
    return [{ ...at, rule: `The virtual network ${name} has no subnet ${subnetName}; ${there}.`, fix }];
  }
  const home = normalizeLocation(network.location);
  if (named.isLocal && location !== undefined && home !== normalizeLocation(location)) {
    const rule = `A private endpoint must be in the region of its virtual network, which is ${home}, but this stack is in ${location}.`;
    const fix = `Name a subnet of a network in ${location}, or deploy to \`azure-native:location: ${home}\`.`;
    return [{ ...at, rule, fix }];
  }
  const { serviceEndpoint } = named;
  if (serviceEndpoint === undefined) return [];
  const all = subnet.serviceEndpoints;
  if (all.some((one) => one === serviceEndpoint || one === `${serviceEndpoint}.Global`)) return [];
  const rule = `A rule for a subnet needs the service endpoint ${serviceEndpoint}, and this one has ${all.length === 0 ? "none" : listed(all)}.`;
  const fix = `Add it: az network vnet subnet update --ids ${named.value} --service-endpoints ${[...all, serviceEndpoint].join(" ")}`;
  return [{ ...at, rule, fix }];
}

function zoneMistakes({ key, value }: NamedZone, { zones }: ExistingNetwork): Mistake[] {
  if (zones[value] !== "missing") return [];
  const rule = `There is no private DNS zone ${nameIn(value)} with this id.`;
  const fix =
    "Correct the id (`az network private-dns zone list --query [].id` lists the zones of a subscription), or write `dnsZones: create`.";
  return [{ key, value, rule, fix }];
}
