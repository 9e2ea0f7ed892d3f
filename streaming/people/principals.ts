import type { NamedConsumer } from "../consumers/consumer.ts";
import type { Access } from "./access.ts";

export const principalTypes = ["User", "Group", "ServicePrincipal"] as const;
export type PrincipalType = (typeof principalTypes)[number];

/**
 * A person, group or application in Entra ID.
 *
 * @typeParam Id `string`, or an output of it when the same deployment creates the application.
 */
export interface Principal<Id = string> {
  /** Its name here and in the outputs. */
  readonly name: string;
  /** Its object id, a GUID. For an application: that of the enterprise application, not of the app registration. */
  readonly objectId: Id;
  readonly principalType: PrincipalType;
}

/** What every portal user has, however it is identified. */
export interface NamedPortalUser {
  /** Its name here and in the outputs. */
  readonly name: string;
  /** How it gets its role. Default: `permanent`. */
  readonly access?: Access | undefined;
}

/** Someone who saves the export settings in the Defender portal. */
export interface PortalUser<Id = string> extends Principal<Id>, NamedPortalUser {}

/** An application that reads the events. */
export interface Consumer<Id = string> extends Principal<Id>, NamedConsumer {}
