import { ofType } from "../../arm/inventory.ts";
import type { Resource, World } from "../../state.ts";
import type { Role } from "./builtInRoles.ts";
import { roleOf } from "./builtInRoles.ts";

export const definitionType = "Microsoft.Authorization/roleDefinitions";

/** A role that somebody has defined, by the GUID at the end of its id: roles are the tenant's, whatever the scope of the path. */
export function customRole(world: World, roleDefinitionId: string): Resource | undefined {
  const guid = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  return ofType(world, definitionType).find(({ name }) => name.toLowerCase() === guid);
}

/** A built-in role or one that somebody has defined. */
export function roleNamed(world: World, roleDefinitionId: string): Role | undefined {
  const custom = customRole(world, roleDefinitionId);
  if (!custom) return roleOf(roleDefinitionId);
  const {
    roleName,
    description = "",
    permissions,
  } = custom.body.properties as unknown as {
    roleName: string;
    description?: string;
    permissions: readonly Pick<Role, "actions" | "notActions" | "dataActions">[];
  };
  const [permission = { actions: [] }] = permissions;
  return { id: custom.name, name: roleName, description, ...permission };
}
