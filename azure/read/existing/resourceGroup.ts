import { getResourceGroup } from "@pulumi/azure-native/resources/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { ExistingResourceGroup } from "../../../streaming/existing/facts.ts";
import type { Found } from "../../../streaming/cloud/found.ts";
import { partsOf } from "../../../streaming/existing/ids.ts";
import { found } from "../../found.ts";

export function readResourceGroup(
  resourceId: string,
  options: InvokeOptions,
): Promise<Found<ExistingResourceGroup>> {
  const { resourceGroupName = "" } = partsOf(resourceId) ?? {};
  return found(async () => {
    const { id, name } = await getResourceGroup({ resourceGroupName }, options);
    return { resourceId: id, name };
  });
}
