import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { apiVersions } from "../apiVersions.ts";
import { arm, type ArmResource } from "../arm.ts";
import { unlessMissing } from "../found.ts";

/**
 * The service principal of a user-assigned identity in any subscription; undefined when there is no such identity.
 *
 * @throws Refusal when the signed-in principal may not read it
 */
export async function readIdentity(resourceId: string, cloud?: Cloud): Promise<string | undefined> {
  const azure = arm(cloud);
  const identity = await unlessMissing(() => azure.get<ArmResource>(resourceId, apiVersions.identity));
  return (identity?.properties as { principalId?: string } | undefined)?.principalId;
}
