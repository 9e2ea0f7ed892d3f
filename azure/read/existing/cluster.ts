import { getCluster } from "@pulumi/azure-native/eventhub/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { Cloud } from "../../../streaming/cloud/clouds.ts";
import type { ExistingCluster, Found } from "../../../streaming/existing/facts.ts";
import { partsOf } from "../../../streaming/existing/ids.ts";
import { normaliseLocation } from "../../../streaming/cloud/regions.ts";
import { eventHubClient } from "./eventHubClient.ts";
import { found } from "./found.ts";

export function readClusterFacts(
  resourceId: string,
  cloud: Cloud | undefined,
  options: InvokeOptions,
): Promise<Found<ExistingCluster>> {
  const { subscriptionId = "", resourceGroupName = "", name = "" } = partsOf(resourceId) ?? {};
  return found(async () => {
    const cluster = await getCluster({ resourceGroupName, clusterName: name }, options);
    const client = await eventHubClient(subscriptionId, cloud);
    const { value = [] } = await client.clusters.listNamespaces(resourceGroupName, name);
    return {
      resourceId: cluster.id,
      location: normaliseLocation(cluster.location ?? ""),
      units: cluster.sku?.capacity ?? 1,
      namespaces: value.flatMap(({ id }) => id ?? []),
    };
  });
}
