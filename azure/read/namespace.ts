import * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import type { ProviderResource } from "@pulumi/pulumi";
import { normalizeLocation } from "../../streaming/cloud/regions.ts";
import type { LiveNamespace } from "../../streaming/eventHubs/liveNamespace.ts";
import type { Tier } from "../../streaming/eventHubs/tiers.ts";
import type { Spot } from "../../streaming/standing.ts";
import type { Arm } from "../arm.ts";
import { unlessMissing } from "../found.ts";
import { readHubs } from "./hubs.ts";

/** Reads a namespace and its hubs; undefined when it does not exist. @param ownHubs the names of the stack's */
export async function readNamespace(
  { resourceGroupName, name: namespaceName }: Spot,
  ownHubs: readonly string[],
  arm: Arm,
  provider?: ProviderResource,
): Promise<LiveNamespace | undefined> {
  const options = provider ? { provider } : {};
  const namespace = await unlessMissing(() =>
    eventhub.getNamespace({ resourceGroupName, namespaceName }, options),
  );
  if (!namespace) return undefined;
  const hubs = await readHubs(arm, namespace.id);
  const own = new Set(ownHubs.map((hub) => hub.toLowerCase()));
  const those = (isOwn: boolean) =>
    Object.fromEntries(
      hubs
        .filter(({ name }) => own.has(name.toLowerCase()) === isOwn)
        .map(({ name, partitionCount, retentionHours }) => [name, { partitionCount, retentionHours }]),
    );
  return {
    resourceId: namespace.id,
    tier: tierOf(namespace),
    clusterId: namespace.clusterArmId,
    location: normalizeLocation(namespace.location ?? ""),
    customerManagedKey: Boolean(namespace.encryption?.keyVaultProperties?.length),
    units: namespace.sku?.capacity ?? 1,
    hubs: those(true),
    othersHubs: those(false),
  };
}

/** Dedicated is no SKU, but a Standard namespace on a cluster. */
export function tierOf({ clusterArmId, sku }: eventhub.GetNamespaceResult): Tier {
  return clusterArmId ? "Dedicated" : ((sku?.name ?? "Standard") as Tier);
}
