import { readsFrom } from "../defender/destinations.ts";
import { consumerGroupNameRule, defaultConsumerGroup } from "../eventHubs/names.ts";
import { tiers, type Tier } from "../eventHubs/tiers.ts";
import type { NamedConsumer, SasScope } from "./consumer.ts";
import { consumerKinds } from "./kinds.ts";
import type { Auth } from "./kinds/kind.ts";

/** What a consumer of the hubs gets, once its own wishes and the preset of its kind are put together. */
export interface Provision {
  /** The consumer's name as a part of other names: small letters, digits and single hyphens; at most 40. */
  readonly key: string;
  readonly auth: Auth;
  /** What it reads through: on each hub, or for a Kafka client its `group.id`. */
  readonly consumerGroup: string;
  /** Whether that group has to be on each hub: Kafka's groups come into being by themselves. */
  readonly groupOnHubs: boolean;
  /** What its shared access rule lets it read; undefined: it has none. */
  readonly listens: SasScope | undefined;
  readonly checkpoint: false | CheckpointNeeds;
}

/** What a checkpoint store has to be. */
export interface CheckpointNeeds {
  /** Ids of subnets that may come in. */
  readonly virtualNetworkRules: readonly string[];
  /** Public addresses that may come in. */
  readonly ipRules: readonly string[];
  /** Nobody but those and a private endpoint comes in; false: the store is open to all networks. */
  readonly closed: boolean;
  /** Whether the client opens it with an account key. */
  readonly sharedKey: boolean;
  /** Whether each hub has a container of its own, because the client's paths do not tell hubs apart. */
  readonly containerPerHub: boolean;
}

/**
 * What a consumer of the hubs gets. One that asks for nothing gets what it always had: the group of its name among
 * `consumerGroups`, else `$Default`.
 */
export function provisionOf(consumer: NamedConsumer, consumerGroups: readonly string[]): Provision {
  const { name, allowedIps = [], sasScope = "hub" } = consumer;
  const kind = consumer.kind && consumerKinds[consumer.kind];
  const auth = consumer.auth ?? kind?.auth[0] ?? "entra";
  const asked = consumer.checkpointStore ?? kind?.checkpoint === "needed";
  const { virtualNetworkRules = [], privateEndpoint = false } = typeof asked === "object" ? asked : {};
  return {
    key: shortName(name),
    auth,
    consumerGroup: groupOf(consumer, consumerGroups),
    groupOnHubs: kind?.kafka !== true,
    listens: auth === "sas" ? sasScope : undefined,
    checkpoint: asked !== false && {
      virtualNetworkRules,
      ipRules: allowedIps,
      closed: privateEndpoint || virtualNetworkRules.length + allowedIps.length > 0,
      sharedKey: auth === "sas" || kind?.storeKey === true,
      containerPerHub: kind?.containerPerHub ?? false,
    },
  };
}

function groupOf({ name, kind, consumerGroup }: NamedConsumer, consumerGroups: readonly string[]): string {
  if (consumerGroup !== undefined) return consumerGroup;
  const there = consumerGroupFor(name, consumerGroups);
  if (kind === undefined || there !== defaultConsumerGroup) return there;
  return consumerGroupNameRule.pattern.test(name) ? name : shortName(name);
}

/** The consumer group a consumer reads through: the one called like it (letter case ignored), else `$Default`. */
export function consumerGroupFor(consumerName: string, consumerGroups: readonly string[]): string {
  const wanted = consumerName.toLowerCase();
  return consumerGroups.find((group) => group.toLowerCase() === wanted) ?? defaultConsumerGroup;
}

/** `SIEM (east)` → `siem-east`; "" where the name has neither a letter from a to z nor a digit. */
export function shortName(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[̀-ͯ]/g, "")
    .split(/[^a-z0-9]+/);
  return words.filter(Boolean).join("-").slice(0, 40).replace(/-$/, "");
}

/** Whether something is made for this consumer or told to it beyond roles and addresses. */
export function hasNeeds({ kind, auth, checkpointStore }: NamedConsumer): boolean {
  return kind !== undefined || auth === "sas" || (checkpointStore !== undefined && checkpointStore !== false);
}

/** Whether a consumer keeps its positions in the hubs in a storage account of the stack. */
export function hasCheckpointStore(consumer: NamedConsumer): boolean {
  return (
    readsFrom(consumer, "eventHub") && hasNeeds(consumer) && provisionOf(consumer, []).checkpoint !== false
  );
}

/** The consumer groups of each hub: those that are asked for by name, then those of the consumers. */
export function consumerGroupsOf(
  consumers: readonly NamedConsumer[],
  consumerGroups: readonly string[],
): string[] {
  const groups = [...consumerGroups];
  for (const consumer of consumers.filter((one) => readsFrom(one, "eventHub"))) {
    const { consumerGroup, groupOnHubs } = provisionOf(consumer, consumerGroups);
    const isThere = [defaultConsumerGroup, ...groups].some(
      (group) => group.toLowerCase() === consumerGroup.toLowerCase(),
    );
    if (groupOnHubs && !isThere) groups.push(consumerGroup);
  }
  return groups;
}

/** Where a Kafka client starts, e.g. `name.servicebus.windows.net:9093`; "" where the tier has no Kafka endpoint. */
export function kafkaBootstrapServer(fullyQualifiedNamespace: string, tier: Tier): string {
  return tiers[tier].kafka ? `${fullyQualifiedNamespace}:9093` : "";
}

/** The shared access rule of a consumer; such names have at most 50 characters (resource-name-rules.md, MicrosoftDocs/azure-docs). */
export function listenRuleOf({ key }: Pick<Provision, "key">): string {
  return `listen-${key}`;
}
