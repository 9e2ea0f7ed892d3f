import { apiVersions } from "../apiVersions.ts";
import type { Arm, ArmResource } from "../arm.ts";
import { unlessMissing } from "../found.ts";

/**
 * The service principal of a user-assigned identity in any subscription; undefined when there is no such identity.
 *
 * @throws Refusal when the signed-in principal may not read it
 */
export async function readIdentity(resourceId: string, arm: Arm): Promise<string | undefined> {
  const identity = await unlessMissing(() => arm.get<ArmResource>(resourceId, apiVersions.identity));
  return (identity?.properties as { principalId?: string } | undefined)?.principalId;
}
