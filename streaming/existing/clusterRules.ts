import { clusterKind, idMistakes } from "./ids.ts";
import { existingNamespaces } from "./existing.ts";
import type { Rule } from "../rule.ts";
import { mistakes } from "../wording/mistakes.ts";

const onCluster: Rule = ({ tier, clusterId, existing }) => {
  if (tier !== "Dedicated" || clusterId !== undefined) return [];
  const named = Object.keys(existing?.namespaces ?? {}).length;
  if (named > 0 && existingNamespaces(existing).length === named) return [];
  return [
    {
      key: "clusterId",
      value: clusterId,
      rule: "Dedicated needs an existing Event Hubs cluster. The stack does not create one, because a cluster is expensive and cannot be deleted in its first four hours.",
      fix: "Write `clusterId: /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.EventHub/clusters/<name>`, or choose tier Premium.",
    },
  ];
};

const forDedicatedOnly: Rule = ({ tier, clusterId }) =>
  mistakes(
    clusterId !== undefined &&
      tier !== undefined &&
      tier !== "Dedicated" && {
        key: "clusterId",
        value: clusterId,
        rule: `Only tier Dedicated uses a cluster; \`tier\` is ${tier}.`,
        fix: "Write `tier: Dedicated`, or remove it.",
      },
  );

const wellFormed: Rule = ({ clusterId }) => idMistakes("clusterId", clusterId, clusterKind);

export const dedicatedRules: readonly Rule[] = [onCluster, forDedicatedOnly, wellFormed];
