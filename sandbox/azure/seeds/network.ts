import type { Seed } from "./seed.ts";
import { seededGroup } from "./seed.ts";

const group = seededGroup("rg-network", "westeurope");
const network = `${group.id}/providers/Microsoft.Network`;
const virtualNetworkId = `${network}/virtualNetworks/vnet-security`;

/** A zone that the network resolves. */
const zone = (name: string): Seed[] => [
  { id: `${network}/privateDnsZones/${name}`, apiVersion: "2024-06-01", body: { location: "global" } },
  {
    id: `${network}/privateDnsZones/${name}/virtualNetworkLinks/vnet-security`,
    apiVersion: "2024-06-01",
    body: {
      location: "global",
      properties: { virtualNetwork: { id: virtualNetworkId }, registrationEnabled: false },
    },
  },
];

/** What a network team may have already: a virtual network with a subnet for each way in, and the zones of private endpoints. */
export const networks: readonly Seed[] = [
  group,
  {
    id: virtualNetworkId,
    apiVersion: "2024-05-01",
    body: {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        subnets: [
          { name: "endpoints", properties: { addressPrefix: "10.20.1.0/24" } },
          {
            name: "consumers",
            properties: {
              addressPrefix: "10.20.2.0/24",
              serviceEndpoints: [{ service: "Microsoft.EventHub" }, { service: "Microsoft.Storage" }],
            },
          },
        ],
      },
    },
  },
  ...zone("privatelink.servicebus.windows.net"),
  ...zone("privatelink.blob.core.windows.net"),
];
