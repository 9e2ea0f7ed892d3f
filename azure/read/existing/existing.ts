import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../../streaming/cloud/clouds.ts";
import type { ExistingFacts } from "../../../streaming/existing/facts.ts";
import { markPrefix } from "../../../streaming/existing/hubs.ts";
import { existingNamespaces } from "../../../streaming/existing/existing.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import type { LastDeployment } from "../lastDeployment.ts";
import { readAccountFacts } from "./account.ts";
import { readClusterFacts } from "./cluster.ts";
import { readNamespaceFacts } from "./namespace.ts";
import { readResourceGroup } from "./resourceGroup.ts";

/** Where what is made goes, and how to look for what exists. */
export interface ReadExistingArgs {
  /** The region of what is made, in its short form. Default: not known, so that nothing is compared with it. Example: `westeurope`. */
  location?: string | undefined;
  /** Microsoft's cloud. Default: the one of the environment. */
  cloud?: Cloud | undefined;
  /** Reads all but lists. Default: azure-native's default provider. */
  provider?: pulumi.ProviderResource | undefined;
}

/**
 * Reads what a request names as existing, for its plan. Undefined when it names nothing.
 *
 * What is not there, or may not be read, is a mistake of the plan's to tell.
 */
export async function readExisting(
  request: StreamingRequest,
  { deployed, own }: Pick<LastDeployment, "deployed" | "own">,
  { location, cloud, provider }: ReadExistingArgs = {},
): Promise<ExistingFacts | undefined> {
  const { existing = {}, clusterId } = request;
  if (request.existing === undefined && clusterId === undefined) return undefined;
  const options = provider ? { provider } : {};
  const { subscriptionId } = await getClientConfig(options);
  const mark = `${markPrefix}${pulumi.getProject()}/${pulumi.getStack()}`;
  const namespaces = Promise.all(
    existingNamespaces(existing).map(
      async ([key, id]) => [key, await readNamespaceFacts(id, request, cloud, options)] as const,
    ),
  );
  const [group, cluster, account] = await Promise.all([
    existing.resourceGroupId === undefined ? undefined : readResourceGroup(existing.resourceGroupId, options),
    clusterId === undefined ? undefined : readClusterFacts(clusterId, cloud, options),
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
}
