import { find, ofType, under } from "../../arm/inventory.ts";
import { findLocation } from "../../arm/locations.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { dictionary, flag, oneOf, readOnly, since, structure, text, whole } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { badRequest, quotaReached, refusal } from "./error.ts";
import { hubType, partitionsOf } from "./hub.ts";
import { namespaceType } from "./namespaceNames.ts";
import { versions } from "./versions.ts";

const clusterType = "Microsoft.EventHub/clusters";

/** For each capacity unit; event-hubs-dedicated-cluster-faq includes (MicrosoftDocs/azure-docs). */
const namespacesPerUnit = 50;
const partitionsPerUnit = 2000;

/** A Dedicated cluster: namespaces are created on it by its id. */
export const clusters: ResourceType = {
  name: clusterType,
  apiVersions: versions.filter((version) => version !== "2017-04-01"),
  tracked: "regional",
  naming: {
    check(name) {
      if (/^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i.test(name)) return;
      throw badRequest(
        `The cluster name '${name}' is invalid: 6 to 50 letters, numbers and hyphens, starting with a letter and ending with a letter or number.`,
      );
    },
  },
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    sku: structure({ name: oneOf("Dedicated"), capacity: whole({ min: 1 }) }),
    systemData: readOnly,
    properties: structure({
      supportsScaling: since("2022-01-01-preview", flag),
      zoneRedundant: since("2026-01-01", flag),
      createdAt: readOnly,
      updatedAt: readOnly,
      provisioningState: readOnly,
      metricId: readOnly,
      status: readOnly,
    }),
  }),
  writing: {
    prepare({ body }) {
      body["sku"] = { name: "Dedicated", capacity: 1, ...(body["sku"] as object | undefined) };
      body.properties = { supportsScaling: false, ...body.properties };
    },
  },
  deletion: {
    before(cluster, world) {
      if (namespacesOn(world, cluster).length === 0) return;
      throw refusal(409, "Conflict", `The cluster '${cluster.name}' has namespaces and cannot be deleted.`);
    },
  },
  reading: {
    present: (cluster) => ({
      location: findLocation(cluster.body.location ?? "")?.displayName,
      properties: {
        provisioningState: "Succeeded",
        status: "Active",
        createdAt: cluster.createdAt,
        updatedAt: cluster.updatedAt,
      },
    }),
  },
};

/** What is on a cluster can be listed there; it lives in its own resource group. */
export const clusterNamespaces: ResourceType = {
  name: `${clusterType}/namespaces`,
  apiVersions: clusters.apiVersions,
  body: structure({}),
  reading: {
    find: () => undefined,
    list: (scope, { world }) => {
      const cluster = find(world, scope);
      return cluster ? namespacesOn(world, cluster) : [];
    },
  },
};

/** Refuses a namespace on a cluster that does not exist, is elsewhere, or is full; and one that changes its cluster. */
export function checkCluster({ body, existing, id, world }: Write): void {
  const clusterId = body.properties["clusterArmId"] as string | undefined;
  const before = existing?.body.properties?.["clusterArmId"] as string | undefined;
  if (existing && before?.toLowerCase() !== clusterId?.toLowerCase()) {
    throw badRequest("The cluster of an existing namespace cannot be changed.");
  }
  if (clusterId === undefined) return;
  const { name: sku } = body["sku"] as { name: string };
  if (sku !== "Standard") throw badRequest(`A namespace on a cluster has the SKU Standard, not ${sku}.`);
  const cluster = find(world, clusterId);
  if (cluster?.type !== clusterType) throw badRequest(`The cluster '${clusterId}' does not exist.`);
  if (findLocation(cluster.body.location ?? "")?.name !== findLocation(body.location ?? "")?.name) {
    throw badRequest(`The cluster '${cluster.name}' is in the region ${cluster.body.location ?? ""}.`);
  }
  const others = namespacesOn(world, cluster).filter((one) => one.id.toLowerCase() !== id.toLowerCase());
  const most = namespacesPerUnit * unitsOf(cluster);
  if (others.length >= most) throw quotaReached("Namespace", others.length, most);
}

/** Refuses partitions that the namespace's cluster has no room for. */
export function checkClusterPartitions(world: World, namespace: Resource, more: number): void {
  const cluster = find(world, (namespace.body.properties?.["clusterArmId"] as string | undefined) ?? "");
  if (!cluster) return;
  const hubs = namespacesOn(world, cluster).flatMap(({ id }) => under(world, id, hubType));
  const all = hubs.reduce((sum, hub) => sum + partitionsOf(hub), more);
  const most = partitionsPerUnit * unitsOf(cluster);
  if (all > most) throw quotaReached("Partition", all, most);
}

function namespacesOn(world: World, { id }: Resource): Resource[] {
  return ofType(world, namespaceType).filter(
    ({ body }) =>
      (body.properties?.["clusterArmId"] as string | undefined)?.toLowerCase() === id.toLowerCase(),
  );
}

function unitsOf({ body }: Resource): number {
  return (body["sku"] as { capacity: number }).capacity;
}
