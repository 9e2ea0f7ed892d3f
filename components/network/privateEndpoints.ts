import * as pulumi from "@pulumi/pulumi";
import type { Destination } from "../../streaming/defender/destinations.ts";
import { groupIds } from "../../streaming/network/privateEndpoints.ts";
import type { PlannedEndpoints } from "../../streaming/planned.ts";
import { Turns } from "../turns.ts";
import { PrivateDnsZone } from "./privateDnsZone.ts";
import { PrivateEndpoint } from "./privateEndpoint.ts";

/** A destination that gets a private endpoint. */
interface EndpointTarget {
  /** Its key in the plan. Example: `ns1`. */
  readonly key: string;
  readonly kind: Destination;
  /** Its ARM id. Example: `namespace.id`. */
  readonly id: pulumi.Input<string>;
}

/** Which destinations get a private endpoint, and where. */
export interface PrivateEndpointsArgs {
  targets: readonly EndpointTarget[];
  /** The subnet, and the zones of the names. Example: `plan.privateEndpoints`. */
  request: PlannedEndpoints;
  /** The resource group's name. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** The region of the subnet. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** Tags of the endpoints. Default: none. Example: `{ owner: "soc" }`. */
  endpointTags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** Tags of new zones and of their links. Default: none. Example: `{ owner: "soc" }`. */
  zoneTags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/** A private endpoint for each destination, and one private DNS zone for each kind of them. */
export class PrivateEndpoints extends pulumi.ComponentResource {
  /** By the destination's key in the plan. */
  readonly endpoints: Readonly<Record<string, PrivateEndpoint>>;

  /** @param options `dependsOn`: what must exist before the endpoints. */
  constructor(name: string, args: PrivateEndpointsArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:PrivateEndpoints", name, {}, options);
    const { request, resourceGroupName, location } = args;
    const zones = zonesOf(this, name, args);
    const turns = new Turns();
    const endpoints = args.targets.map(({ key, kind, id }): [string, PrivateEndpoint] => {
      const inputs = { targetId: id, groupId: groupIds[kind], zoneId: zones[kind], tags: args.endpointTags };
      const where = { subnetId: request.subnetId, resourceGroupName, location };
      const create = (dependsOn: pulumi.Resource[]) =>
        new PrivateEndpoint(`${name}-${key}`, { ...inputs, ...where }, { parent: this, dependsOn });
      return [key, turns.take(request.subnetId, create)];
    });
    this.endpoints = Object.fromEntries(endpoints);
    this.registerOutputs({});
  }
}

type ZoneIds = Partial<Record<Destination, pulumi.Input<string> | undefined>>;

function zonesOf(
  parent: pulumi.Resource,
  name: string,
  { request: { dnsZones, newZones }, resourceGroupName, zoneTags: tags }: PrivateEndpointsArgs,
): ZoneIds {
  if (!newZones) return typeof dnsZones === "object" ? dnsZones : {};
  const { names, virtualNetworkId } = newZones;
  const zones = Array.from(names, ([zoneName, kind]): [Destination, pulumi.Output<string>] => {
    const zone = new PrivateDnsZone(
      `${name}-${kind === "eventHub" ? "event-hub" : "storage"}`,
      { zoneName, virtualNetworkId, resourceGroupName, tags },
      { parent },
    );
    return [kind, zone.resourceId];
  });
  return Object.fromEntries(zones);
}
