import { blobDataContributor, rolesFor, type Role, distinct } from "../roles/roles.ts";
import { zoneGroups, features } from "./features.ts";

/** Roles that a deployment may assign on what it creates, with any settings. */
export const assignableRoles: readonly Role[] = distinct([
  ...Object.values(rolesFor).flatMap(({ portalUser, consumer }) => [...portalUser, ...consumer]),
  blobDataContributor,
]);

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

/** What preflight and the preview ask, beside what a deployment reads. */
const reads = [
  "Microsoft.Authorization/permissions/read",
  "Microsoft.Authorization/policyAssignments/read",
  "Microsoft.Authorization/policyDefinitions/read",
  "Microsoft.Authorization/policyExemptions/read",
  "Microsoft.Authorization/policySetDefinitions/read",
  "Microsoft.Authorization/roleAssignmentSchedules/read",
  "Microsoft.Authorization/roleDefinitions/read",
  "Microsoft.EventHub/checkNameAvailability/action",
  "Microsoft.PolicyInsights/checkPolicyRestrictions/read",
  "Microsoft.Resources/subscriptions/locations/read",
  "Microsoft.Resources/subscriptions/providers/read",
  "Microsoft.Resources/subscriptions/read",
  "Microsoft.Resources/subscriptions/resources/read",
  "Microsoft.Storage/checknameavailability/read",
  "Microsoft.Storage/locations/usages/read",
];

/** Providers that the deployer may register. */
const registers = ["EventHub", "Insights", "ManagedIdentity", "Network", "Storage"].map(
  (name) => `Microsoft.${name}`,
);

/**
 * The actions of the deployer's role: everything that is created in the stack's resource group, nothing on what others own, no key,
 * no access to events, no Privileged Identity Management, no switch of the whole subscription.
 */
export const deployerActions: readonly string[] = [
  ...new Set([
    ...features
      .filter((feature) => !feature.beyondRole && !feature.scopes)
      .flatMap(({ actions }) => actions)
      .map(asInRole),
    ...reads,
    ...registers.map((namespace) => `${namespace}/register/action`),
  ]),
].sort();

/**
 * A role may only name actions that their provider lists. The provider lists no deletion of zone groups, but Azure requires it
 * (permissions/networking.md, MicrosoftDocs/azure-docs; Azure/azure-cli #15010): a pattern includes it.
 */
function asInRole(action: string): string {
  return action.startsWith(`${zoneGroups}/`) ? `${zoneGroups}/*` : action;
}
