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

/** Whether one of the roles holds the action. `notActions` take away from their own role only. */
export function isAllowed(action: string, permissions: readonly Permission[]): boolean {
  return permissions.some(
    ({ actions, notActions = [] }) =>
      actions.some((pattern) => covers(pattern, action)) &&
      !notActions.some((pattern) => covers(pattern, action)),
  );
}

/**
 * `*` stands for any text, slashes included; between two slashes for nothing as well, as in the actions of Managed Identity Operator
 * (built-in-roles/identity.md, MicrosoftDocs/azure-docs). Letter case is ignored.
 */
export function covers(pattern: string, action: string): boolean {
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const steps = pattern.split("/*/").map((part) => part.split("*").map(literal).join(".*"));
  return new RegExp(`^${steps.join("/(?:.*/)?")}$`, "i").test(action);
}
