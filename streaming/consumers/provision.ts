import { readsFrom } from "../defender/destinations.ts";
import { consumerGroupNameRule, defaultConsumerGroup } from "../eventHubs/names.ts";
import { tiers, type Tier } from "../eventHubs/tiers.ts";
import type { NamedConsumer, SasScope } from "./consumer.ts";
import { consumerKinds } from "./kinds.ts";
import type { Auth } from "./kinds/kind.ts";

/** What a consumer of the hubs gets, from its settings and the defaults of its kind. */
export interface Provision {
  /** The consumer's name as a part of other names: at most 40 lower-case letters, digits and single hyphens. */
  readonly key: string;
  readonly auth: Auth;
  /** The consumer group: one on each hub, or for a Kafka client its `group.id`. */
  readonly consumerGroup: string;
  /** Whether that group must exist on each hub. Kafka's groups are created on first use. */
  readonly groupOnHubs: boolean;
  /** What its shared access rule gives access to; undefined: it has none. */
  readonly listens: SasScope | undefined;
  readonly checkpoint: false | CheckpointNeeds;
}

/** The requirements of a checkpoint store. */
export interface CheckpointNeeds {
  /** Ids of subnets to allow. */
  readonly virtualNetworkRules: readonly string[];
  /** Public addresses to allow. */
  readonly ipRules: readonly string[];
  /** Only those and a private endpoint have access; false: the store is open to all networks. */
  readonly closed: boolean;
  /** Whether the client uses an account key. */
  readonly sharedKey: boolean;
  /** Whether each hub needs its own container, because the client's paths are the same for all hubs. */
  readonly containerPerHub: boolean;
}

/**
 * What a consumer of the hubs gets. By default it reads through the group of its name in `consumerGroups`, otherwise through
 * `$Default`.
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

/** The consumer group with the consumer's name (case does not matter), otherwise `$Default`. */
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

/** Whether the stack creates something for this consumer, or gives it a configuration, beyond roles and addresses. */
export function hasNeeds({ kind, auth, checkpointStore }: NamedConsumer): boolean {
  return kind !== undefined || auth === "sas" || (checkpointStore !== undefined && checkpointStore !== false);
}

/** The consumer groups of each hub: those of `consumerGroups`, then those of the consumers. */
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

/** The bootstrap server for Kafka clients, such as `name.servicebus.windows.net:9093`; "" if the tier has no Kafka endpoint. */
export function kafkaBootstrapServer(fullyQualifiedNamespace: string, tier: Tier): string {
  return tiers[tier].kafka ? `${fullyQualifiedNamespace}:9093` : "";
}

/** The shared access rule of a consumer; such names have at most 50 characters (resource-name-rules.md, MicrosoftDocs/azure-docs). */
export function listenRuleOf({ key }: Pick<Provision, "key">): string {
  return `listen-${key}`;
}
