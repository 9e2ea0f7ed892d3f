import { z } from "zod";
import { accountFirewall } from "../../streaming/cloud/firewall.ts";
import { sasScopes } from "../../streaming/consumers/consumer.ts";
import { consumerKinds, kindNames } from "../../streaming/consumers/kinds.ts";
import { auths } from "../../streaming/consumers/kinds/kind.ts";
import { descriptions } from "../describe.ts";

const clients = kindNames.map((name) => `\`${name}\` (${consumerKinds[name].title})`).join(", ");

/** What a consumer may need beyond its roles, key by key. The rules of `streaming/` check what fits together. */
export const consumerNeeds = {
  kind: z
    .enum(kindNames)
    .optional()
    .register(descriptions, {
      description: `The client: ${clients}. It sets the defaults of the other keys, and the output \`consumerConfiguration\` gets files for the client.`,
      otherwise: "none",
    }),
  auth: z.enum(auths).optional().register(descriptions, {
    description:
      "How it signs in to Event Hubs: `entra`, or `sas` for clients that need a connection string. `sas` creates a rule `listen-<name>` with the right Listen.",
    otherwise: "`entra`, or what the kind supports",
  }),
  sasScope: z.enum(sasScopes).optional().register(descriptions, {
    description: "`hub`: one rule on each hub. `namespace`: one rule on each namespace, for all its hubs.",
    otherwise: "`hub`",
  }),
  consumerGroup: z.string().optional().register(descriptions, {
    description: "The consumer group it reads through. It is created on each hub.",
    otherwise:
      "with a `kind`, a group named after the consumer; otherwise the group of that name in `consumerGroups`, or `$Default`",
  }),
  checkpointStore: z
    .union([
      z.boolean(),
      z.strictObject({
        virtualNetworkRules: z.array(z.string()).optional().register(descriptions, {
          description:
            "Ids of subnets that it connects from. They need the service endpoint Microsoft.Storage.",
        }),
        privateEndpoint: z.boolean().optional().register(descriptions, {
          description: "It connects through a private endpoint that this stack does not create.",
        }),
      }),
    ])
    .optional()
    .register(descriptions, {
      description: "Creates a storage account for its checkpoints.",
      otherwise: "whether the kind needs one",
      rule: "It must be true, false, or `{virtualNetworkRules, privateEndpoint}`.",
      fix: "Write `checkpointStore: true` or `false`, or remove the key for the kind's default.",
    }),
  allowedIps: z
    .array(z.string())
    .optional()
    .register(descriptions, {
      description: `Public IPv4 addresses that it connects from, or ranges up to /${accountFirewall.longestSuffix}. These firewalls let them in: of its checkpoint store, of the storage account if it reads that, and of the namespaces with \`publicAccess: selected\`.`,
      otherwise: "none",
    }),
  deliverKeyTo: z.string().optional().register(descriptions, {
    description:
      "Id of a key vault that gets its connection strings as secrets. They do not pass through the state. The deployer needs Contributor on the vault.",
    otherwise: "none",
  }),
  revealKey: z.boolean().optional().register(descriptions, {
    description:
      "Shows its connection strings in the secret output `consumerKeys`, which stores them in the state. Without it the outputs contain commands that show them.",
    otherwise: "`false`",
  }),
};
