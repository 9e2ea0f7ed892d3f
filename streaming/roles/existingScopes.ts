import { defaultDestinations, type Destination, streamsTo } from "../defender/destinations.ts";
import { existingNamespaces } from "../existing/existing.ts";
import type { RoleScope, StreamingRequest } from "../request.ts";
import { accountKey } from "../storage/account.ts";

/** Names of the scopes of `roleScope` that several destinations have in common; each destination's own is its key in the plan. */
export const commonScopes = { resourceGroup: "resource-group", subscription: "subscription" } as const;

/** An existing scope of a stack's grants. */
export interface ExistingScope {
  /** `ns1`, `sa1`, or one of `commonScopes`. */
  readonly name: string;
  /** The ARM id. */
  readonly id: string;
  /** The destinations in it, which decide the roles. */
  readonly kinds: readonly Destination[];
}

type GrantingRequest = Pick<StreamingRequest, "destinations" | "existing" | "roles" | "roleScope">;

/** The scopes of grants: each destination, or one that all have in common. */
export function scopesOf(
  roleScope: RoleScope,
  destinations: readonly { readonly name: string; readonly kind: Destination }[],
  kinds: readonly Destination[],
): Pick<ExistingScope, "name" | "kinds">[] {
  return roleScope === "destination"
    ? destinations.map(({ name, kind }) => ({ name, kinds: [kind] }))
    : [{ name: commonScopes[roleScope], kinds }];
}

/**
 * The existing scopes at which a valid request assigns roles; none with `roles: expect`.
 *
 * @param subscriptionId the one of the deployment, a GUID
 */
export function existingScopes(request: GrantingRequest, subscriptionId: string): ExistingScope[] {
  const { existing, destinations: kinds = defaultDestinations, roles, roleScope } = request;
  if (roles === "expect") return [];
  const namespaces = streamsTo(request, "eventHub") ? existingNamespaces(existing) : [];
  const account = streamsTo(request, "storage") ? existing?.accountId : undefined;
  const ids = new Map<string, string | undefined>([
    ...namespaces,
    [accountKey, account],
    [commonScopes.resourceGroup, existing?.resourceGroupId],
    [commonScopes.subscription, `/subscriptions/${subscriptionId}`],
  ]);
  const destinations = [
    ...namespaces.map(([name]) => ({ name, kind: "eventHub" as const })),
    { name: accountKey, kind: "storage" as const },
  ];
  return scopesOf(roleScope, destinations, kinds).flatMap((scope) => {
    const id = ids.get(scope.name);
    return id === undefined ? [] : [{ ...scope, id }];
  });
}
