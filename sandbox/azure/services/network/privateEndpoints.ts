import type { Failure } from "../../faults/fault.ts";
import { ArmError } from "../../arm/error.ts";
import { find, under } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { anything, dictionary, list, readOnly, structure, text } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { digitsOf, endpointsTo, stateOf } from "./connections.ts";
import {
  connectionOf,
  privateEndpointType,
  propertiesOf,
  subnetIdOf,
  targetIdOf,
  type Connection,
  type EndpointProperties,
} from "./endpointBody.ts";
import { addressAt } from "./ipv4.ts";
import { zoneGroupType } from "./zoneGroupBody.ts";
import { prefixOf, subnetProperties } from "./subnets.ts";
import { endpointsIn, findSubnet } from "./subnetUse.ts";
import { hostOf, targets } from "./targets.ts";
import { operationsIn } from "./operations.ts";
import { versions } from "./versions.ts";

const connections = list(
  structure({
    id: text(),
    name: text(),
    type: readOnly,
    etag: readOnly,
    properties: structure({
      privateLinkServiceId: text(),
      groupIds: list(text()),
      requestMessage: text({ max: 140 }),
      privateLinkServiceConnectionState: anything,
      provisioningState: readOnly,
    }),
  }),
);

export const privateEndpoints: ResourceType = {
  name: privateEndpointType,
  apiVersions: versions,
  tracked: "regional",
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    extendedLocation: anything,
    etag: readOnly,
    properties: structure({
      subnet: structure({
        id: text(),
        name: text(),
        type: text(),
        etag: readOnly,
        properties: subnetProperties,
      }),
      privateLinkServiceConnections: connections,
      manualPrivateLinkServiceConnections: connections,
      customNetworkInterfaceName: text(),
      customDnsConfigs: list(anything),
      applicationSecurityGroups: list(anything),
      ipConfigurations: list(anything),
      networkInterfaces: readOnly,
      provisioningState: readOnly,
    }),
  }),
  writing: {
    links: [
      { to: "properties.subnet.id", action: "join/action" },
      // Else somebody else approves it (private-endpoint-overview.md, MicrosoftDocs/azure-docs).
      {
        to: "properties.privateLinkServiceConnections.[].properties.privateLinkServiceId",
        action: "privateEndpointConnectionsApproval/action",
      },
    ],
    status: { created: 201, updated: 200 },
    prepare,
  },
  lifecycle: { creating: "Updating", updating: "Updating", operations: operationsIn, collision },
  deletion: { later: true },
  reading: { present: (endpoint, { world }) => ({ properties: shown(endpoint, world) }) },
};

function prepare({ id, body, existing, world }: Write): void {
  const asked = body.properties as EndpointProperties;
  const subnet = findSubnet(world, asked.subnet?.id ?? "");
  const network = subnet && find(world, subnet.id.replace(/\/subnets\/[^/]+$/, ""));
  // Networks are looked for in the endpoint's own region.
  if (!subnet || network?.body.location !== body.location) {
    const wanted = asked.subnet?.id ?? "";
    const isElsewhere = subnet !== undefined && network !== undefined;
    throw invalidReference(isElsewhere ? wanted.replace(/\/subnets\/[^/]+$/i, "") : wanted, id);
  }
  if (existing) refuseMove(existing, asked);
  checkConnections(id, asked, world);
  body.properties = {
    ...body.properties,
    subnet: { id: subnet.id },
    address: existing ? propertiesOf(existing).address : freeAddress(world, subnet),
  };
}

