import type { ResourceManagementClient } from "@azure/arm-resources";
import type { Cloud } from "../streaming/cloud/clouds.ts";
import { connect } from "./connection.ts";

/**
 * The client of Azure Resource Manager for the subscription that an ARM id is in.
 *
 * It is part of dynamic providers, whose source goes into the state: the SDK is loaded inside.
 */
export async function resourceManager(id: string, cloud?: Cloud): Promise<ResourceManagementClient> {
  const { ResourceManagementClient } = await import("@azure/arm-resources");
  const { credential, endpoint, scope } = await connect(cloud);
  const subscriptionId = id.split("/")[2] ?? "";
  return new ResourceManagementClient(credential, subscriptionId, {
    endpoint,
    credentials: { scopes: [scope] },
  });
}

/** An ARM id as the SDKs want it: they put a slash of their own before it. */
export function pathOf(id: string): string {
  return id.replace(/^\//, "");
}
