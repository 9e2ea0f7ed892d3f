import type { NamedConsumer } from "../consumers/consumer.ts";
import type { ConsumerApplication } from "./application.ts";
import type { Consumer, NamedPortalUser, PortalUser, PrincipalType } from "./principals.ts";

/** A GUID, as Entra ID writes object ids and client ids. */
export const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const placeholders = "ffffffff-ffff-ffff-ffff-";

/** Stands in a request for an object id that only the deployment will know. Entra ID has no such object ids. */
export const placeholderId = (index: number) => `${placeholders}${String(index).padStart(12, "0")}`;

export const isPlaceholder = (objectId: string) => objectId.startsWith(placeholders);

/** Identifies a portal user: exactly one of `objectId`, `userPrincipalName` and `groupName`. */
export interface PortalUserIdentity {
  /** The object id of the user or group, a GUID. */
  readonly objectId?: string | undefined;
  /** The name a person signs in with, such as `alex@contoso.com`. It is looked up in Entra ID. */
  readonly userPrincipalName?: string | undefined;
  /** A group's display name, which need not be unique in the tenant. It is looked up in Entra ID. */
  readonly groupName?: string | undefined;
  /** Required with `objectId`. The other keys imply it. */
  readonly principalType?: PrincipalType | undefined;
}

/** Identifies a consumer: exactly one of `objectId`, `applicationId`, `managedIdentityId` and `application`. */
export interface ConsumerIdentity {
  /** The object id of the enterprise application (not of the app registration), a GUID. */
  readonly objectId?: string | undefined;
  /** An application's client id. Its service principal is looked up in Entra ID. */
  readonly applicationId?: string | undefined;
  /** The ARM id of a user-assigned identity. It is looked up in Azure. */
  readonly managedIdentityId?: string | undefined;
  /** An application that the stack creates. */
  readonly application?: ConsumerApplication | undefined;
  /** Required with `objectId`. The other keys imply it. */
  readonly principalType?: PrincipalType | undefined;
}

/** A portal user or consumer before the object id is known. */
export type AskedPortalUser = NamedPortalUser & PortalUserIdentity;
export type AskedConsumer = NamedConsumer & ConsumerIdentity;

/** A consumer whose application the stack creates; the owners by their object ids. */
export interface NewConsumer extends NamedConsumer {
  readonly application: ConsumerApplication;
}

/** All portal users and consumers of a request with their object ids, in the same order. */
export interface Principals {
  readonly portalUsers: readonly PortalUser[];
  readonly consumers: readonly (Consumer | NewConsumer)[];
}

/** A key that identifies a principal instead of the object id. */
export type Way = Exclude<keyof (PortalUserIdentity & ConsumerIdentity), "objectId" | "principalType">;

/** The type of principal that each of these keys identifies. */
export const impliedType: Readonly<Record<Way, PrincipalType>> = {
  userPrincipalName: "User",
  groupName: "Group",
  applicationId: "ServicePrincipal",
  managedIdentityId: "ServicePrincipal",
  application: "ServicePrincipal",
};
