import { z } from "zod";
import { eventHubNetworkDefaults, publicAccesses } from "../../streaming/network/namespaceFirewall.ts";
import { about } from "../describe.ts";

const subnetId =
  "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>";

/** The firewall of the namespaces, key by key. What goes together is checked by the rules of `streaming/`. */
export const eventHubNetwork = z
  .strictObject({
    publicAccess: z.enum(publicAccesses).default(eventHubNetworkDefaults.publicAccess).register(about, {
      description:
        "`open` for everybody with a role or key, `selected` for those that rules name, `disabled` for nobody but private endpoints. Trusted Microsoft services, as which Defender comes, are let in each time.",
    }),
    ipRules: z
      .array(z.string())
      .default([...eventHubNetworkDefaults.ipRules])
      .register(about, {
        description:
          "With `selected`: public IPv4 addresses, or ranges of them, that consumers come from; up to 128.",
      }),
    virtualNetworkRules: z
      .array(z.string())
      .default([...eventHubNetworkDefaults.virtualNetworkRules])
      .register(about, {
        description:
          "With `selected`: ids of subnets with the service endpoint Microsoft.EventHub that consumers come from; up to 128.",
      }),
    privateEndpoint: z.boolean().default(eventHubNetworkDefaults.privateEndpoint).register(about, {
      description: "Says that consumers come through a private endpoint that is made elsewhere.",
    }),
  })
  .prefault({});

/** Private endpoints made here. */
export const privateEndpoints = z
  .union([
    z.literal(false),
    z.strictObject({
      subnetId: z.string().register(about, {
        description: "The id of the subnet that they get their addresses from, in the region of the stack.",
      }),
      dnsZones: z
        .union([
          z.enum(["create", "none"]),
          z.strictObject({
            eventHub: z.string().optional().register(about, {
              description: "The id of the private DNS zone privatelink.servicebus.windows.net.",
            }),
            storage: z.string().optional().register(about, {
              description: "The id of the private DNS zone privatelink.blob.core.windows.net.",
            }),
          }),
        ])
        .default("create")
        .register(about, {
          description:
            "`create` makes private DNS zones and links them to the subnet's virtual network; `{eventHub, storage}` names existing ones by their ids; `none` leaves the names to others.",
          rule: "It is `create`, `none`, or the ids of existing zones as `{eventHub, storage}`.",
        }),
    }),
  ])
  .default(false)
  .register(about, {
    description:
      "Private endpoints for the namespaces and the account, so that consumers in a virtual network come in by private addresses: `{subnetId, dnsZones}`. See docs/network.md.",
    example: { subnetId, dnsZones: "create" },
    rule: "It is `false`, or a subnet and DNS zones as `{subnetId, dnsZones}`.",
    fix: `Write \`privateEndpoints: {subnetId: ${subnetId}}\`, or \`privateEndpoints: false\`.`,
  });
