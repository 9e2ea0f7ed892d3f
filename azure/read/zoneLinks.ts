import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { zoneNameIn } from "../../streaming/cloud/resourceId.ts";
import { type ZoneLink, type ZoneLinks, zonesToMake } from "../../streaming/network/zoneLinks.ts";
import { armRequests } from "../armRequests.ts";
import { resourceManager } from "../resourceManager.ts";
import type { Reader } from "./reader.ts";

const apiVersion = "2024-06-01";

/**
 * Reads which zones of the names that a sound request has made (`dnsZones: create`) its virtual network is linked to already. Looked at are
 * the zones in the network's subscription and in the stack's, as far as the signed-in principal may see them.
 */
export const readZoneLinks: Reader<ZoneLinks | undefined> = async (request, _last, { cloud, provider }) => {
  const zones = zonesToMake(request, cloud);
  if (zones === undefined) return undefined;
  const { subscriptionId } = await getClientConfig({ provider });
  const subscriptions = new Set(
    [zones.virtualNetworkId.split("/")[2] ?? "", subscriptionId].map((id) => id.toLowerCase()),
  );
  const ids = await Promise.all([...subscriptions].map((id) => zonesIn(id, cloud)));
  const links = ids.flat().map(async (zoneId): Promise<ZoneLink[]> => {
    const kind = zones.names.get(zoneNameIn(zoneId)?.toLowerCase() ?? "");
    if (kind === undefined) return [];
    const networks = await networksOf(zoneId, cloud);
    return networks.includes(zones.virtualNetworkId.toLowerCase()) ? [{ kind, zoneId }] : [];
  });
  return { ...zones, links: (await Promise.all(links)).flat() };
};

async function zonesIn(subscriptionId: string, cloud: Cloud): Promise<string[]> {
  const { resources } = await resourceManager(`/subscriptions/${subscriptionId}`, cloud);
  const ids: string[] = [];
  try {
    const filter = "resourceType eq 'Microsoft.Network/privateDnsZones'";
    for await (const { id } of resources.list({ filter })) if (id !== undefined) ids.push(id);
  } catch (error) {
    if (![403, 404].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
  return ids;
}

interface Links {
  readonly value?: readonly {
    readonly properties?: { readonly virtualNetwork?: { readonly id?: string } };
  }[];
  readonly nextLink?: string;
}

/** The ARM ids of the networks that resolve a zone, in lower case; none where they are not to be seen. */
async function networksOf(zoneId: string, cloud: Cloud): Promise<string[]> {
  const client = await armRequests(apiVersion, cloud);
  const networks: string[] = [];
  for (let path: string | undefined = `${zoneId}/virtualNetworkLinks`; path !== undefined;) {
    const { value = [], nextLink } = (await client.pathUnchecked(path).get()).body as Links;
    networks.push(...value.map(({ properties }) => properties?.virtualNetwork?.id?.toLowerCase() ?? ""));
    path = nextLink;
  }
  return networks;
}
