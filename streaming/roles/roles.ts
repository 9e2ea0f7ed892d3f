import { v5 } from "uuid";
import type { NamedConsumer } from "../consumers/consumer.ts";
import { provisionOf } from "../consumers/provision.ts";
import { defaultDestinations, readsFrom, type Destination } from "../defender/destinations.ts";
import type { Access } from "../people/access.ts";
import { isPlaceholder } from "../people/identities.ts";
import type { NamedPortalUser } from "../people/principals.ts";

/** An Azure built-in role. */
export interface Role {
  /** Display name. */
  readonly name: string;
  /** GUID of the role definition (built-in-roles.md, MicrosoftDocs/azure-docs). */
  readonly id: string;
}

export const builtInRole = (name: string, id: string): Role => ({ name, id });

export const contributor = builtInRole("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c");
export const reader = builtInRole("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7");
export const dataReceiver = builtInRole(
  "Azure Event Hubs Data Receiver",
  "a638d3c7-ab3a-418d-83e6-5f17a39d4fde",
);
const blobDataReader = builtInRole("Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");

export const blobDataContributor = builtInRole(
  "Storage Blob Data Contributor",
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
);
/** Wraps and unwraps with the keys of a vault: what a service's identity needs to encrypt with one. */
export const cryptoServiceEncryptionUser = builtInRole(
  "Key Vault Crypto Service Encryption User",
  "e147488a-f6f5-4113-8e2d-b22465e65bf6",
);

/**
 * Who needs what at the destination or above (configure-event-hub.md and configure-storage.md, MicrosoftDocs/defender-docs): the
 * portal user saves the export setting, the consumer finds the hubs or containers and reads them. Nothing is granted to an
 * application of Microsoft's.
 */
export const rolesFor: Readonly<
  Record<Destination, Readonly<Record<"portalUser" | "consumer", readonly Role[]>>>
> = {
  eventHub: { portalUser: [contributor], consumer: [reader, dataReceiver] },
  storage: { portalUser: [contributor], consumer: [blobDataReader] },
};

interface Identified {
  readonly name: string;
  readonly objectId?: unknown;
}

/** Those who need roles. The object id is absent, or not text, if only the deployment will know it. */
export interface People {
  readonly portalUsers: readonly (NamedPortalUser & Identified)[];
  readonly consumers: readonly (NamedConsumer & Identified)[];
}

/** One role for one principal; where it holds is the caller's to say. */
export interface Grant {
  readonly role: Role;
  /** In which list of people the principal is. */
  readonly to: keyof People;
  /** `principalKeyOf` the principal. */
  readonly principalKey: string;
  readonly access: Access;
}

/**
 * All grants that a request's people and applications need at a scope with such destinations in it: a set, in a stable order.
 *
 * @param kinds default: `eventHub` alone
 */
export function grants(
  { portalUsers, consumers }: People,
  kinds: readonly Destination[] = defaultDestinations,
): Grant[] {
  const all = kinds.flatMap((kind) => {
    const { portalUser, consumer } = rolesFor[kind];
    const readers = consumers.filter((one) => readsWithRole(one, kind));
    return [
      ...portalUsers.flatMap((one) =>
        portalUser.map((role) => grantTo("portalUsers", one, role, one.access)),
      ),
      ...readers.flatMap((one) => consumer.map((role) => grantTo("consumers", one, role))),
    ];
  });
  const set = new Map(all.map((one) => [`${one.principalKey}|${one.role.id}`, one]));
  return [...set.values()];
}

/** A consumer with a shared access key reads the hubs without a role. */
function readsWithRole(consumer: NamedConsumer, kind: Destination): boolean {
  return readsFrom(consumer, kind) && !(kind === "eventHub" && provisionOf(consumer, []).auth === "sas");
}

export function grantTo(to: keyof People, one: Identified, role: Role, access: Access = "permanent"): Grant {
  return { role, to, principalKey: principalKeyOf(one), access };
}

/** A principal among others, and part of logical names: its object id in lower case if that is known, otherwise its name. */
export function principalKeyOf({ name, objectId }: Identified): string {
  return typeof objectId === "string" && !isPlaceholder(objectId) ? objectId.toLowerCase() : name;
}

/** The full id of a built-in role's definition, as role assignments name it. */
export function roleDefinitionId(subscriptionId: string, role: Role): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`;
}

/** The GUID at the end of a role definition's id, in lower case. */
export function roleIdIn(roleDefinitionId: string): string {
  return roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
}

/** Any fixed UUID does; changing it would rename every assignment. */
const assignments = "7d1d2c9e-5b8a-4f0e-9c63-2a4f6b1e8d70";

/** The name of a role assignment: a v5 UUID of the three, so that the same grant has the same name on every run. Letter case is ignored. */
export function roleAssignmentName(scope: string, principalId: string, roleId: string): string {
  return v5([scope, principalId, roleId].join("|").toLowerCase(), assignments);
}

export function distinct(roles: readonly Role[]): Role[] {
  return [...new Map(roles.map((role) => [role.id, role])).values()];
}
