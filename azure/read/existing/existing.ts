import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { ExistingFacts } from "../../../streaming/existing/facts.ts";
import { markPrefix } from "../../../streaming/existing/hubs.ts";
import { existingNamespaces } from "../../../streaming/existing/existing.ts";
import type { Reader } from "../reader.ts";
import { readAccountFacts } from "./account.ts";
import { readClusterFacts } from "./cluster.ts";
import { readNamespaceFacts } from "./namespace.ts";
import { readResourceGroup } from "./resourceGroup.ts";

/**
 * Reads what a request names as existing, for its plan. Undefined when it names nothing.
 *
 * The plan reports what is missing or may not be read.
 */
export const readExisting: Reader<ExistingFacts | undefined> = async (
  request,
  { deployed, own },
  { arm, provider },
) => {
  const { existing = {}, clusterId, location } = request;
  if (request.existing === undefined && clusterId === undefined) return undefined;
  const options = { provider };
  const { subscriptionId } = await getClientConfig(options);
  const mark = `${markPrefix}${pulumi.getProject()}/${pulumi.getStack()}`;
  const namespaces = Promise.all(
    existingNamespaces(existing).map(
      async ([key, id]) => [key, await readNamespaceFacts(id, request, arm, options)] as const,
    ),
  );
  const [group, cluster, account] = await Promise.all([
    existing.resourceGroupId === undefined ? undefined : readResourceGroup(existing.resourceGroupId, options),
    clusterId === undefined ? undefined : readClusterFacts(clusterId, arm, options),
    existing.accountId === undefined
      ? undefined
      : readAccountFacts(existing.accountId, request, mark, options),
  ]);
  return {
    subscriptionId,
    location,
    mark,
    own,
    deployed,
    resourceGroup: group,
    namespaces: Object.fromEntries(await namespaces),
    cluster,
    account,
  };
};
