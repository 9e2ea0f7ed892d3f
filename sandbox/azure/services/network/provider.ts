import type { Provider } from "../../arm/resourceType.ts";
import { privateDnsZoneGroups } from "./privateDnsZoneGroups.ts";
import { privateDnsZones, virtualNetworkLinks } from "./privateDnsZones.ts";
import { privateEndpoints } from "./privateEndpoints.ts";
import { addressRecords } from "./records.ts";
import { subnets } from "./subnets.ts";
import { virtualNetworks } from "./virtualNetworks.ts";

export const network: Provider = {
  namespace: "Microsoft.Network",
  types: [
    virtualNetworks,
    subnets,
    privateEndpoints,
    privateDnsZoneGroups,
    privateDnsZones,
    virtualNetworkLinks,
    addressRecords,
  ],
};
