import { readsFrom, type Destination } from "../defender/destinations.ts";
import type { KindName } from "./kinds.ts";
import type { Auth } from "./kinds/kind.ts";

/** What every consumer has, however it is identified. */
export interface NamedConsumer extends ConsumerNeeds {
  /** Its name here and in the outputs. */
  readonly name: string;
  /** The destinations it reads. It gets roles on these only. Default: all. */
  readonly reads?: readonly Destination[] | undefined;
}

/** Whether a shared access rule is for one hub or for a whole namespace. */
export const sasScopes = ["hub", "namespace"] as const;
export type SasScope = (typeof sasScopes)[number];

/** What a consumer needs beyond its roles. */
interface ConsumerNeeds {
  /** The client. It sets the defaults, and the outputs get a configuration for it. Default: none. */
  readonly kind?: KindName | undefined;
  /** How it signs in. Default: `entra`, or what the kind supports. */
  readonly auth?: Auth | undefined;
  /** Whether each hub gets a rule for it, or each namespace. Only with `sas`. Default: `hub`. */
  readonly sasScope?: SasScope | undefined;
  /** The consumer group it reads through. Default: with a kind, a group named after it; otherwise the one of its name in `consumerGroups`, or `$Default`. */
  readonly consumerGroup?: string | undefined;
  /** A storage account for its checkpoints. Default: if its kind needs one. */
  readonly checkpointStore?: boolean | CheckpointStoreOptions | undefined;
  /** Public IPv4 addresses and ranges that it connects from. Default: none. */
  readonly allowedIps?: readonly string[] | undefined;
  /** The id of a key vault that gets its connection strings as secrets. Only with `sas`. Default: none. */
  readonly deliverKeyTo?: string | undefined;
  /** Whether its connection strings become a secret output. Only with `sas`. Default: false. */
  readonly revealKey?: boolean | undefined;
}

/** Ways into a checkpoint store besides the consumer's `allowedIps`. */
interface CheckpointStoreOptions {
  /** Ids of subnets with the service endpoint `Microsoft.Storage`. Default: none. */
  readonly virtualNetworkRules?: readonly string[] | undefined;
  /** The consumer connects through a private endpoint that this stack does not create. Default: false. */
  readonly privateEndpoint?: boolean | undefined;
}

/** Addresses of the consumers that read a destination. Its firewall must let them in. */
export function addressesOfReaders(consumers: readonly NamedConsumer[], kind: Destination): string[] {
  return consumers
    .filter((consumer) => readsFrom(consumer, kind))
    .flatMap(({ allowedIps }) => allowedIps ?? []);
}
