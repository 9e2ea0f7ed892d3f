import * as pulumi from "@pulumi/pulumi";
import { hasNeeds, provisionOf } from "../../streaming/consumers/provision.ts";
import { readsFrom } from "../../streaming/defender/destinations.ts";
import type { Consumer } from "../../streaming/people/principals.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { EventHubDestination } from "../eventHubs/eventHubDestination.ts";
import type { StackResourceGroup } from "../stackResourceGroup.ts";
import { type TagArgs, tagsFor } from "../tags.ts";
import { ConsumerAccess, type ReadableNamespace } from "./consumerAccess.ts";

/** A plan, and who reads its hubs. */
interface HubConsumersArgs extends TagArgs {
  plan: Plan;
  consumers?: readonly Consumer<pulumi.Input<string>>[];
  location: pulumi.Input<string>;
}

/** The consumers of a plan's hubs that need more than roles. */
function consumersWithNeeds({ plan, consumers = [] }: HubConsumersArgs): Consumer<pulumi.Input<string>>[] {
  if (plan.namespaces.length === 0) return [];
  return consumers.filter((consumer) => readsFrom(consumer, "eventHub") && hasNeeds(consumer));
}

/** Creates what they need. */
export function createConsumerAccess(
  name: string,
  args: HubConsumersArgs,
  resourceGroup: StackResourceGroup,
  tenantId: pulumi.Output<string>,
  destinations: Readonly<Record<string, EventHubDestination>>,
  options: pulumi.ComponentResourceOptions,
): ConsumerAccess[] {
  const { plan, location } = args;
  const { cloud, consumerGroups } = plan;
  const namespaces = plan.namespaces.flatMap(({ key, hubs, existing }): ReadableNamespace[] => {
    const destination = destinations[key];
    if (!destination) return [];
    const { namespaceName, resourceId, fullyQualifiedNamespace, nodes } = destination;
    const hubNames = Object.fromEntries(
      hubs.map((hub) => [hub.name, nodes.hubs[hub.name]?.name ?? hub.name]),
    );
    const resourceGroupName = existing?.resourceGroupName ?? resourceGroup.name;
    return [{ key, resourceGroupName, namespaceName, resourceId, fullyQualifiedNamespace, hubs, hubNames }];
  });
  return consumersWithNeeds(args).map(
    (consumer) =>
      new ConsumerAccess(
        `${name}-${provisionOf(consumer, consumerGroups).key}`,
        {
          consumer,
          consumerGroups,
          namespaces,
          tenantId,
          cloud,
          // Without a store nothing is created in a group, so none is needed.
          resourceGroupName: provisionOf(consumer, consumerGroups).checkpoint ? resourceGroup.name : "",
          location,
          tags: tagsFor(args, "checkpointStore"),
        },
        options,
      ),
  );
}

/** Connection strings by consumer and by what they open; `{}` when nobody asked to see some. */
export function keysByConsumer(
  consumers: readonly ConsumerAccess[],
): pulumi.Output<Record<string, Record<string, string>>> {
  const revealed = consumers.flatMap(({ consumerName, keys }) => (keys ? [{ consumerName, keys }] : []));
  return pulumi.output(Object.fromEntries(revealed.map(({ consumerName, keys }) => [consumerName, keys])));
}
