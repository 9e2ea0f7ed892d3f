import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import type { ProviderResource } from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { zoneNameIn } from "../../streaming/cloud/resourceId.ts";
import { type ZoneLink, type ZoneLinks, zonesToMake } from "../../streaming/network/zoneLinks.ts";
import { apiVersions } from "../apiVersions.ts";
import { arm, type Arm } from "../arm.ts";
import { unlessUnread } from "../found.ts";

/** How to look. */
export interface ReadZoneLinksArgs {
  cloud: Cloud;
  /** Says which subscription is deployed to. Default: azure-native's default provider. */
  provider?: ProviderResource | undefined;
}

/**
 * Reads which existing zones have the names that a sound request creates (`dnsZones: create`) and are linked to its virtual network. It
 * looks in the subscriptions of the network and of the stack, as far as the signed-in principal may see their zones.
 */
export async function readZoneLinks(
  request: StreamingRequest,
  { cloud, provider }: ReadZoneLinksArgs,
): Promise<ZoneLinks | undefined> {
  const zones = zonesToMake(request, cloud);
  if (zones === undefined) return undefined;
  const { subscriptionId } = await getClientConfig(provider ? { provider } : {});
  const subscriptions = new Set(
    [zones.virtualNetworkId.split("/")[2] ?? "", subscriptionId].map((id) => id.toLowerCase()),
  );
  const azure = arm(cloud);
  const ids = await Promise.all([...subscriptions].map((id) => zonesIn(id, azure)));
  const links = ids.flat().map(async (zoneId): Promise<ZoneLink[]> => {
    const kind = zones.names.get(zoneNameIn(zoneId)?.toLowerCase() ?? "");
    if (kind === undefined) return [];
    const networks = await networksOf(zoneId, azure);
    return networks.includes(zones.virtualNetworkId.toLowerCase()) ? [{ kind, zoneId }] : [];
  });
  return { ...zones, links: (await Promise.all(links)).flat() };
}

async function zonesIn(subscriptionId: string, azure: Arm): Promise<string[]> {
  const queryParameters = { $filter: "resourceType eq 'Microsoft.Network/privateDnsZones'" };
  const path = `/subscriptions/${subscriptionId}/resources`;
  const zones = await unlessUnread(() =>
    azure.list<{ id: string }>(path, apiVersions.resources, { queryParameters }),
  );
  return (zones ?? []).map(({ id }) => id);
}

interface Link {
  readonly properties?: { readonly virtualNetwork?: { readonly id?: string } };
}

/** The ARM ids of the networks that resolve a zone, in lower case; none if the signed-in principal may not see them. */
async function networksOf(zoneId: string, azure: Arm): Promise<string[]> {
  const links = await unlessUnread(() =>
    azure.list<Link>(`${zoneId}/virtualNetworkLinks`, apiVersions.privateDns),
  );
  return (links ?? []).map(({ properties }) => properties?.virtualNetwork?.id?.toLowerCase() ?? "");
}
