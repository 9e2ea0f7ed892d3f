import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { Unread } from "../../streaming/cloud/unread.ts";
import { pathOf, resourceManager } from "../resourceManager.ts";

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
  const { resources } = await resourceManager(resourceId, cloud);
  try {
    const { location, properties } = await resources.getById(pathOf(resourceId), apiVersion);
    return { location, properties };
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404) return "missing";
    if (statusCode === 403) return "hidden";
    throw error;
  }
}
