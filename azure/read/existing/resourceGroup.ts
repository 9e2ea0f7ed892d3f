import { getResourceGroup } from "@pulumi/azure-native/resources/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { ExistingResourceGroup } from "../../../streaming/existing/facts.ts";
import type { Found } from "../../../streaming/cloud/found.ts";
import { parseId } from "../../../streaming/cloud/resourceId.ts";
import { found } from "../../found.ts";

export function readResourceGroup(
  resourceId: string,
  options: InvokeOptions,
): Promise<Found<ExistingResourceGroup>> {
  const { resourceGroupName = "" } = parseId(resourceId) ?? {};
  return found(async () => {
    const { id, name } = await getResourceGroup({ resourceGroupName }, options);
    return { resourceId: id, name };
  });
}
