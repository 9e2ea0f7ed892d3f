export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

const readResources = [
  "Microsoft.Resources/deployments/*",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
];
const common = [
  ...readResources,
  "Microsoft.Authorization/*/read",
  "Microsoft.Insights/alertRules/*",
  "Microsoft.Support/*",
];
const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
const vaultKeys = "Microsoft.KeyVault/vaults/keys";
const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";

/** The built-in roles this project deals with; role-based-access-control/built-in-roles.md (MicrosoftDocs/azure-docs). */
export const builtInRoles: readonly Role[] = [
  {
    id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    name: "Owner",
    description: "Full access to all resources, role assignments included.",
    actions: ["*"],
  },
  {
    id: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    name: "Contributor",
    description: "Full access to all resources, without role assignments.",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  },
  {
    id: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    name: "Reader",
    description: "Sees all resources, changes none.",
    actions: ["*/read"],
  },
  {
    id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    name: "User Access Administrator",
    description: "Manages access to resources.",
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
  },
  {
    id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    name: "Role Based Access Control Administrator",
    description: "Manages access to resources by role assignments.",
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      "*/read",
      "Microsoft.Support/*",
    ],
  },
  {
    id: "f526a384-b230-433a-b45c-95f59c4a2dec",
    name: "Azure Event Hubs Data Owner",
    description: "Full access to Event Hubs resources and their events.",
    actions: ["Microsoft.EventHub/*"],
    dataActions: ["Microsoft.EventHub/*"],
  },
  {
    id: "a638d3c7-ab3a-418d-83e6-5f17a39d4fde",
    name: "Azure Event Hubs Data Receiver",
    description: "Receives events.",
    actions: ["Microsoft.EventHub/*/eventhubs/consumergroups/read"],
    dataActions: ["Microsoft.EventHub/*/receive/action"],
  },
  {
    id: "2b629674-e913-4c01-ae53-ef4638d8f975",
    name: "Azure Event Hubs Data Sender",
    description: "Sends events.",
    actions: ["Microsoft.EventHub/*/eventhubs/read"],
    dataActions: ["Microsoft.EventHub/*/send/action"],
  },
  {
    id: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    name: "Storage Blob Data Reader",
    description: "Reads containers and blobs.",
    actions: [
      `${containers}/read`,
      "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ],
    dataActions: [`${containers}/blobs/read`],
  },
  {
    id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    name: "Storage Blob Data Contributor",
    description: "Reads, writes and deletes containers and blobs.",
    actions: [
      `${containers}/delete`,
      `${containers}/read`,
      `${containers}/write`,
      "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ],
    dataActions: ["delete", "read", "write", "move/action", "add/action"].map(
      (verb) => `${containers}/blobs/${verb}`,
    ),
  },
  {
    id: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    name: "Key Vault Crypto Service Encryption User",
    description: "Reads keys of vaults with role-based access, and wraps and unwraps with them.",
    actions: ["read", "write", "delete"].map((verb) => `Microsoft.EventGrid/eventSubscriptions/${verb}`),
    dataActions: ["read", "wrap/action", "unwrap/action"].map((verb) => `${vaultKeys}/${verb}`),
  },
  {
    id: "12338af0-0e69-4776-bea7-57ae8d297424",
    name: "Key Vault Crypto User",
    description: "Uses keys of vaults with role-based access.",
    actions: [],
    dataActions: [
      "read",
      "update/action",
      "backup/action",
      "encrypt/action",
      "decrypt/action",
      "wrap/action",
      "unwrap/action",
      "sign/action",
      "verify/action",
    ].map((verb) => `${vaultKeys}/${verb}`),
  },
  {
    id: "4d97b98b-1d4f-4787-a291-c67834d212e7",
    name: "Network Contributor",
    description: "Manages networks, without access to them.",
    actions: [...common, "Microsoft.Network/*", "Microsoft.ResourceHealth/availabilityStatuses/read"],
  },
  {
    id: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    name: "Private DNS Zone Contributor",
    description: "Manages private DNS zones, and links networks to them.",
    actions: [
      ...common,
      "Microsoft.Network/privateDnsZones/*",
      "Microsoft.Network/privateDnsOperationResults/*",
      "Microsoft.Network/privateDnsOperationStatuses/*",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/join/action",
    ],
  },
  {
    id: "f1a07417-d97a-45cb-824c-7a7467783830",
    name: "Managed Identity Operator",
    description: "Reads user-assigned identities, and has resources act as them.",
    actions: [...common, `${identities}/*/read`, `${identities}/*/assign/action`],
  },
  {
    id: "43d0d8ad-25c7-4714-9337-8ba259a9fe05",
    name: "Monitoring Reader",
    description: "Reads monitoring data.",
    actions: ["*/read", "Microsoft.OperationalInsights/workspaces/search/action", ...readResources],
  },
];

/** A built-in role by the GUID at the end of a role definition's id. */
export function roleOf(roleDefinitionId: string): Role | undefined {
  const guid = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  return builtInRoles.find((role) => role.id === guid);
}
