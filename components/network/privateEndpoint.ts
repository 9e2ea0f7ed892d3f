import * as network from "@pulumi/azure-native/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import { endpointInputs } from "../../streaming/network/body.ts";

/** Where a private endpoint stands, and where it leads. */
export interface PrivateEndpointArgs {
  /** The ARM id of what it leads to. Example: `namespace.id`. */
  targetId: pulumi.Input<string>;
  /** Which part of it. Example: `namespace`, or `blob` for a storage account. */
  groupId: string;
  /** The ARM id of the subnet that it gets its address from. Another one is a replacement. */
  subnetId: string;
  /** The ARM id of the private DNS zone that its name is written into. Default: none. */
  zoneId?: pulumi.Input<string> | undefined;
  /** The resource group's name. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** The region of the subnet. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** Tags of the endpoint. Default: none. Example: `{ owner: "soc" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/** A private address for a namespace or an account, with its name in a private DNS zone. */
export class PrivateEndpoint extends pulumi.ComponentResource {
  /** The endpoint's ARM id. */
  readonly resourceId: pulumi.Output<string>;
  /** The resources underneath. */
  readonly nodes: {
    readonly endpoint: network.PrivateEndpoint;
    readonly zoneGroup: network.PrivateDnsZoneGroup | undefined;
  };

  constructor(name: string, args: PrivateEndpointArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:PrivateEndpoint", name, {}, options);
    const { resourceGroupName, zoneId } = args;
    const endpoint = new network.PrivateEndpoint(
      name,
      {
        resourceGroupName,
        location: args.location,
        ...endpointInputs({ ...args, name }),
        tags: args.tags,
      },
      {
        parent: this,
        // Azure changes neither in place (azurerm_private_endpoint has both as ForceNew).
        replaceOnChanges: ["subnet.id", "privateLinkServiceConnections[*].privateLinkServiceId"],
        // The record in the zone goes with the old endpoint, so the new one writes it after that.
        deleteBeforeReplace: true,
        // Azure empties them when the zone group is there, which a refresh would take for a change.
        ignoreChanges: ["customDnsConfigs"],
      },
    );
    const zoneGroup =
      zoneId === undefined
        ? undefined
        : new network.PrivateDnsZoneGroup(
            name,
            {
              resourceGroupName,
              privateEndpointName: endpoint.name,
              privateDnsZoneGroupName: "default",
              privateDnsZoneConfigs: [{ name: args.groupId, privateDnsZoneId: zoneId }],
            },
            { parent: this },
          );
    this.resourceId = endpoint.id;
    this.nodes = { endpoint, zoneGroup };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
