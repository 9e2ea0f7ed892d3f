import { parentOf } from "../cloud/resourceId.ts";
import { isTimeBound } from "../people/access.ts";
import { commonScopes } from "../roles/existingScopes.ts";
import { builtInRole, contributor, cryptoServiceEncryptionUser, reader, type Role } from "../roles/roles.ts";
import {
  account,
  clustersOf,
  type CreatedOrExisting,
  createsScopes,
  createsIdentity,
  existingIn,
  givenIdentities,
  givenZones,
  keyVaultOf,
  listening,
  managedGrants,
  namespaces,
  type PlanParts,
  rolesAssignedBy,
  storesOf,
  subnetsOf,
  vaultsOf,
} from "./planParts.ts";

/** A part of a deployment, and the actions that it takes (permissions/*.md, MicrosoftDocs/azure-docs). */
export interface Feature {
  readonly name: string;
  /** Whether a plan has it. */
  readonly isIn: (plan: PlanParts) => boolean;
  readonly actions: readonly string[];
  /** The built-in role for anyone who lacks them. */
  readonly role: Role;
  /** The roles that it assigns: the role to give may be limited to them. */
  readonly assigns?: (plan: PlanParts) => readonly Role[];
  /** Not part of the deployer's role: to be given where it is asked for. */
  readonly beyondRole?: true;
  /** The actions are taken on the subscription, whatever group the stack is in. */
  readonly onSubscription?: true;
  /** Ids of what the actions are taken on. Default: what the stack creates, in its own resource group. */
  readonly scopes?: (plan: PlanParts) => readonly string[];
}

const networkContributor = builtInRole("Network Contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7");
const identityOperator = builtInRole("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830");
const accessAdministrator = builtInRole("User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9");
const privateDnsContributor = builtInRole(
  "Private DNS Zone Contributor",
  "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
);
const securityAdmin = builtInRole("Security Admin", "fb1c8493-542b-48eb-b624-b4c8fea62acd");
const roleAdministrator = builtInRole(
  "Role Based Access Control Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
);

/** `read`, `write` and `delete` of each type. */
const all = (...types: string[]) => types.flatMap((type) => verbs.map((verb) => `${type}/${verb}`));
const verbs = ["read", "write", "delete"];

export const zoneGroups = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";

