import type { ResourceType } from "../../arm/resourceType.ts";
import { readOnly, structure } from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { subscriptionId } from "../../tenant.ts";
import type { Role } from "./builtInRoles.ts";
import { builtInRoles, roleOf } from "./builtInRoles.ts";

/** Built-in roles only: found at every scope, and cannot be written. */
export const roleDefinitions: ResourceType = {
  name: "Microsoft.Authorization/roleDefinitions",
  apiVersions: ["2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"],
  scopes: ["tenant", "subscription", "resourceGroup", "resource"],
  body: structure({
    properties: structure({
      roleName: readOnly,
      type: readOnly,
      description: readOnly,
      assignableScopes: readOnly,
      permissions: readOnly,
    }),
  }),
  find(id) {
    const role = roleOf(id);
    return role && definition(role);
  },
  list(_scope, { filter }) {
    const name = /roleName eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
    if (/type eq 'CustomRole'/i.test(filter)) return [];
    return builtInRoles
      .filter((role) => name === undefined || role.name.toLowerCase() === name)
      .map(definition);
  },
};

function definition({ id, name, description, actions, notActions = [], dataActions = [] }: Role): Resource {
  return {
    id: roleDefinitionId(id),
    type: "Microsoft.Authorization/roleDefinitions",
    name: id,
    body: {
      properties: {
        roleName: name,
        type: "BuiltInRole",
        description,
        assignableScopes: ["/"],
        permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
      },
    },
    createdAt: "",
    updatedAt: "",
  };
}

export function roleDefinitionId(guid: string): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}
