import * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import type { ProviderResource } from "@pulumi/pulumi";
import { normalizeLocation } from "../../streaming/cloud/regions.ts";
import type { LiveHub, LiveNamespace } from "../../streaming/eventHubs/liveNamespace.ts";
import { armTypes, parseIdOf } from "../../streaming/cloud/resourceId.ts";
import type { Tier } from "../../streaming/eventHubs/tiers.ts";
import { unlessMissing } from "../found.ts";

/** Reads a namespace and its hubs; undefined when it does not exist. */
export async function readNamespace(
  resourceId: string,
  hubNames: readonly string[],
  provider?: ProviderResource,
): Promise<LiveNamespace | undefined> {
  const { resourceGroupName, name: namespaceName } = parseIdOf(armTypes.namespace, resourceId);
  const options = provider ? { provider } : {};
  const namespace = await unlessMissing(() =>
    eventhub.getNamespace({ resourceGroupName, namespaceName }, options),
  );
  if (!namespace) return undefined;
  const hubs = await Promise.all(
    hubNames.map(async (eventHubName): Promise<[string, LiveHub][]> => {
      const hub = await unlessMissing(() =>
        eventhub.getEventHub({ resourceGroupName, namespaceName, eventHubName }, options),
      );
      if (!hub) return [];
      const hours = hub.retentionDescription?.retentionTimeInHours ?? (hub.messageRetentionInDays ?? 0) * 24;
      return [[eventHubName, { partitionCount: hub.partitionCount ?? 0, retentionHours: hours }]];
    }),
  );
  return {
    resourceId,
    tier: tierOf(namespace),
    clusterId: namespace.clusterArmId,
    location: normalizeLocation(namespace.location ?? ""),
    customerManagedKey: Boolean(namespace.encryption?.keyVaultProperties?.length),
    units: namespace.sku?.capacity ?? 1,
    hubs: Object.fromEntries(hubs.flat()),
  };
}

/** Dedicated is no SKU, but a Standard namespace on a cluster. */
export function tierOf({ clusterArmId, sku }: eventhub.GetNamespaceResult): Tier {
  return clusterArmId ? "Dedicated" : ((sku?.name ?? "Standard") as Tier);
}
