import { clusterKind, idMistakes } from "./ids.ts";
import { existingNamespaces } from "./existing.ts";
import type { Rule } from "../rule.ts";

const onCluster: Rule = ({ tier, clusterId, existing }) => {
  if (tier !== "Dedicated" || clusterId !== undefined) return [];
  const named = Object.keys(existing?.namespaces ?? {}).length;
  if (named > 0 && existingNamespaces(existing).length === named) return [];
  return [
    {
      key: "clusterId",
      value: clusterId,
      rule: "Dedicated is a namespace on an Event Hubs cluster of yours, and a cluster is never made here: it costs by the hour and can't be deleted for the first four.",
      fix: "Write `clusterId: /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.EventHub/clusters/<name>`, or choose tier Premium.",
    },
  ];
};

const forDedicatedOnly: Rule = ({ tier, clusterId }) =>
  clusterId !== undefined && tier !== undefined && tier !== "Dedicated"
    ? [
        {
          key: "clusterId",
          value: clusterId,
          rule: `A namespace on a cluster is of tier Dedicated, and \`tier\` is ${tier}.`,
          fix: "Write `tier: Dedicated`, or remove it.",
        },
      ]
    : [];

const wellFormed: Rule = ({ clusterId }) => idMistakes("clusterId", clusterId, clusterKind);

export const dedicatedRules: readonly Rule[] = [onCluster, forDedicatedOnly, wellFormed];
