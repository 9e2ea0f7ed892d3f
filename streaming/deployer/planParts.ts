import type { Plan, PlannedConsumer, PlannedGrant } from "../planned.ts";
import type { SasScope } from "../consumers/consumer.ts";
import { present } from "../wording/present.ts";
import { distinct, type Role } from "../roles/roles.ts";

/** What the resource providers and the deployer's rights depend on. */
export type PlanParts = Omit<Plan, "providers">;

/** What a stack creates, or uses as it exists. */
export interface CreatedOrExisting {
  readonly isCreated: (plan: PlanParts) => boolean;
  /** What those that exist are called. */
  readonly called: string;
  /** The ids of those that exist. */
  readonly existingIds: (plan: PlanParts) => readonly string[];
}

export const namespaces: CreatedOrExisting = {
  isCreated: ({ named }) => named.newNamespaces !== false,
  called: "existing namespaces",
  existingIds: ({ named }) => named.namespaceIds,
};

export const account: CreatedOrExisting = {
  isCreated: ({ accounts }) => accounts.some(({ existing }) => existing === undefined),
  called: "the existing account",
  existingIds: ({ accounts }) => accounts.flatMap(({ existing }) => existing?.resourceId ?? []),
};

/** Whether the stack creates something to assign roles at. */
export const createsScopes = (plan: PlanParts) =>
  namespaces.isCreated(plan) || account.isCreated(plan) || storesOf(plan).length > 0;

/** The ids of existing namespaces and the existing account. */
export const existingIn = (plan: PlanParts) => [
  ...namespaces.existingIds(plan),
  ...account.existingIds(plan),
];

export function givenZones({ privateEndpoints }: PlanParts): string[] {
  const zones = privateEndpoints?.dnsZones;
  return typeof zones === "object" ? Object.values(present(zones)) : [];
}

export const clustersOf = ({ named }: PlanParts) => (named.clusterId === undefined ? [] : [named.clusterId]);

/** Consumers of the hubs with a shared access key. */
export function listening({ consumers }: PlanParts, scope?: SasScope): PlannedConsumer[] {
  return consumers.filter(
    ({ provision: { listens } }) => listens !== undefined && listens === (scope ?? listens),
  );
}

/** Key vaults that connection strings are delivered to. */
export function vaultsOf(plan: PlanParts): string[] {
  return [...new Set(listening(plan).flatMap(({ deliverKeyTo }) => deliverKeyTo ?? []))];
}

/** The requirements of the checkpoint stores. */
export function storesOf({ consumers }: PlanParts) {
  return consumers.flatMap(({ provision: { checkpoint } }) => (checkpoint === false ? [] : [checkpoint]));
}

/** Subnets that the firewalls let in. */
export function subnetsOf(plan: PlanParts): string[] {
  const { newNamespaces } = plan.named;
  const ofHubs = newNamespaces ? newNamespaces.subnetIds : [];
  const firewalls = [...plan.accounts.map(({ options }) => options), ...storesOf(plan)];
  return [...new Set([...ofHubs, ...firewalls.flatMap(({ virtualNetworkRules }) => virtualNetworkRules)])];
}

export const createsIdentity = ({ key }: PlanParts) => key?.createsIdentity === true;

export const givenIdentities = ({ key }: PlanParts) =>
  key?.userAssignedIdentityId === undefined ? [] : [key.userAssignedIdentityId];

export const keyVaultOf = ({ key }: PlanParts) => (key ? [key.keyVaultId] : []);

/** What the deployment itself assigns or requests. */
export function managedGrants({ scopes, consumers }: PlanParts): PlannedGrant[] {
  const onStores = consumers.filter(({ provision }) => provision.checkpoint !== false);
  const all = [...scopes.flatMap(({ grants }) => grants), ...onStores.map(({ storeGrant }) => storeGrant)];
  return all.filter(({ managed }) => managed);
}

/** Roles that the deployment assigns. */
export function rolesAssignedBy(plan: PlanParts): Role[] {
  const permanent = managedGrants(plan).filter(({ access }) => access === "permanent");
  return distinct(permanent.map(({ role }) => role));
}
