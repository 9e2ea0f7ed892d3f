import { z } from "zod";
import { namespaceFirewall } from "../../streaming/cloud/firewall.ts";
import { eventHubNetworkDefaults, publicAccesses } from "../../streaming/network/namespaceFirewall.ts";
import { zoneHandlings, zoneNameFor } from "../../streaming/network/privateEndpoints.ts";
import { descriptions } from "../describe.ts";

const subnetId =
  "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>";

const upTo = `Up to ${namespaceFirewall.mostRules}.`;

/** The firewall of the namespaces, key by key. The rules of `streaming/` check what fits together. */
export const eventHubNetwork = z
  .strictObject({
    publicAccess: z
      .enum(publicAccesses)
      .default(eventHubNetworkDefaults.publicAccess)
      .register(descriptions, {
        description:
          "`open`: anyone with a role or key. `selected`: only the addresses and subnets in the rules. `disabled`: private endpoints only. Trusted Microsoft services, most likely including Defender, are always allowed.",
      }),
    ipRules: z
      .array(z.string())
      .default([...eventHubNetworkDefaults.ipRules])
      .register(descriptions, {
        description: `With \`selected\`: public IPv4 addresses, or ranges of them, that consumers connect from. ${upTo}`,
      }),
    virtualNetworkRules: z
      .array(z.string())
      .default([...eventHubNetworkDefaults.virtualNetworkRules])
      .register(descriptions, {
        description: `With \`selected\`: ids of subnets that consumers connect from. They need the service endpoint ${namespaceFirewall.serviceEndpoint}. ${upTo}`,
      }),
    privateEndpoint: z.boolean().default(eventHubNetworkDefaults.privateEndpoint).register(descriptions, {
      description: "Consumers connect through a private endpoint that this stack does not create.",
    }),
  })
  .prefault({});

/** Private endpoints that the stack creates. */
export const privateEndpoints = z
  .union([
    z.literal(false),
    z.strictObject({
      subnetId: z.string().register(descriptions, {
        description: "Id of the subnet for their addresses, in the stack's region.",
      }),
      dnsZones: z
        .union([
          z.enum(zoneHandlings),
          z.strictObject({
            eventHub: z
              .string()
              .optional()
              .register(descriptions, {
                description: `Id of the private DNS zone ${zoneNameFor("eventHub")}.`,
              }),
            storage: z
              .string()
              .optional()
              .register(descriptions, {
                description: `Id of the private DNS zone ${zoneNameFor("storage")}.`,
              }),
          }),
        ])
        .default("create")
        .register(descriptions, {
          description:
            "`create` creates private DNS zones and links them to the subnet's virtual network. `{eventHub, storage}` uses existing zones, by their ids. `none` writes no DNS records.",
          rule: "It must be `create`, `none`, or the ids of existing zones as `{eventHub, storage}`.",
        }),
    }),
  ])
  .default(false)
  .register(descriptions, {
    description:
      "Private endpoints for the namespaces and the account, so that consumers in a virtual network connect by private addresses: `{subnetId, dnsZones}`. See docs/network.md.",
    example: { subnetId, dnsZones: "create" },
    rule: "It must be `false`, or a subnet and DNS zones as `{subnetId, dnsZones}`.",
    fix: `Write \`privateEndpoints: {subnetId: ${subnetId}}\`, or \`privateEndpoints: false\`.`,
  });
