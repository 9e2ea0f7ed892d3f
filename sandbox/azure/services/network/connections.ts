import { createHash } from "node:crypto";

import { find, ofType } from "../../arm/inventory.ts";
import type { Resource, World } from "../../state.ts";
import { privateEndpointType, propertiesOf, targetIdOf, type EndpointProperties } from "./endpointBody.ts";

/** Digits that are always the same for an endpoint, as Azure has them in names around it. */
export function digitsOf({ id }: Resource): string {
  const digits = createHash("sha256").update(id.toLowerCase()).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** Whether its target accepts it. */
export function stateOf(properties: EndpointProperties, world: World) {
  const isManual = (properties.manualPrivateLinkServiceConnections ?? []).length > 0;
  const status = isManual ? "Pending" : "Approved";
  const target = find(world, targetIdOf(properties));
  return {
    status: target ? status : "Disconnected",
    description: target && !isManual ? "Auto-Approved" : "",
    actionsRequired: "None",
  };
}

/**
 * The private endpoints that lead to a resource, as it shows them itself.
 *
 * @param type of such a connection, in the resource's own letter case
 */
export function connectionsTo(world: World, target: Resource, type: string): object[] {
  const { id } = target;
  return endpointsTo(world, target).map((endpoint) => {
    const name = `${endpoint.name}.${digitsOf(endpoint)}`;
    const { status, description } = stateOf(propertiesOf(endpoint), world);
    return {
      id: `${id}/privateEndpointConnections/${name}`,
      name,
      type,
      properties: {
        provisioningState: "Succeeded",
        privateEndpoint: { id: endpoint.id },
        privateLinkServiceConnectionState: { status, description },
      },
    };
  });
}

/** The private endpoints that lead to a resource. */
export const endpointsTo = (world: World, { id }: Resource): Resource[] =>
  ofType(world, privateEndpointType).filter(
    (endpoint) => targetIdOf(propertiesOf(endpoint)).toLowerCase() === id.toLowerCase(),
  );