/** microsoft-foundry/foundry-samples #657. */
function invalidReference(wanted: string, by: string): ArmError {
  return new ArmError(
    400,
    "InvalidResourceReference",
    `Resource ${wanted} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    [{ code: "NotFound", message: `Resource ${wanted} not found.` }],
  );
}

function checkConnections(id: string, asked: EndpointProperties, world: World): void {
  const connection = connectionOf(asked);
  const target = find(world, targetIdOf(asked));
  if (!connection || !target) throw invalidReference(targetIdOf(asked), id);
  const groups = connection.properties?.groupIds ?? [];
  if (groups.length > 1) throw onlyOneGroup(id, connection, groups, target);
  const facts = targets[target.type];
  const [group = ""] = groups;
  if (!facts?.groupIds.includes(group) || isBasic(target)) {
    throw new ArmError(
      400,
      "InvalidPrivateLinkServiceConnection",
      `The resource ${target.id} has no private link to its part '${group}'.`,
    );
  }
}

/** Private endpoints are for Standard, Premium and Dedicated (event-hubs/private-link-service.md, azure-docs). */
function isBasic({ type, body }: Resource): boolean {
  const sku = body["sku"] as { name?: string } | undefined;
  return type === "Microsoft.EventHub/namespaces" && sku?.name === "Basic";
}

/** DFE-Digital/terraform-azurerm-container-apps-hosting #352. */
function onlyOneGroup(
  id: string,
  { name = "" }: Connection,
  groups: readonly string[],
  target: Resource,
): ArmError {
  return new ArmError(
    400,
    "OnlyOneGroupIdPermitted",
    `Private link service connection ${id}/privateLinkServiceConnections/${name} has the following group Ids: ${groups.join(", ")}. Only one group Id is permitted when connecting to a first-party resource (${target.id}).`,
  );
}

function refuseMove(existing: Resource, asked: EndpointProperties): void {
  const same = (before: string, after: string) => before.toLowerCase() === after.toLowerCase();
  const before = propertiesOf(existing);
  const stays =
    same(subnetIdOf(existing), asked.subnet?.id ?? "") && same(targetIdOf(before), targetIdOf(asked));
  if (stays) return;
  throw new ArmError(
    400,
    "PrivateEndpointCannotBeUpdated",
    `The subnet and the connection of the private endpoint ${existing.id} cannot be changed.`,
  );
}

/**
 * A subnet is brought up to date for one endpoint at a time, and the operation of another one may fail meanwhile
 * (terraform-provider-azurerm #16182 and #21293, Azure/bicep-ptn-aiml-landing-zone #41). So does a storage account
 * (Azure/bicep-registry-modules #6001).
 */
function collision(endpoint: Resource, world: World): Failure | undefined {
  const isAnotherPending = ({ id, pending }: Resource) => id !== endpoint.id && pending !== undefined;
  const subnet = findSubnet(world, subnetIdOf(endpoint));
  const target = find(world, targetIdOf(propertiesOf(endpoint)));
  if (!subnet || !endpointsIn(world, subnet).some(isAnotherPending)) {
    const isBusy =
      target?.type === "Microsoft.Storage/storageAccounts" &&
      ((target.writingUntil ?? 0) > world.now() || endpointsTo(world, target).some(isAnotherPending));
    return isBusy
      ? {
          code: "StorageAccountOperationInProgress",
          message:
            "Call to Microsoft.Storage/storageAccounts failed. Error message: An operation is currently performing on this storage account that requires exclusive access.",
        }
      : undefined;
  }
  const nic = `${endpoint.name}.nic.${digitsOf(endpoint)}`;
  return {
    code: "RetryableError",
    message: `A retryable error occurred. ReferencedResourceNotProvisioned: Cannot proceed with operation because resource ${subnet.id} used by resource ${nic} is not in Succeeded state. Resource is in Updating state and the last operation that updated/is updating the resource is PutSubnetOperation.`,
  };
}

/** Azure keeps the first four addresses of a subnet (virtual-networks-faq.md, azure-docs). */
function freeAddress(world: World, subnet: Resource): string {
  const range = prefixOf(subnet.body.properties ?? {});
  const taken = new Set(endpointsIn(world, subnet).map((endpoint) => propertiesOf(endpoint).address));
  for (let number = (range?.first ?? 0) + 4; number < (range?.last ?? 0); number++) {
    if (!taken.has(addressAt(number))) return addressAt(number);
  }
  throw new ArmError(
    400,
    "SubnetIsFull",
    `Subnet ${subnet.name} with address prefix ${String(subnet.body.properties?.["addressPrefix"])} does not have enough capacity for 1 IP addresses.`,
  );
}

function shown(endpoint: Resource, world: World): Record<string, unknown> {
  const properties = propertiesOf(endpoint);
  const connections = (given: readonly Connection[] = []) =>
    given.map(({ name = "", properties: inner }) => ({
      name,
      id: `${endpoint.id}/privateLinkServiceConnections/${name}`,
      properties: {
        ...inner,
        provisioningState: "Succeeded",
        privateLinkServiceConnectionState: stateOf(properties, world),
      },
    }));
  const host = hostOf(endpoint, world);
  const hasZones = under(world, endpoint.id, zoneGroupType).length > 0;
  const networks = endpoint.id.replace(/\/privateEndpoints\/[^/]+$/, "/networkInterfaces");
  return {
    networkInterfaces: [{ id: `${networks}/${endpoint.name}.nic.${digitsOf(endpoint)}` }],
    privateLinkServiceConnections: connections(properties.privateLinkServiceConnections),
    manualPrivateLinkServiceConnections: connections(properties.manualPrivateLinkServiceConnections),
    // With a zone group the zones have them.
    customDnsConfigs: hasZones || !host ? [] : [{ fqdn: host, ipAddresses: [properties.address] }],
    ipConfigurations: [],
  };
}
