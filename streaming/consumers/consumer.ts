import { readsFrom, type DestinationKind } from "../defender/destinations.ts";
import type { KindName } from "./kinds.ts";
import type { Auth } from "./kinds/kind.ts";

/** A consumer, whoever it is. */
export interface NamedConsumer extends ConsumerNeeds {
  /** What it is called here and in the outputs. */
  readonly name: string;
  /** Which of the destinations it reads, and gets roles on. Default: all of them. */
  readonly reads?: readonly DestinationKind[] | undefined;
}

/** What a consumer needs beyond its roles. */
export interface ConsumerNeeds {
  /** What client it is: that decides the defaults, and a configuration for it is rendered. Default: none is known. */
  readonly kind?: KindName | undefined;
  /** Default: `entra`, or the first way that the kind knows. */
  readonly auth?: Auth | undefined;
  /** Whether its key opens single hubs or a whole namespace; with `sas` only. Default: `hub`. */
  readonly sasScope?: "hub" | "namespace" | undefined;
  /** What it reads through. Default: with a kind a group of its name, else the one of its name among `consumerGroups` or `$Default`. */
  readonly consumerGroup?: string | undefined;
  /** A storage account of its own for its positions. Default: as its kind needs, else none. */
  readonly checkpointStore?: boolean | CheckpointStoreOptions | undefined;
  /** Public IPv4 addresses and ranges that it comes from. Default: none are known. */
  readonly allowedIps?: readonly string[] | undefined;
  /** The id of a key vault that gets its connection strings as secrets; with `sas` only. Default: none. */
  readonly deliverKeyTo?: string | undefined;
  /** Whether its connection strings become a secret output; with `sas` only. Default: false. */
  readonly revealKey?: boolean | undefined;
}

/** Who else comes into a checkpoint store beside the consumer's `allowedIps`. */
export interface CheckpointStoreOptions {
  /** Ids of subnets with the service endpoint `Microsoft.Storage`. Default: none. */
  readonly virtualNetworkRules?: readonly string[] | undefined;
  /** The consumer comes through a private endpoint that is made elsewhere. Default: false. */
  readonly privateEndpoint?: boolean | undefined;
}

/** Addresses of those who read a destination: they have to pass its firewall. */
export function addressesOfReaders(consumers: readonly NamedConsumer[], kind: DestinationKind): string[] {
  return consumers
    .filter((consumer) => readsFrom(consumer, kind))
    .flatMap(({ allowedIps }) => allowedIps ?? []);
}
