import { apiVersions } from "../../azure/apiVersions.ts";
import type { Arm } from "../../azure/arm.ts";
import { unlessUnread } from "../../azure/found.ts";
import type { Account } from "./account.ts";
import { isAllowed, type Permission } from "./permissions.ts";

/** A role that the principal has (rest/api/authorization/roleassignments). */
interface Assignment {
  readonly properties: { readonly roleDefinitionId: string; readonly condition?: string };
}

interface Definition {
  readonly properties: { readonly permissions: readonly Permission[] };
}

/**
 * GUIDs of the roles that the signed-in principal may assign at a scope, where conditions on its own roles name them; undefined: any,
 * as far as this can be read.
 */
export async function assignableRolesAt(
  azure: Arm,
  { objectId }: Account,
  scope: string,
): Promise<ReadonlySet<string> | undefined> {
  const filter = encodeURIComponent(`atScope() and assignedTo('${objectId}')`);
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
  const held = await azure.list<Assignment>(path, apiVersions.authorization);
  const found = await Promise.all(
    held.map(async ({ properties: { roleDefinitionId, condition } }) => {
      const definition = await unlessUnread(() =>
        azure.get<Definition>(roleDefinitionId, apiVersions.authorization),
      );
      // A role that cannot be read is taken to assign any.
      if (!definition) return [undefined];
      const { permissions } = definition.properties;
      return isAllowed("Microsoft.Authorization/roleAssignments/write", permissions)
        ? [namedIn(condition)]
        : [];
    }),
  );
  const lists = found.flat();
  if (lists.length === 0 || lists.includes(undefined)) return undefined;
  return new Set(lists.flatMap((list) => list ?? []));
}

/** The roles in all lists of a condition like that of `onlyTheseRoles`; undefined: it has another form. */
function namedIn(condition = ""): string[] | undefined {
  const lists = condition.matchAll(
    /@Request\[Microsoft\.Authorization\/roleAssignments:RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}/gi,
  );
  const roles = [...lists].flatMap(([, list = ""]) => list.split(","));
  return roles.length > 0 ? roles.map((guid) => guid.trim().toLowerCase()) : undefined;
}
