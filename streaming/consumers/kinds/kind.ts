import type { CloudAddresses } from "../../cloud/clouds.ts";

/** What a kind of client needs in order to read the hubs, and how it is told. */
export interface ConsumerKind {
  /** What people call it. */
  readonly title: string;
  /** How it can sign in to Event Hubs, the default first. */
  readonly auth: readonly [Auth, ...Auth[]];
  /** Whether it keeps its positions in a container of a storage account. */
  readonly checkpoint: "none" | "possible" | "needed";
  /** It opens the storage account with a key, however it signs in to Event Hubs. */
  readonly storeKey?: true;
  /** Signed in with Entra ID it looks for its checkpoint store in the public cloud, whatever the cloud is. */
  readonly publicStore?: true;
  /** Its paths in the container do not tell hubs apart. */
  readonly containerPerHub?: true;
  /** It comes through the Kafka endpoint, whose consumer groups come into being by themselves. */
  readonly kafka?: true;
  /** Its configuration: the text of each file by its name. What people have to put in stands in angle brackets. */
  readonly configuration: (target: Target) => Readonly<Record<string, string>>;
}

/** A consumer and the hubs that it reads, as a client is told about them. */
export interface Target {
  readonly consumerGroup: string;
  readonly auth: Auth;
  /** What a connection string of its rules opens: a hub, or all hubs of a namespace. */
  readonly listens: "hub" | "namespace" | undefined;
  readonly tenantId: string;
  readonly cloud: CloudAddresses;
  readonly hubs: readonly TargetHub[];
  /** Undefined: it keeps its positions elsewhere. */
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
  /** The container for the positions; "" without a checkpoint store. */
  readonly container: string;
}

/** How somebody signs in to Event Hubs: with Entra ID and a role, or with a shared access key in a connection string. */
export type Auth = "entra" | "sas";
