import { ArmError } from "../../arm/error.ts";
import { find, under } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { anything, flag, list, oneOf, readOnly, structure, text } from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { contains, rangeOf } from "./ipv4.ts";
import { endpointsIn, refuseWhileInUse, subnetType } from "./subnetUse.ts";
import { versions } from "./versions.ts";

export const subnetProperties = structure({
  addressPrefix: text(),
  addressPrefixes: list(text()),
  serviceEndpoints: list(
    structure({
      service: text(),
      locations: list(text()),
      networkIdentifier: anything,
      provisioningState: readOnly,
    }),
  ),
  serviceEndpointPolicies: list(anything),
  delegations: list(anything),
  networkSecurityGroup: anything,
  routeTable: anything,
  natGateway: anything,
  ipAllocations: list(anything),
  privateEndpointNetworkPolicies: oneOf(
    "Enabled",
    "Disabled",
    "NetworkSecurityGroupEnabled",
    "RouteTableEnabled",
  ),
  privateLinkServiceNetworkPolicies: oneOf("Enabled", "Disabled"),
  applicationGatewayIPConfigurations: list(anything),
  sharingScope: oneOf("Tenant", "DelegatedServices"),
  defaultOutboundAccess: flag,
  ipamPoolPrefixAllocations: list(anything),
  privateEndpoints: readOnly,
  ipConfigurations: readOnly,
  purpose: readOnly,
  provisioningState: readOnly,
});

export const subnets: ResourceType = {
  name: subnetType,
  apiVersions: versions,
  body: structure({ properties: subnetProperties, etag: readOnly }),
  writing: { status: { created: 201, updated: 200 }, prepare },
  deletion: { before: refuseWhileInUse },
  reading: {
    present: (subnet, { world }) => {
      const endpoints = endpointsIn(world, subnet).map(({ id }) => ({ id }));
      return {
        properties: {
          provisioningState: "Succeeded",
          ...(endpoints.length > 0 && { privateEndpoints: endpoints }),
        },
      };
    },
  },
};

function prepare({ body, name, parent, world, existing }: Write): void {
  const network = find(world, parent);
  if (!network) return;
  const others = under(world, parent, subnetType).filter(({ id }) => id !== existing?.id);
  checkSubnet(name, body.properties, network, others);
  body.properties = completed(body.properties);
}

/** What Azure fills in. */
export function completed(properties: Record<string, unknown>): Record<string, unknown> {
  return {
    privateEndpointNetworkPolicies: "Disabled",
    privateLinkServiceNetworkPolicies: "Enabled",
    delegations: [],
    ...properties,
  };
}

/**
 * @param others the network's other subnets
 * @throws ArmError when its addresses are not the network's, or another subnet's (hashicorp/terraform-provider-azurerm #1502)
 */
export function checkSubnet(
  name: string,
  properties: Record<string, unknown>,
  network: Pick<Resource, "name" | "body">,
  others: readonly Pick<Resource, "name" | "body">[],
): void {
  const range = prefixOf(properties);
  const spaces = (network.body.properties?.["addressSpace"] ?? {}) as { addressPrefixes?: string[] };
  const own = (spaces.addressPrefixes ?? []).flatMap((prefix) => rangeOf(prefix) ?? []);
  if (!range || !own.some((space) => contains(space, range))) {
    throw new ArmError(
      400,
      "NetcfgInvalidSubnet",
      `Subnet '${name}' is not valid in virtual network '${network.name}'.`,
    );
  }
  const taken = others.find(({ body }) => {
    const there = prefixOf(body.properties ?? {});
    return there !== undefined && there.first <= range.last && range.first <= there.last;
  });
  if (taken) {
    throw new ArmError(
      400,
      "NetcfgSubnetRangesOverlap",
      `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${network.name}'.`,
    );
  }
}

export function prefixOf(properties: Record<string, unknown>) {
  const { addressPrefix, addressPrefixes } = properties as {
    addressPrefix?: string;
    addressPrefixes?: string[];
  };
  return rangeOf(addressPrefix ?? addressPrefixes?.[0] ?? "");
}
