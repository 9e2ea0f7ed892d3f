import type { Mistake } from "../wording/mistakes.ts";
import type { Placement } from "../placement/placement.ts";
import type { StreamingRequest } from "../request.ts";
import { withoutLocalAuth } from "../consumers/rules.ts";
import { accountMistakes } from "./account.ts";
import { clusterMistakes } from "./cluster.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingFacts } from "./facts.ts";
import { resourceGroupKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";
import { namespaceMistakes } from "./namespaces.ts";

/** Why the existing resources of a request cannot be used. The plan checks whether there is room for the hubs. */
export function existingMistakes(
  request: StreamingRequest,
  deployed: Placement,
  facts: ExistingFacts,
): Mistake[] {
  const localAuth = Object.values(facts.namespaces).every((found) => asFound(found)?.localAuth !== false);
  const groupId = request.existing?.resourceGroupId;
  return [
    ...clusterMistakes(request, facts),
    ...lookedUp("existing.resourceGroupId", groupId, resourceGroupKind, facts.resourceGroup, facts),
    ...namespaceMistakes(request, deployed, facts),
    ...(localAuth ? [] : withoutLocalAuth(request)),
    ...accountMistakes(request, facts),
  ];
}
