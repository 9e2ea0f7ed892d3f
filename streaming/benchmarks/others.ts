import { everyOne, type BenchmarkRule } from "./rule.ts";

const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
const endpoints = "Microsoft.Network/privateEndpoints";

/** What a stack creates that can have tags (tag-support.md, MicrosoftDocs/azure-docs); sub-resources have none. */
const tagged = [
  ...["Microsoft.EventHub/namespaces", "Microsoft.Storage/storageAccounts", identities, endpoints],
  "Microsoft.Network/privateDnsZones",
];

/**
 * Rules of PSRule.Rules.Azure (baseline Azure.GA_2026_03) on the other resources of a stack: identities, private endpoints, secrets, and the tags of all.
 * checkov has none on these types.
 */
export const otherRules: readonly BenchmarkRule[] = [
  {
    id: "Azure.Identity.UserAssignedName",
    type: identities,
    asks: "a name of 3 to 128 letters, digits, hyphens and underscores",
    holds: ({ name }) => /^[a-z0-9][a-z0-9_-]{2,127}$/i.test(name),
  },
  {
    id: "Azure.PrivateEndpoint.Name",
    type: endpoints,
    asks: "a name of 2 to 64 letters, digits, underscores, periods and hyphens",
    holds: ({ name }) => /^[a-z0-9][a-z0-9_.-]{0,62}[a-z0-9_]$/i.test(name),
  },
  {
    id: "Azure.KeyVault.SecretName",
    type: "Microsoft.KeyVault/vaults/secrets",
    asks: "a name of 1 to 127 letters, digits and hyphens",
    holds: ({ name }) => /^[a-z0-9-]{1,127}$/i.test(name),
  },
  {
    id: "Azure.Resource.UseTags",
    type: tagged,
    asks: "tags",
    holds: ({ tags = {} }) => Object.keys(tags).length > 0,
    exceptions: [
      {
        which: "everything deployed without the setting",
        isFor: everyOne,
        reason: "your organization decides which tags it uses",
        otherwise: "`tags`",
      },
    ],
  },
];
