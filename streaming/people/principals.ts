import type { NamedConsumer } from "../consumers/consumer.ts";
import type { Access } from "./access.ts";

export type PrincipalType = "User" | "Group" | "ServicePrincipal";

/**
 * A person, group or application in Entra ID.
 *
 * @typeParam Id `string`; in a deployment also what will be one, where the application is made in the same.
 */
export interface Principal<Id = string> {
  /** What it is called here and in the outputs. */
  readonly name: string;
  /** Its object id, a GUID (for an application: of the enterprise application, not of the app registration). */
  readonly objectId: Id;
  readonly principalType: PrincipalType;
}

/** A portal user, whoever it is. */
export interface NamedPortalUser {
  /** What it is called here and in the outputs. */
  readonly name: string;
  /** How it has its role. Default: `permanent`. */
  readonly access?: Access | undefined;
}

/** Somebody who saves the export settings in the Defender portal. */
export interface PortalUser<Id = string> extends Principal<Id>, NamedPortalUser {}

/** An application that reads the events. */
export interface Consumer<Id = string> extends Principal<Id>, NamedConsumer {}
