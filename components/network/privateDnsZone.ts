import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { zoneInputs, zoneLinkInputs } from "../../streaming/network/body.ts";

/** A zone for the names of private endpoints, and the network that resolves it. */
export interface PrivateDnsZoneArgs {
  /** Example: `privatelink.servicebus.windows.net`. */
  zoneName: string;
  /** The ARM id of the virtual network. A network resolves one zone of a name. */
  virtualNetworkId: string;
  /** The resource group's name. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** Tags of the zone and of its link. Default: none. Example: `{ owner: "soc" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/** A private DNS zone that one virtual network resolves. */
export class PrivateDnsZone extends pulumi.ComponentResource {
  /** The zone's ARM id. */
  readonly resourceId: pulumi.Output<string>;
  /** The resources underneath. */
  readonly nodes: {
    readonly zone: privatedns.PrivateZone;
    readonly link: privatedns.VirtualNetworkLink;
  };

  constructor(name: string, args: PrivateDnsZoneArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:PrivateDnsZone", name, {}, options);
    const { resourceGroupName, tags } = args;
    const zone = new privatedns.PrivateZone(
      name,
      { resourceGroupName, ...zoneInputs, privateZoneName: args.zoneName, tags },
      { parent: this },
    );
    const link = new privatedns.VirtualNetworkLink(
      name,
      {
        resourceGroupName,
        ...zoneLinkInputs(args.virtualNetworkId),
        privateZoneName: zone.name,
        tags,
      },
      // A link cannot change its network, and its name is unique in the zone.
      { parent: this, replaceOnChanges: ["virtualNetwork"], deleteBeforeReplace: true },
    );
    this.resourceId = zone.id;
    this.nodes = { zone, link };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
