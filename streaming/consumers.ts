import { defaultConsumerGroup } from "./names.ts";
import { tiers, type Tier } from "./tiers.ts";

/** The consumer group a consumer reads through: the one called like it (letter case ignored), else `$Default`. */
export function consumerGroupFor(consumerName: string, consumerGroups: readonly string[]): string {
  const wanted = consumerName.toLowerCase();
  return consumerGroups.find((group) => group.toLowerCase() === wanted) ?? defaultConsumerGroup;
}

/** Where a Kafka client starts, e.g. `name.servicebus.windows.net:9093`; "" where the tier has no Kafka endpoint. */
export function kafkaBootstrapServer(fullyQualifiedNamespace: string, tier: Tier): string {
  return tiers[tier].kafka ? `${fullyQualifiedNamespace}:9093` : "";
}
