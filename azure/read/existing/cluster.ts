import { getCluster } from "@pulumi/azure-native/eventhub/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { ExistingCluster } from "../../../streaming/existing/facts.ts";
import type { Found } from "../../../streaming/cloud/found.ts";
import { parseId } from "../../../streaming/cloud/resourceId.ts";
import { normalizeLocation } from "../../../streaming/cloud/regions.ts";
import { apiVersions } from "../../apiVersions.ts";
import type { Arm } from "../../arm.ts";
import { found } from "../../found.ts";

export function readClusterFacts(
  resourceId: string,
  arm: Arm,
  options: InvokeOptions,
): Promise<Found<ExistingCluster>> {
  const { resourceGroupName = "", name = "" } = parseId(resourceId) ?? {};
  return found(async () => {
    const cluster = await getCluster({ resourceGroupName, clusterName: name }, options);
    const namespaces = await arm.list<{ id: string }>(`${resourceId}/namespaces`, apiVersions.eventHubLists);
    return {
      resourceId: cluster.id,
      location: normalizeLocation(cluster.location ?? ""),
      units: cluster.sku?.capacity ?? 1,
      namespaces: namespaces.map(({ id }) => id),
    };
  });
}