/** By default a plan has a feature that has scopes there. */
const listed: readonly (Omit<Feature, "isIn"> & Partial<Pick<Feature, "isIn">>)[] = [
  {
    name: "the resource group",
    isIn: ({ resourceGroup }) => resourceGroup === undefined,
    actions: [
      ...all("Microsoft.Resources/subscriptions/resourceGroups"),
      "Microsoft.Resources/subscriptions/operationresults/read",
    ],
    role: contributor,
  },
  {
    name: "namespaces and hubs",
    isIn: namespaces.isCreated,
    actions: [
      ...all(
        "Microsoft.EventHub/namespaces",
        "Microsoft.EventHub/namespaces/eventhubs",
        "Microsoft.EventHub/namespaces/eventhubs/consumergroups",
      ),
      "Microsoft.EventHub/namespaces/networkrulesets/read",
      "Microsoft.EventHub/namespaces/networkrulesets/write",
      "Microsoft.EventHub/namespaces/operationresults/read",
    ],
    role: contributor,
  },
  {
    name: "hubs in existing namespaces",
    actions: [
      "Microsoft.EventHub/namespaces/read",
      "Microsoft.EventHub/namespaces/networkrulesets/read",
      ...all(
        "Microsoft.EventHub/namespaces/eventhubs",
        "Microsoft.EventHub/namespaces/eventhubs/consumergroups",
      ),
    ],
    role: contributor,
    scopes: namespaces.existingIds,
  },
  {
    name: "the existing cluster",
    actions: ["Microsoft.EventHub/clusters/read", "Microsoft.EventHub/clusters/namespaces/read"],
    role: reader,
    scopes: clustersOf,
  },
  ...inBoth(namespaces, {
    name: "shared access policies of hubs",
    isIn: (plan) =>
      plan.namespaces.some(({ hubs }) => hubs.some(({ hasPolicy }) => hasPolicy)) ||
      listening(plan, "hub").length > 0,
    actions: all("Microsoft.EventHub/namespaces/eventhubs/authorizationRules"),
    role: contributor,
  }),
  ...inBoth(namespaces, {
    name: "shared access policies of namespaces",
    isIn: (plan) => listening(plan, "namespace").length > 0,
    actions: all("Microsoft.EventHub/namespaces/authorizationRules"),
    role: contributor,
  }),
  ...inBoth(namespaces, {
    name: "connection strings that are revealed or delivered",
    beyondRole: true,
    isIn: (plan) =>
      listening(plan).some(({ revealKey, deliverKeyTo }) => revealKey === true || deliverKeyTo !== undefined),
    actions: [
      "Microsoft.EventHub/namespaces/eventhubs/authorizationRules/listKeys/action",
      "Microsoft.EventHub/namespaces/authorizationRules/listKeys/action",
    ],
    role: contributor,
  }),
  {
    name: "connection strings in a key vault",
    actions: ["Microsoft.KeyVault/vaults/secrets/read", "Microsoft.KeyVault/vaults/secrets/write"],
    role: contributor,
    scopes: vaultsOf,
  },
  {
    name: "storage accounts",
    isIn: (plan) => account.isCreated(plan) || storesOf(plan).length > 0,
    actions: [
      ...all(
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
      ),
      "Microsoft.Storage/storageAccounts/blobServices/read",
      "Microsoft.Storage/storageAccounts/blobServices/write",
    ],
    role: contributor,
  },
  {
    name: "the progress of storage accounts",
    isIn: (plan) => account.isCreated(plan) || storesOf(plan).length > 0,
    actions: ["Microsoft.Storage/operations/read"],
    role: reader,
    onSubscription: true,
  },
  {
    name: "containers in the existing account",
    actions: [
      "Microsoft.Storage/storageAccounts/read",
      "Microsoft.Storage/storageAccounts/blobServices/read",
      "Microsoft.Storage/storageAccounts/managementPolicies/read",
      ...all("Microsoft.Storage/storageAccounts/blobServices/containers"),
    ],
    role: contributor,
    scopes: account.existingIds,
  },
  {
    name: "lifecycle of blobs",
    isIn: ({ accounts }) =>
      accounts.some(({ existing, options }) => !existing && options.retentionDays !== false),
    actions: all("Microsoft.Storage/storageAccounts/managementPolicies"),
    role: contributor,
  },
  {
    name: "immutable containers",
    isIn: ({ accounts }) => accounts.some(({ options }) => options.immutability !== false),
    actions: all("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"),
    role: contributor,
  },
  {
    name: "subnets that the firewalls let in",
    actions: ["Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action"],
    role: networkContributor,
    scopes: subnetsOf,
  },
  assigning("role assignments", { isIn: createsScopes }),
  assigning("role assignments on the subscription", {
    isIn: ({ scopes }) => scopes.some(({ name }) => name === commonScopes.subscription),
    onSubscription: true,
  }),
  assigning("role assignments on what exists", {
    isIn: (plan) => existingIn(plan).length > 0,
    scopes: existingIn,
  }),
  {
    name: "locks",
    beyondRole: true,
    isIn: ({ locks }) => locks !== undefined,
    actions: all("Microsoft.Authorization/locks"),
    role: accessAdministrator,
  },
  {
    name: "private endpoints",
    isIn: ({ privateEndpoints }) => privateEndpoints !== undefined,
    actions: all("Microsoft.Network/privateEndpoints", zoneGroups),
    role: networkContributor,
  },
  {
    name: "the progress of private endpoints",
    isIn: ({ privateEndpoints }) => privateEndpoints !== undefined,
    actions: ["Microsoft.Network/locations/operations/read"],
    role: reader,
    onSubscription: true,
  },
  ...inBoth(namespaces, {
    name: "approval of private endpoints to namespaces",
    isIn: ({ privateEndpoints }) => privateEndpoints !== undefined,
    actions: ["Microsoft.EventHub/namespaces/privateEndpointConnectionsApproval/action"],
    role: contributor,
  }),
  ...inBoth(account, {
    name: "approval of private endpoints to the account",
    isIn: ({ privateEndpoints }) => privateEndpoints !== undefined,
    actions: ["Microsoft.Storage/storageAccounts/privateEndpointConnectionsApproval/action"],
    role: contributor,
  }),
  {
    name: "the subnet of private endpoints",
    actions: [
      "Microsoft.Network/virtualNetworks/subnets/read",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
    ],
    role: networkContributor,
    scopes: ({ privateEndpoints }) => (privateEndpoints ? [privateEndpoints.subnetId] : []),
  },
  {
    name: "private DNS zones",
    isIn: ({ privateEndpoints }) => privateEndpoints?.dnsZones === "create",
    actions: [
      ...all("Microsoft.Network/privateDnsZones", "Microsoft.Network/privateDnsZones/virtualNetworkLinks"),
      "Microsoft.Network/privateDnsZones/join/action",
      "Microsoft.Network/privateDnsOperationStatuses/read",
    ],
    role: privateDnsContributor,
  },
  {
    name: "the network that resolves private DNS zones",
    actions: ["Microsoft.Network/virtualNetworks/join/action"],
    role: networkContributor,
    scopes: ({ privateEndpoints }) =>
      privateEndpoints?.dnsZones === "create" ? [parentOf(privateEndpoints.subnetId)] : [],
  },
  {
    name: "existing private DNS zones",
    actions: ["Microsoft.Network/privateDnsZones/read", "Microsoft.Network/privateDnsZones/join/action"],
    role: privateDnsContributor,
    scopes: givenZones,
  },
  {
    name: "the key that encrypts",
    actions: ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/keys/read"],
    role: reader,
    scopes: keyVaultOf,
  },
  {
    name: "the identity that encrypts",
    isIn: createsIdentity,
    actions: [
      ...all("Microsoft.ManagedIdentity/userAssignedIdentities"),
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    ],
    role: contributor,
  },
  {
    name: "the given identity that encrypts",
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    ],
    role: identityOperator,
    scopes: givenIdentities,
  },
  {
    ...assigning("the identity's role on the key vault", { scopes: keyVaultOf }),
    isIn: createsIdentity,
    assigns: () => [cryptoServiceEncryptionUser],
  },
  {
    name: "portal users with eligible access",
    beyondRole: true,
    isIn: (plan) => managedGrants(plan).some(({ access }) => access === "eligible"),
    actions: [
      "Microsoft.Authorization/roleEligibilityScheduleRequests/read",
      "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
      "Microsoft.Authorization/roleEligibilitySchedules/read",
    ],
    role: accessAdministrator,
  },
  {
    name: "portal users with access up to a date",
    beyondRole: true,
    isIn: (plan) => managedGrants(plan).some(({ access }) => isTimeBound(access)),
    actions: [
      "Microsoft.Authorization/roleAssignmentScheduleRequests/read",
      "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
      "Microsoft.Authorization/roleAssignmentSchedules/read",
    ],
    role: accessAdministrator,
  },
  {
    name: "the endpoint integration",
    beyondRole: true,
    isIn: ({ endpointIntegration }) => endpointIntegration !== undefined,
    actions: [
      "Microsoft.Security/settings/read",
      "Microsoft.Security/settings/write",
      "Microsoft.Security/pricings/read",
    ],
    role: securityAdmin,
  },
];

/** Everything that a deployment may consist of. A new one is an entry in the list: preflight and the deployer's role follow. */
export const features: readonly Feature[] = listed.map((feature) => ({
  isIn: (plan) => (feature.scopes?.(plan) ?? []).length > 0,
  ...feature,
}));

/** Roles that the deployment assigns somewhere. */
function assigning(
  name: string,
  { isIn = () => true, ...where }: Partial<Pick<Feature, "isIn" | "scopes" | "onSubscription">>,
): Feature {
  return {
    name,
    isIn: (plan) => rolesAssignedBy(plan).length > 0 && isIn(plan),
    actions: all("Microsoft.Authorization/roleAssignments"),
    role: roleAdministrator,
    assigns: rolesAssignedBy,
    ...where,
  };
}

/** Something that is done to what the stack creates, and the same to what exists. */
function inBoth({ isCreated, called, existingIds }: CreatedOrExisting, feature: Feature): readonly Feature[] {
  return [
    { ...feature, isIn: (plan) => isCreated(plan) && feature.isIn(plan) },
    {
      ...feature,
      name: `${feature.name}: ${called}`,
      isIn: (plan) => existingIds(plan).length > 0 && feature.isIn(plan),
      scopes: existingIds,
    },
  ];
}
