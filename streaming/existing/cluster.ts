import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { StreamingRequest } from "../request.ts";
import { count } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingCluster, ExistingFacts } from "./facts.ts";
import { clusterKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";

/** Of a cluster, per capacity unit (event-hubs-dedicated-cluster-faq includes, MicrosoftDocs/azure-docs). */
const namespacesPerUnit = 50;
const partitionsPerUnit = 2000;

/**
 * New namespaces for which the cluster has no room until old ones are deleted, which comes last.
 *
 * @param created how many a deployment creates
 */
export function clusterRoomMistakes(
  { clusterId }: Pick<StreamingRequest, "clusterId">,
  created: number,
  cluster: ExistingCluster | undefined,
): Mistake[] {
  if (clusterId === undefined || cluster === undefined || created === 0) return [];
  const most = namespacesPerUnit * cluster.units;
  const there = cluster.namespaces.length;
  return mistakes(
    there + created > most && {
      key: "clusterId",
      value: clusterId,
      rule: `This cluster holds ${most} namespaces and has ${there}. This change creates ${count(created, "namespace")} before it deletes an old one.`,
      fix: "Delete a namespace there that nobody needs, or give the cluster another capacity unit.",
    },
  );
}

/** Why the request's namespaces cannot be created on its cluster. */
export function clusterMistakes(request: StreamingRequest, facts: ExistingFacts): Mistake[] {
  const { clusterId, tables, layout, partitionCount } = request;
  const { location } = facts;
  if (clusterId === undefined) return [];
  const at = { key: "clusterId", value: clusterId };
  const cluster = asFound(facts.cluster);
  const missing = lookedUp(at.key, clusterId, clusterKind, facts.cluster, facts);
  if (missing.length > 0 || cluster === undefined) return missing;
  const inside = cluster.namespaces.map((id) => id.toLowerCase());
  const others = inside.filter((id) => !facts.own.some((own) => own.toLowerCase() === id)).length;
  const most = {
    namespaces: namespacesPerUnit * cluster.units,
    partitions: partitionsPerUnit * cluster.units,
  };
  const partitions = (layout === "single" ? 1 : tables.length) * partitionCount;
  const found: Mistake[] = [];
  if (location !== undefined && cluster.location !== location) {
    const rule = `A namespace is in the region of its cluster. This cluster is in ${cluster.location}, and \`location\` is ${location}.`;
    const fix = `Write \`azure-native:location: ${cluster.location}\`, or name a cluster in ${location}.`;
    found.push({ ...at, rule, fix });
  }
  if (others >= most.namespaces) {
    const rule = `A cluster holds ${namespacesPerUnit} namespaces per capacity unit. This one has ${count(cluster.units, "unit")}, and ${others} namespaces are not from this stack.`;
    const fix =
      "Delete namespaces there that nobody needs, give the cluster another capacity unit, or name another cluster.";
    found.push({ ...at, rule, fix });
  }
  if (partitions > most.partitions) {
    const rule = `A cluster holds ${partitionsPerUnit} partitions per capacity unit: this one ${most.partitions} in all. The hubs would have ${partitions}.`;
    const fix = "Write a smaller `partitionCount`, or name a larger cluster.";
    found.push({ ...at, rule, fix });
  }
  return found;
}
