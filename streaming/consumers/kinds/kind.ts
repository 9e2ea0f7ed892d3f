import type { CloudAddresses } from "../../cloud/clouds.ts";

/** What a kind of client needs to read the hubs, and its configuration. */
export interface ConsumerKind {
  /** Its usual name. */
  readonly title: string;
  /** How it can sign in to Event Hubs, the default first. */
  readonly auth: readonly [Auth, ...Auth[]];
  /** Whether it stores its checkpoints in a container of a storage account. */
  readonly checkpoint: "none" | "possible" | "needed";
  /** It uses a key for the storage account, however it signs in to Event Hubs. */
  readonly storeKey?: true;
  /** With Entra ID it always looks for its checkpoint store in the public cloud. */
  readonly publicStore?: true;
  /** Its paths in the container are the same for all hubs. */
  readonly containerPerHub?: true;
  /** It uses the Kafka endpoint, which creates consumer groups on first use. */
  readonly kafka?: true;
  /** Its configuration: the text of each file, by name. Values to fill in are in angle brackets. */
  readonly configuration: (target: Target) => Readonly<Record<string, string>>;
}

/** A consumer and the hubs that it reads, as its configuration needs them. */
export interface Target {
  readonly consumerGroup: string;
  readonly auth: Auth;
  /** What a connection string of its rules opens: a hub, or all hubs of a namespace. */
  readonly listens: "hub" | "namespace" | undefined;
  readonly tenantId: string;
  readonly cloud: CloudAddresses;
  readonly hubs: readonly TargetHub[];
  /** Undefined: it stores its checkpoints elsewhere. */
  readonly checkpointStore: { readonly account: string; readonly blobEndpoint: string } | undefined;
}

export interface TargetHub {
  readonly name: string;
  /** Names of the tables whose events it gets. */
  readonly tables: readonly string[];
  readonly resourceId: string;
  /** Such as `name.servicebus.windows.net`. */
  readonly fullyQualifiedNamespace: string;
  /** The shared access rule that opens it; "" with Entra ID. */
  readonly rule: string;
  /** The container for the checkpoints; "" without a checkpoint store. */
  readonly container: string;
}

/** Ways to sign in to Event Hubs: with Entra ID and a role, or with a shared access key in a connection string. */
export const auths = ["entra", "sas"] as const;
export type Auth = (typeof auths)[number];
