import { destinationKinds, streamsTo } from "../../../streaming/defender/destinations.ts";
import { groupIds } from "../../../streaming/network/privateEndpoints.ts";
import { parseSubnetId } from "../../../streaming/cloud/resourceId.ts";
import { type Asked, type Content, tagsOf } from "./content.ts";

/** A private endpoint for each destination, those that are there included; zones of their own with a link each. */
export function networkContents({ settings, made }: Asked): Content[] {
  const { privateEndpoints, location } = settings;
  if (!privateEndpoints) return [];
  const { subnetId, dnsZones } = privateEndpoints;
  const kinds = destinationKinds.filter((kind) => streamsTo(settings, kind));
  const zones = dnsZones === "create" ? kinds : [];
  const everywhere = {
    apiVersion: "2024-06-01",
    location: "global",
    tags: tagsOf(settings, "privateDnsZone"),
  };
  return [
    ...zones.flatMap((): Content[] => [
      { type: "Microsoft.Network/privateDnsZones", ...everywhere, properties: {} },
      {
        type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        ...everywhere,
        properties: {
          registrationEnabled: false,
          virtualNetwork: { id: parseSubnetId(subnetId).virtualNetworkId },
        },
      },
    ]),
    ...kinds.flatMap((kind) =>
      Array.from({ length: made.destinations[kind] }, (): Content => ({
        type: "Microsoft.Network/privateEndpoints",
        apiVersion: "2024-05-01",
        ...{ location, tags: tagsOf(settings, "privateEndpoint") },
        properties: {
          privateLinkServiceConnections: [{ properties: { groupIds: [groupIds[kind]] } }],
          subnet: { id: subnetId },
        },
      })),
    ),
  ];
}
