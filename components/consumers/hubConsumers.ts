import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "../../streaming/planned.ts";
import type { EventHubDestination } from "../eventHubs/eventHubDestination.ts";
import { at } from "../outputs.ts";
import type { Principals } from "../roles/roleAssignments.ts";
import type { StackResourceGroup } from "../stackResourceGroup.ts";
import { type TagArgs, tagsFor } from "../tags.ts";
import { ConsumerAccess, type ReadableNamespace } from "./consumerAccess.ts";

/** A plan, and where its consumers' resources are created. */
interface HubConsumersArgs extends TagArgs {
  plan: Plan;
  location: pulumi.Input<string>;
}

/** Creates what consumers of a plan's hubs need beyond roles. */
export function createConsumerAccess(
  name: string,
  args: HubConsumersArgs,
  resourceGroup: StackResourceGroup,
  tenantId: pulumi.Output<string>,
  destinations: Readonly<Record<string, EventHubDestination>>,
  principals: Principals,
  options: pulumi.ComponentResourceOptions,
): ConsumerAccess[] {
  const { plan, location } = args;
  const namespaces = plan.namespaces.map(({ key, hubs, existing }): ReadableNamespace => {
    const { namespaceName, resourceId, fullyQualifiedNamespace, nodes, turns } = at(destinations, key);
    const hubNames = Object.fromEntries(
      hubs.map((hub) => [hub.name, nodes.hubs[hub.name]?.name ?? hub.name]),
    );
    const resourceGroupName = existing?.resourceGroupName ?? resourceGroup.name;
    const namespace = { key, resourceGroupName, namespaceName, resourceId, fullyQualifiedNamespace };
    return { ...namespace, hubs, hubNames, turns };
  });
  const withNeeds = plan.consumers.filter(({ hasNeeds }) => hasNeeds);
  return withNeeds.map(
    (consumer) =>
      new ConsumerAccess(
        `${name}-${consumer.provision.key}`,
        {
          consumer,
          principal: at(principals, consumer.storeGrant.principalKey),
          namespaces,
          tenantId,
          cloud: plan.cloud,
          // Without a store nothing is created in a group, so none is needed.
          resourceGroupName: consumer.provision.checkpoint ? resourceGroup.name : "",
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
