import { type Azure, Refusal } from "../azure.ts";
import type { Account } from "./account.ts";
import { isAllowed, type Permission } from "./permissions.ts";

/** A role that the principal has (rest/api/authorization/roleassignments). */
interface Assignment {
  readonly properties: { readonly roleDefinitionId: string; readonly condition?: string };
}

interface Definition {
  readonly properties: { readonly permissions: readonly Permission[] };
}

const version = "2022-04-01";

/**
 * GUIDs of the roles that the signed-in principal may assign at a scope, where conditions on its own roles name them; undefined: any,
 * as far as this can be read.
 */
export async function assignableRolesAt(
  azure: Azure,
  { objectId }: Account,
  scope: string,
): Promise<ReadonlySet<string> | undefined> {
  const filter = encodeURIComponent(`atScope() and assignedTo('${objectId}')`);
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
  const held = await azure.list<Assignment>(path, version);
  const found = await Promise.all(
    held.map(async ({ properties: { roleDefinitionId, condition } }) => {
      const definition = await definitionOf(azure, roleDefinitionId);
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

async function definitionOf(azure: Azure, id: string): Promise<Definition | undefined> {
  try {
    return await azure.get<Definition>(id, version);
  } catch (error) {
    if (error instanceof Refusal && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

/** The roles of a condition such as `onlyTheseRoles` makes, in all its lists; undefined: it is none of that form. */
function namedIn(condition = ""): string[] | undefined {
  const lists = condition.matchAll(
    /@Request\[Microsoft\.Authorization\/roleAssignments:RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}/gi,
  );
  const roles = [...lists].flatMap(([, list = ""]) => list.split(","));
  return roles.length > 0 ? roles.map((guid) => guid.trim().toLowerCase()) : undefined;
}
