import { allows } from "../actions.ts";
import { apiVersions } from "../apiVersions.ts";
import type { Arm } from "../arm.ts";
import { unlessUnread } from "../found.ts";

interface Assignment {
  readonly properties: { readonly roleDefinitionId: string; readonly scope: string };
}

interface Definition {
  readonly properties: {
    readonly permissions: readonly { readonly dataActions?: string[]; readonly notDataActions?: string[] }[];
  };
}

const needed = ["wrap", "unwrap"].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}/action`);

/**
 * Whether a role lets a principal wrap and unwrap with a key: assigned on the key or above, to the principal or to a group that it is in.
 * Also true if the signed-in principal may not see roles: then Azure decides during the deployment.
 */
export async function mayWrap(principalId: string, keyId: string, arm: Arm): Promise<boolean> {
  const queryParameters = { $filter: `assignedTo('${principalId}')` };
  const assignments = await unlessUnread(() =>
    arm.list<Assignment>(
      `${keyId}/providers/Microsoft.Authorization/roleAssignments`,
      apiVersions.authorization,
      { queryParameters },
    ),
  );
  if (!assignments) return true;
  const holding = assignments.filter(({ properties: { scope } }) =>
    `${keyId}/`.toLowerCase().startsWith(`${scope.replace(/\/$/, "")}/`.toLowerCase()),
  );
  const ids = new Set(holding.map(({ properties }) => properties.roleDefinitionId));
  const definitions = await Promise.all(
    [...ids].map((id) => unlessUnread(() => arm.get<Definition>(id, apiVersions.authorization))),
  );
  return needed.every((action) =>
    definitions.some((definition) => definition === undefined || isAllowed(action, definition)),
  );
}

function isAllowed(action: string, { properties: { permissions } }: Definition): boolean {
  return permissions.some(({ dataActions = [], notDataActions = [] }) =>
    allows(action, dataActions, notDataActions),
  );
}
