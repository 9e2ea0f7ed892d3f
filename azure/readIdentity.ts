import type { Cloud } from "../streaming/clouds.ts";
import { parseIdentityId } from "../streaming/resourceId.ts";
import { connect } from "./connection.ts";

/**
 * The service principal of a user-assigned identity, whatever the subscription it is in; nothing when there is no such identity.
 *
 * @throws Error with `statusCode` when it may not be read
 */
export async function readIdentity(resourceId: string, cloud?: Cloud): Promise<string | undefined> {
  const { subscriptionId } = parseIdentityId(resourceId);
  const [{ ResourceManagementClient }, { credential, endpoint, scope }] = await Promise.all([
    import("@azure/arm-resources"),
    connect(cloud),
  ]);
  const { resources } = new ResourceManagementClient(credential, subscriptionId, {
    endpoint,
    credentials: { scopes: [scope] },
  });
  try {
    const { properties } = await resources.getById(resourceId, "2023-01-31");
    return (properties as { principalId?: string } | undefined)?.principalId;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
