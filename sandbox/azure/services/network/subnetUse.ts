import { ArmError } from "../../arm/error.ts";
import { find, ofType } from "../../arm/inventory.ts";
import type { Resource, World } from "../../state.ts";
import { privateEndpointType, subnetIdOf } from "./endpointBody.ts";

export const subnetType = "Microsoft.Network/virtualNetworks/subnets";

/** The subnet with this id, in any letter case. */
export function findSubnet(world: World, id: string): Resource | undefined {
  const found = find(world, id);
  return found?.type === subnetType ? found : undefined;
}

export function endpointsIn(world: World, subnet: Resource): Resource[] {
  return ofType(world, privateEndpointType).filter(
    (endpoint) => subnetIdOf(endpoint).toLowerCase() === subnet.id.toLowerCase(),
  );
}

/** virtual-network-manage-subnet.md (MicrosoftDocs/azure-docs), Azure/azure-cli #10021. */
export function refuseWhileInUse(subnet: Resource, world: World): void {
  const [user] = endpointsIn(world, subnet);
  if (!user) return;
  throw new ArmError(
    400,
    "InUseSubnetCannotBeDeleted",
    `Subnet ${subnet.name} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

/** Whether the subnet has a service endpoint for the service, which a rule for the subnet needs. */
export function hasServiceEndpoint({ body }: Resource, service: string): boolean {
  const endpoints = (body.properties?.["serviceEndpoints"] ?? []) as { service?: string }[];
  return endpoints.some(
    (endpoint) => endpoint.service === service || endpoint.service === `${service}.Global`,
  );
}
