import type { NamedConsumer } from "../consumers/consumer.ts";
import { hasCheckpointStore, provisionOf } from "../consumers/provision.ts";
import { readsFrom, streamsTo } from "../defender/destinations.ts";
import { existingNamespaces } from "../existing/existing.ts";
import type { NamedPortalUser } from "../people/principals.ts";
import { present } from "../wording/present.ts";
import { createsAccount, createsNamespaces, type StreamingRequest } from "../request.ts";
import { blobDataContributor, grants, type Role, distinct } from "../roles/roles.ts";

/** What a deployer needs to know of a request. */
export type Asked = Pick<
  StreamingRequest,
  | "destinations"
  | "storage"
  | "portalUsers"
  | "consumers"
  | "roles"
  | "endpointIntegration"
  | "hubPolicy"
  | "customerManagedKey"
  | "existing"
  | "clusterId"
  | "eventHubNetwork"
  | "privateEndpoints"
  | "lock"
>;

/** What a stack creates, or uses as it exists. */
export interface CreatedOrExisting {
  readonly isCreated: (request: Asked) => boolean;
  /** What those that exist are called. */
  readonly called: string;
  /** The ids of those that exist. */
  readonly existingIds: (request: Asked) => string[];
}

export const namespaces: CreatedOrExisting = {
  isCreated: createsNamespaces,
  called: "existing namespaces",
  existingIds: ({ existing }) => existingNamespaces(existing).map(([, id]) => id),
};

export const account: CreatedOrExisting = {
  isCreated: createsAccount,
  called: "the existing account",
  existingIds: ({ existing }) => (existing?.accountId === undefined ? [] : [existing.accountId]),
};

export function zonesOf(endpoints: Asked["privateEndpoints"]) {
  return endpoints ? endpoints.dnsZones : undefined;
}

export function givenZones(endpoints: Asked["privateEndpoints"]): string[] {
  const zones = zonesOf(endpoints);
  return typeof zones === "object" ? Object.values(present(zones)) : [];
}

export function clustersOf(request: Asked): string[] {
  return streamsTo(request, "eventHub") && request.clusterId !== undefined ? [request.clusterId] : [];
}

/** The ids of existing namespaces and the existing account. */
export function existingIn(request: Asked): string[] {
  return [...namespaces.existingIds(request), ...account.existingIds(request)];
}

/** Consumers of the hubs with a shared access key. */
export function listening(request: Asked, scope?: "hub" | "namespace"): NamedConsumer[] {
  if (!streamsTo(request, "eventHub")) return [];
  return request.consumers.filter((consumer) => {
    const { listens } = provisionOf(consumer, []);
    return readsFrom(consumer, "eventHub") && listens !== undefined && listens === (scope ?? listens);
  });
}

/** Key vaults that connection strings are delivered to. */
export function vaultsOf(request: Asked): string[] {
  return [...new Set(listening(request).flatMap(({ deliverKeyTo }) => deliverKeyTo ?? []))];
}

/** Consumers of the hubs with a checkpoint store. */
export function storing(request: Asked): NamedConsumer[] {
  return streamsTo(request, "eventHub") ? request.consumers.filter(hasCheckpointStore) : [];
}

export function subnetsOf(request: Asked): string[] {
  const ofStores = storing(request).flatMap((consumer) => {
    const { checkpoint } = provisionOf(consumer, []);
    return checkpoint === false ? [] : checkpoint.virtualNetworkRules;
  });
  const ofDestination = streamsTo(request, "storage") ? (request.storage?.virtualNetworkRules ?? []) : [];
  const ofHubs = createsNamespaces(request) ? (request.eventHubNetwork?.virtualNetworkRules ?? []) : [];
  return [...new Set([...ofDestination, ...ofHubs, ...ofStores])];
}

export function createsIdentity({ customerManagedKey }: Asked): boolean {
  return customerManagedKey !== undefined && customerManagedKey.userAssignedIdentityId === undefined;
}

export function identitiesOf({ customerManagedKey }: Asked): string[] {
  const given = customerManagedKey?.userAssignedIdentityId;
  return given === undefined ? [] : [given];
}

/** Who gets access by Privileged Identity Management. */
export function pimUsers({ portalUsers, roles }: Asked): readonly NamedPortalUser[] {
  return roles === "expect" ? [] : portalUsers.filter(({ access = "permanent" }) => access !== "permanent");
}

/** Roles that a deployment of these settings assigns in what it creates. */
export function rolesAssignedBy(request: Asked): Role[] {
  if (request.roles === "expect") return [];
  const everybody = {
    portalUsers: request.portalUsers.map(whoeverItIs),
    consumers: request.consumers.map(whoeverItIs),
  };
  const permanent = grants(everybody, request.destinations).filter(({ access }) => access === "permanent");
  const onStores = storing(request).length > 0 ? [blobDataContributor] : [];
  return distinct([...permanent.map(({ role }) => role), ...onStores]);
}

/** The roles are the same for everybody: it is not looked up who it is. */
function whoeverItIs<Who>(who: Who): Who & { objectId: undefined; principalType: "ServicePrincipal" } {
  return { ...who, objectId: undefined, principalType: "ServicePrincipal" };
}
