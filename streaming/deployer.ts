import { streamsTo } from "./destinations.ts";
import type { StreamingRequest } from "./request.ts";
import { contributor, grants, rolesFor, type Role } from "./roles.ts";

/** What a deployer needs to know of a request. */
export type Asked = Pick<
  StreamingRequest,
  "destinations" | "storage" | "portalUsers" | "consumers" | "roles" | "endpointIntegration"
> & { readonly hubPolicy?: boolean };

/** A part of a deployment, and the actions that it takes (permissions/*.md, MicrosoftDocs/azure-docs). */
export interface Feature {
  readonly name: string;
  /** Whether a request has it. */
  readonly isAsked: (request: Asked) => boolean;
  readonly actions: readonly string[];
  /** The built-in role to give to somebody who lacks them. */
  readonly role: Role;
  /** Its role may be limited to the roles that are assigned. */
  readonly assignsRoles?: true;
  /** Ids of what the actions are taken on. Default: what the stack makes, in a resource group of its own. */
  readonly scopes?: (request: Asked) => readonly string[];
}

const networkContributor: Role = {
  name: "Network Contributor",
  id: "4d97b98b-1d4f-4787-a291-c67834d212e7",
};
const securityAdmin: Role = { name: "Security Admin", id: "fb1c8493-542b-48eb-b624-b4c8fea62acd" };
const roleAdministrator: Role = {
  name: "Role Based Access Control Administrator",
  id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
};

/** `read`, `write` and `delete` of each type. */
const all = (...types: string[]) => types.flatMap((type) => verbs.map((verb) => `${type}/${verb}`));
const verbs = ["read", "write", "delete"];

/** Everything that a deployment may consist of. A new one is an entry here: preflight and the deployer's role follow. */
export const features: readonly Feature[] = [
  {
    name: "the resource group",
    isAsked: () => true,
    actions: all("Microsoft.Resources/subscriptions/resourceGroups"),
    role: contributor,
  },
  {
    name: "namespaces and hubs",
    isAsked: (request) => streamsTo(request, "eventHub"),
    actions: [
      ...all(
        "Microsoft.EventHub/namespaces",
        "Microsoft.EventHub/namespaces/eventhubs",
        "Microsoft.EventHub/namespaces/eventHubs/consumergroups",
        "Microsoft.EventHub/namespaces/networkrulesets",
      ),
      "Microsoft.EventHub/namespaces/operationresults/read",
    ],
    role: contributor,
  },
  {
    name: "policies of hubs",
    isAsked: (request) => streamsTo(request, "eventHub") && request.hubPolicy === true,
    actions: all("Microsoft.EventHub/namespaces/eventhubs/authorizationRules"),
    role: contributor,
  },
  {
    name: "the storage account",
    isAsked: (request) => streamsTo(request, "storage"),
    actions: [
      ...all(
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/managementPolicies",
      ),
      "Microsoft.Storage/storageAccounts/blobServices/read",
      "Microsoft.Storage/storageAccounts/blobServices/write",
    ],
    role: contributor,
  },
  {
    name: "immutable containers",
    isAsked: (request) => streamsTo(request, "storage") && Boolean(request.storage?.immutability),
    actions: all("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"),
    role: contributor,
  },
  {
    name: "subnets that may read the account",
    isAsked: (request) => streamsTo(request, "storage") && subnetsOf(request).length > 0,
    actions: ["Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action"],
    role: networkContributor,
    scopes: subnetsOf,
  },
  {
    name: "role assignments",
    isAsked: (request) => rolesAssignedBy(request).length > 0,
    actions: all("Microsoft.Authorization/roleAssignments"),
    role: roleAdministrator,
    assignsRoles: true,
  },
  {
    name: "the endpoint integration",
    isAsked: (request) => Boolean(request.endpointIntegration),
    actions: [
      "Microsoft.Security/settings/read",
      "Microsoft.Security/settings/write",
      "Microsoft.Security/pricings/read",
    ],
    role: securityAdmin,
  },
];

function subnetsOf({ storage }: Asked): readonly string[] {
  return storage?.virtualNetworkRules ?? [];
}

/** Roles that a deployment of these settings assigns. */
export function rolesAssignedBy(request: Asked): Role[] {
  if (request.roles === "expect") return [];
  return distinct(grants(request, request.destinations).map(({ role }) => role));
}

/** Roles that a deployment of any settings may assign. */
export const assignableRoles: readonly Role[] = distinct(
  Object.values(rolesFor).flatMap(({ portalUser, consumer }) => [...portalUser, ...consumer]),
);

/**
 * The condition of a role assignment that lets its holder assign and take away these roles only (delegate-role-assignments-examples.md,
 * MicrosoftDocs/azure-docs). Goes with `conditionVersion` 2.0.
 */
export function onlyTheseRoles(roles: readonly Role[]): string {
  const ids = roles.map(({ id }) => id).join(", ");
  const limited = (verb: string, source: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR ` +
    `(@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}))`;
  return `${limited("write", "Request")} AND ${limited("delete", "Resource")}`;
}

function distinct(roles: readonly Role[]): Role[] {
  return [...new Map(roles.map((role) => [role.id, role])).values()];
}
