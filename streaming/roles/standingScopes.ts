import { defaultDestinations, type DestinationKind, streamsTo } from "../defender/destinations.ts";
import { existingNamespaces } from "../existing/existing.ts";
import type { StreamingRequest } from "../request.ts";
import { accountKey } from "../storage/account.ts";

/** Names of the scopes of `roleScope` that several destinations have in common; each destination's own is its key in the plan. */
export const commonScopes = { resourceGroup: "resource-group", subscription: "subscription" } as const;

/** Where a stack's grants hold, at something that is there before the stack. */
export interface StandingScope {
  /** `ns1`, `sa1`, or one of `commonScopes`. */
  readonly name: string;
  /** The ARM id. */
  readonly id: string;
  /** What kinds of destinations are in it: they decide the roles. */
  readonly kinds: readonly DestinationKind[];
}

type Asked = Pick<StreamingRequest, "destinations" | "existing" | "roles" | "roleScope">;

/**
 * Where a sound request has roles assigned at what it did not make; nowhere with `roles: expect`.
 *
 * @param subscriptionId the one that is deployed to, a GUID
 */
export function standingScopes(request: Asked, subscriptionId: string): StandingScope[] {
  const { existing, destinations: kinds = defaultDestinations, roles, roleScope } = request;
  if (roles === "expect") return [];
  switch (roleScope) {
    case "destination": {
      const namespaces = streamsTo(request, "eventHub") ? existingNamespaces(existing) : [];
      const account = streamsTo(request, "storage") ? existing?.accountId : undefined;
      return [
        ...namespaces.map(([name, id]): StandingScope => ({ name, id, kinds: ["eventHub"] })),
        ...(account === undefined ? [] : [{ name: accountKey, id: account, kinds: ["storage" as const] }]),
      ];
    }
    case "resourceGroup": {
      const id = existing?.resourceGroupId;
      return id === undefined ? [] : [{ name: commonScopes.resourceGroup, id, kinds }];
    }
    case "subscription":
      return [{ name: commonScopes.subscription, id: `/subscriptions/${subscriptionId}`, kinds }];
  }
}
