import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import { nameIn, parseId } from "../../streaming/cloud/resourceId.ts";
import { type ZoneLink, type ZoneLinks, zonesToCreate } from "../../streaming/network/zoneLinks.ts";
import { apiVersions } from "../apiVersions.ts";
import type { Arm } from "../arm.ts";
import { unlessUnread } from "../found.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads which existing zones have the names that a sound request creates (`dnsZones: create`) and are linked to its virtual network. It
 * looks in the subscriptions of the network and of the stack, as far as the signed-in principal may see their zones.
 */
export const readZoneLinks: Reader<ZoneLinks | undefined> = async (
  request,
  _last,
  { cloud, provider, arm },
) => {
  const zones = zonesToCreate(request, cloud);
  if (zones === undefined) return undefined;
  const { subscriptionId } = await getClientConfig({ provider });
  const subscriptions = new Set(
    [parseId(zones.virtualNetworkId)?.subscriptionId ?? "", subscriptionId].map((id) => id.toLowerCase()),
  );
  const ids = await Promise.all([...subscriptions].map((id) => zonesIn(id, arm)));
  const links = ids.flat().map(async (zoneId): Promise<ZoneLink[]> => {
    const kind = zones.names.get(nameIn(zoneId).toLowerCase());
    if (kind === undefined) return [];
    const networks = await networksOf(zoneId, arm);
    return networks.includes(zones.virtualNetworkId.toLowerCase()) ? [{ kind, zoneId }] : [];
  });
  return { ...zones, links: (await Promise.all(links)).flat() };
};

async function zonesIn(subscriptionId: string, arm: Arm): Promise<string[]> {
  const queryParameters = { $filter: "resourceType eq 'Microsoft.Network/privateDnsZones'" };
  const path = `/subscriptions/${subscriptionId}/resources`;
  const zones = await unlessUnread(() =>
    arm.list<{ id: string }>(path, apiVersions.resources, { queryParameters }),
  );
  return (zones ?? []).map(({ id }) => id);
}

interface Link {
  readonly properties?: { readonly virtualNetwork?: { readonly id?: string } };
}

/** The ARM ids of the networks that resolve a zone, in lower case; none if the signed-in principal may not see them. */
async function networksOf(zoneId: string, arm: Arm): Promise<string[]> {
  const links = await unlessUnread(() =>
    arm.list<Link>(`${zoneId}/virtualNetworkLinks`, apiVersions.privateDns),
  );
  return (links ?? []).map(({ properties }) => properties?.virtualNetwork?.id?.toLowerCase() ?? "");
}
