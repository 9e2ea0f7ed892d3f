import { z } from "zod";
import { consumerKinds, kindNames } from "../../streaming/consumers/kinds.ts";
import { about } from "../describe.ts";

const clients = kindNames.map((name) => `\`${name}\` (${consumerKinds[name].title})`).join(", ");

/** What a consumer may need beyond its roles, key by key. What fits together is checked by the rules of `streaming/`. */
export const consumerNeeds = {
  kind: z
    .enum(kindNames)
    .optional()
    .register(about, {
      description: `What client it is: ${clients}. Decides the defaults of the other keys, and its configuration becomes an output.`,
      otherwise: "none",
    }),
  auth: z.enum(["entra", "sas"]).optional().register(about, {
    description:
      "How it signs in to Event Hubs: `entra`, or `sas` for clients that take a connection string only: a rule `listen-<name>` with Listen.",
    otherwise: "`entra`, or what the kind can do",
  }),
  sasScope: z.enum(["hub", "namespace"]).optional().register(about, {
    description: "Whether the rule is on each hub, or one on each namespace that opens all of its hubs.",
    otherwise: "`hub`",
  }),
  consumerGroup: z.string().optional().register(about, {
    description: "The consumer group it reads through; it is made on each hub.",
    otherwise:
      "with a kind a group called like the consumer; else the one of that name among `consumerGroups`, or `$Default`",
  }),
  checkpointStore: z
    .union([
      z.boolean(),
      z.strictObject({
        virtualNetworkRules: z.array(z.string()).optional().register(about, {
          description: "Ids of subnets with the service endpoint Microsoft.Storage that it comes from.",
        }),
        privateEndpoint: z.boolean().optional().register(about, {
          description: "Says that it comes through a private endpoint that is made elsewhere.",
        }),
      }),
    ])
    .optional()
    .register(about, {
      description: "Makes a storage account of its own for its positions.",
      otherwise: "whether the kind needs one",
      rule: "It is true, false, or `{virtualNetworkRules, privateEndpoint}`.",
      fix: "Write `checkpointStore: true` or `false`; leave it out for what the kind needs.",
    }),
  allowedIps: z.array(z.string()).optional().register(about, {
    description:
      "Public IPv4 addresses, or ranges up to /30, that it comes from: they pass the firewalls of its checkpoint store, of the storage account it reads, and of the namespaces with `publicAccess: selected`.",
    otherwise: "none",
  }),
  deliverKeyTo: z.string().optional().register(about, {
    description:
      "The id of a key vault that gets its connection strings as secrets, past the state. The deployer needs Contributor on the vault.",
    otherwise: "none",
  }),
  revealKey: z.boolean().optional().register(about, {
    description:
      "Makes its connection strings a secret output (`consumerKeys`), which puts them into the state. Without it the outputs name the commands that show them.",
    otherwise: "`false`",
  }),
};
