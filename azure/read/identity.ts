import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { pathOf, resourceManager } from "../resourceManager.ts";

/**
 * The service principal of a user-assigned identity, whatever the subscription it is in; nothing when there is no such identity.
 *
 * @throws Error with `statusCode` when it may not be read
 */
export async function readIdentity(resourceId: string, cloud?: Cloud): Promise<string | undefined> {
  const { resources } = await resourceManager(resourceId, cloud);
  try {
    const { properties } = await resources.getById(pathOf(resourceId), "2023-01-31");
    return (properties as { principalId?: string } | undefined)?.principalId;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
