import type { Mistake } from "../wording/mistakes.ts";
import type { StreamingRequest } from "../request.ts";
import { count } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingFacts } from "./facts.ts";
import { clusterKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";

/** Of a cluster, per capacity unit (event-hubs-dedicated-cluster-faq includes, MicrosoftDocs/azure-docs). */
const namespacesPerUnit = 50;
const partitionsPerUnit = 2000;

/** What keeps the request's namespaces from being made on its cluster. */
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
  return [
    ...(location === undefined || cluster.location === location
      ? []
      : [
          {
            ...at,
            rule: `A namespace is in the region of its cluster: this one is in ${cluster.location}, and \`location\` is ${location}.`,
            fix: `Write \`azure-native:location: ${cluster.location}\`, or name a cluster in ${location}.`,
          },
        ]),
    ...(others < most.namespaces
      ? []
      : [
          {
            ...at,
            rule: `A cluster holds ${namespacesPerUnit} namespaces a capacity unit. This one has ${count(cluster.units, "unit")} and holds ${others} of others.`,
            fix: "Delete namespaces there that nobody needs, give the cluster another capacity unit, or name another cluster.",
          },
        ]),
    ...(partitions <= most.partitions
      ? []
      : [
          {
            ...at,
            rule: `A cluster holds ${partitionsPerUnit} partitions a capacity unit: this one ${most.partitions} in all, and the hubs would have ${partitions}.`,
            fix: "Write a smaller `partitionCount`, or name a larger cluster.",
          },
        ]),
  ];
}
