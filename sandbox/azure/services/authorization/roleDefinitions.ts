import { ArmError, methodNotAllowed } from "../../arm/error.ts";
import { ofType } from "../../arm/inventory.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { list, readOnly, required, structure, text } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { subscriptionId } from "../../tenant.ts";
import type { Role } from "./builtInRoles.ts";
import { builtInRoles, roleOf } from "./builtInRoles.ts";
import { customRole, definitionType } from "./roles.ts";

/** Built-in roles, found at every scope and never written, and those that somebody defines. */
export const roleDefinitions: ResourceType = {
  name: definitionType,
  apiVersions: ["2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"],
  scopes: ["tenant", "subscription", "resourceGroup", "resource"],
  body: structure({
    properties: structure({
      roleName: required(text({ max: 512 })),
      type: text(),
      description: text(),
      assignableScopes: required(list(text())),
      permissions: required(
        list(
          structure({
            actions: list(text()),
            notActions: list(text()),
            dataActions: list(text()),
            notDataActions: list(text()),
          }),
        ),
      ),
      createdOn: readOnly,
      updatedOn: readOnly,
      createdBy: readOnly,
      updatedBy: readOnly,
    }),
  }),
  writing: {
    status: { created: 201, updated: 200 },
    prepare({ id, name, body, world }) {
      if (roleOf(id)) throw methodNotAllowed("PUT");
      refuseSameName(name, body.properties as { roleName: string }, world);
      body.properties["type"] = "CustomRole";
    },
  },
  deletion: {
    returnsDeleted: true,
    before({ id }) {
      if (roleOf(id)) throw methodNotAllowed("DELETE");
    },
  },
  reading: {
    find(id, world) {
      const role = roleOf(id);
      return role ? definition(role) : customRole(world, id);
    },
    list(_scope, { filter, world }) {
      const name = /roleName eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
      const type = /type eq '(\w+)'/i.exec(filter)?.[1]?.toLowerCase();
      return [...builtInRoles.map(definition), ...ofType(world, definitionType)].filter(({ body }) => {
        const said = body.properties as { roleName: string; type: string };
        return (
          (name === undefined || said.roleName.toLowerCase() === name) &&
          (type === undefined || said.type.toLowerCase() === type)
        );
      });
    },
  },
};

/** Names are the tenant's, whatever the scope (Kong/developer.konghq.com, Azure/azure-sdk-for-net's tests). */
function refuseSameName(guid: string, { roleName }: { roleName: string }, world: World): void {
  const others = [...builtInRoles.map(definition), ...ofType(world, definitionType)].filter(
    ({ name }) => name.toLowerCase() !== guid.toLowerCase(),
  );
  const isTaken = others.some(
    ({ body }) => (body.properties as { roleName: string }).roleName.toLowerCase() === roleName.toLowerCase(),
  );
  if (!isTaken) return;
  throw new ArmError(
    409,
    "RoleDefinitionWithSameNameExists",
    "A custom role with the same name already exists in this directory. Use a different name.",
  );
}

function definition({ id, name, description, actions, notActions = [], dataActions = [] }: Role): Resource {
  return {
    id: roleDefinitionId(id),
    type: definitionType,
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
