import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import * as pulumi from "@pulumi/pulumi";

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
    const { resourceGroupName } = args;
    const everywhere = { resourceGroupName, location: "global", ...(args.tags ? { tags: args.tags } : {}) };
    const zone = new privatedns.PrivateZone(
      name,
      { ...everywhere, privateZoneName: args.zoneName },
      { parent: this },
    );
    const link = new privatedns.VirtualNetworkLink(
      name,
      {
        ...everywhere,
        privateZoneName: zone.name,
        virtualNetwork: { id: args.virtualNetworkId },
        registrationEnabled: false,
      },
      // A link leads to its network for good, and there is one of a name.
      { parent: this, replaceOnChanges: ["virtualNetwork"], deleteBeforeReplace: true },
    );
    this.resourceId = zone.id;
    this.nodes = { zone, link };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
