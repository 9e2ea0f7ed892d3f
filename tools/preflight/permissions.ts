import { allows } from "../../azure/actions.ts";
import { apiVersions } from "../../azure/apiVersions.ts";
import type { Arm } from "../../azure/arm.ts";

/** What one role lets its holder do (rest/api/authorization/permissions). */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
}

/** What the signed-in principal may do at a scope, one entry for each of its roles. */
export function permissionsAt(azure: Arm, scope: string): Promise<Permission[]> {
  return azure.list<Permission>(
    `${scope}/providers/Microsoft.Authorization/permissions`,
    apiVersions.authorization,
  );
}

/** Whether one of the roles holds the action. */
export function isAllowed(action: string, permissions: readonly Permission[]): boolean {
  return permissions.some(({ actions, notActions = [] }) => allows(action, actions, notActions));
}
