import { connect } from "./connection.ts";
import type { Cloud } from "../streaming/clouds.ts";
import type { Unread } from "../streaming/unread.ts";

/** What ARM tells of a resource. */
export interface ArmResource {
  readonly location?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads any resource by its ARM id, those in other subscriptions as well: networks and zones are often in one of their own, which
 * azure-native's functions can't name.
 */
export async function readById(
  resourceId: string,
  apiVersion: string,
  cloud: Cloud,
): Promise<ArmResource | Unread> {
  const { ResourceManagementClient } = await import("@azure/arm-resources");
  const { credential, endpoint, scope } = await connect(cloud);
  const subscriptionId = resourceId.split("/")[2] ?? "";
  const client = new ResourceManagementClient(credential, subscriptionId, {
    endpoint,
    credentials: { scopes: [scope] },
  });
  try {
    const { location, properties } = await client.resources.getById(resourceId, apiVersion);
    return { location, properties: properties as ArmResource["properties"] };
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404) return "missing";
    if (statusCode === 403) return "hidden";
    throw error;
  }
}
