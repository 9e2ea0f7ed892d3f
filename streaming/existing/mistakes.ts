import type { Mistake } from "../mistakes.ts";
import type { Placement } from "../placement.ts";
import type { StreamingRequest } from "../request.ts";
import { accountMistakes } from "./account.ts";
import { clusterMistakes } from "./cluster.ts";
import type { ExistingFacts } from "./facts.ts";
import { resourceGroupKind } from "./id.ts";
import { lookedUp } from "./looked.ts";
import { namespaceMistakes } from "./namespaces.ts";

/** Everything that keeps what a request names from being used as it stands; room for its hubs is the plan's to find. */
export function existingMistakes(
  request: StreamingRequest,
  deployed: Placement,
  facts: ExistingFacts,
): Mistake[] {
  const groupId = request.existing?.resourceGroupId;
  return [
    ...clusterMistakes(request, facts),
    ...(groupId === undefined
      ? []
      : lookedUp("existing.resourceGroupId", groupId, resourceGroupKind, facts.resourceGroup, facts)),
    ...namespaceMistakes(request, deployed, facts),
    ...accountMistakes(request, facts),
  ];
}
