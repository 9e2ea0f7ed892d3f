import type { NamedConsumer } from "../consumers/consumer.ts";
import type { ConsumerApplication } from "./application.ts";
import type { Consumer, NamedPortalUser, PortalUser, PrincipalType } from "./principals.ts";

/** Who a portal user is: exactly one of `objectId`, `userPrincipalName` and `groupName`. */
export interface PortalUserIdentity {
  /** Of the user or group, a GUID. */
  readonly objectId?: string | undefined;
  /** What a person signs in with, such as `alex@contoso.com`. Looked up in Entra ID. */
  readonly userPrincipalName?: string | undefined;
  /** A group's display name, which is unique in no tenant by itself. Looked up in Entra ID. */
  readonly groupName?: string | undefined;
  /** Required with `objectId`. The other ways imply it. */
  readonly principalType?: PrincipalType | undefined;
}

/** Who a consumer is: exactly one of `objectId`, `applicationId`, `managedIdentityId` and `application`. */
export interface ConsumerIdentity {
  /** Of the enterprise application (not of the app registration), a GUID. */
  readonly objectId?: string | undefined;
  /** An application's client id. Its service principal is looked up in Entra ID. */
  readonly applicationId?: string | undefined;
  /** The ARM id of a user-assigned identity, which is read. */
  readonly managedIdentityId?: string | undefined;
  /** An application that is made here. */
  readonly application?: ConsumerApplication | undefined;
  /** Required with `objectId`. The other ways imply it. */
  readonly principalType?: PrincipalType | undefined;
}

/** Somebody before the object id is known. */
export type AskedPortalUser = NamedPortalUser & PortalUserIdentity;
export type AskedConsumer = NamedConsumer & ConsumerIdentity;

/** A consumer whose application is to be made; its owners by their object ids. */
export interface NewConsumer extends NamedConsumer {
  readonly application: ConsumerApplication;
}

/** Everybody of a request with an object id, in the same order. */
export interface Principals {
  readonly portalUsers: readonly PortalUser[];
  readonly consumers: readonly (Consumer | NewConsumer)[];
}

/** A way to say who it is beside the object id. */
export type Way = Exclude<keyof (PortalUserIdentity & ConsumerIdentity), "objectId" | "principalType">;

/** What is found in each of these ways. */
export const impliedType: Readonly<Record<Way, PrincipalType>> = {
  userPrincipalName: "User",
  groupName: "Group",
  applicationId: "ServicePrincipal",
  managedIdentityId: "ServicePrincipal",
  application: "ServicePrincipal",
};
