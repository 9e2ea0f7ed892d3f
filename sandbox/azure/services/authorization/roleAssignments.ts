import { ArmError } from "../../arm/error.ts";
import { ofType } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { oneOf, readOnly, required, since, structure, text } from "../../arm/shape.ts";
import type { Resource, State, World } from "../../state.ts";
import { deployer, subscriptionId, tenantId } from "../../tenant.ts";
import { around, scopeOf } from "./around.ts";
import type { Role } from "./builtInRoles.ts";
import { isEverywhere, principalTypeOf } from "./directory.ts";
import { roleDefinitionId } from "./roleDefinitions.ts";
import { roleNamed } from "./roles.ts";

export const assignmentType = "Microsoft.Authorization/roleAssignments";
const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Belongs to a subscription, a resource group or a resource, and is deleted with it. */
export const roleAssignments: ResourceType = {
  name: assignmentType,
  apiVersions: [
    "2015-07-01",
    "2017-10-01-preview",
    "2018-01-01-preview",
    "2018-09-01-preview",
    "2020-03-01-preview",
    "2020-04-01-preview",
    "2020-08-01-preview",
    "2020-10-01-preview",
    "2022-04-01",
  ],
  scopes: ["subscription", "resourceGroup", "resource"],
  naming: {
    check(name) {
      if (guid.test(name)) return;
      throw new ArmError(
        400,
        "InvalidRoleAssignmentId",
        `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
      );
    },
  },
  body: structure({
    properties: required(
      structure({
        roleDefinitionId: required(text()),
        principalId: required(text()),
        principalType: since(
          "2018-09-01-preview",
          oneOf(
            "User",
            "Group",
            "ServicePrincipal",
            "ForeignGroup",
            "Device",
            "AgentUser",
            "AgentServicePrincipal",
          ),
        ),
        description: since("2020-03-01-preview", text()),
        condition: since("2020-03-01-preview", text()),
        conditionVersion: since("2020-03-01-preview", text()),
        delegatedManagedIdentityResourceId: since("2020-03-01-preview", text()),
        scope: readOnly,
        createdOn: readOnly,
        updatedOn: readOnly,
        createdBy: readOnly,
        updatedBy: readOnly,
      }),
    ),
  }),
  writing: { status: { created: 201, updated: 200 }, prepare },
  deletion: { returnsDeleted: true },
  reading: {
    present: (assignment) => ({
      properties: {
        scope: scopeOf(assignment),
        createdOn: assignment.createdAt,
        updatedOn: assignment.updatedAt,
        createdBy: deployer.objectId,
        updatedBy: deployer.objectId,
      },
    }),
    list: (scope, view) => around(assignmentType, scope, view),
  },
};

interface Properties {
  roleDefinitionId: string;
  principalId: string;
  principalType?: string;
  condition?: string;
}

export function propertiesOf(assignment: Resource): Properties {
  return assignment.body.properties as unknown as Properties;
}

/**
 * Messages: role-based-access-control/troubleshooting.md (MicrosoftDocs/azure-docs), Azure/avdaccelerator #76. A condition does not
 * make it another assignment (azurerm #24045).
 */
function prepare({ body, name, parent, world }: Write): void {
  const asked = body.properties as unknown as Properties;
  const role = roleNamed(world, asked.roleDefinitionId);
  if (!role) {
    throw new ArmError(
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${asked.roleDefinitionId.replace(/^.*\//, "")}' does not exist.`,
    );
  }
  const principalType = principalTypeOf(world, asked.principalId);
  // With a principal's type Azure does not look the principal up, which may not be everywhere yet.
  const looksUp = asked.principalType === undefined;
  if (!principalType || (looksUp && !isEverywhere(world, asked.principalId))) {
    throw principalNotFound(asked.principalId);
  }
  if (asked.principalType !== undefined && asked.principalType !== principalType) {
    throw new ArmError(
      400,
      "UnmatchedPrincipalType",
      `The PrincipalId '${asked.principalId}' has type '${principalType}' , which is different from specified PrinciaplType '${asked.principalType}'.`,
    );
  }
  body.properties = { ...asked, principalType, roleDefinitionId: roleDefinitionId(role.id) };

  const isSame = (assignment: Resource) => isFor(world, assignment, parent, asked.principalId, role);
  for (const other of ofType(world, assignmentType)) {
    const sameName = other.name.toLowerCase() === name.toLowerCase();
    // The name is unique in the tenant, whatever the scope.
    if (sameName && !isSame(other)) throw updateNotPermitted();
    if (!sameName && isSame(other)) {
      const otherId = other.name.replaceAll("-", "");
      throw new ArmError(
        409,
        "RoleAssignmentExists",
        `The role assignment already exists. The ID of the existing role assignment is ${otherId}.`,
      );
    }
  }
}

function principalNotFound(principalId: string): ArmError {
  const id = principalId.replaceAll("-", "");
  return new ArmError(
    400,
    "PrincipalNotFound",
    `Principal ${id} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
  );
}

function updateNotPermitted(): ArmError {
  return new ArmError(
    400,
    "RoleAssignmentUpdateNotPermitted",
    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
  );
}

/** What gives a principal a role at exactly this scope. */
export function assignmentOf(
  world: World,
  scope: string,
  principalId: string,
  role: Role,
): Resource | undefined {
  return ofType(world, assignmentType).find((assignment) =>
    isFor(world, assignment, scope, principalId, role),
  );
}

function isFor(world: World, assignment: Resource, scope: string, principalId: string, role: Role): boolean {
  const properties = propertiesOf(assignment);
  return (
    scopeOf(assignment).toLowerCase() === scope.toLowerCase() &&
    properties.principalId.toLowerCase() === principalId.toLowerCase() &&
    roleNamed(world, properties.roleDefinitionId)?.id === role.id
  );
}

/** A fresh subscription has one role assignment: its owner's. */
export function ownersAssignment(time: string): State["resources"] {
  const name = "0d6f1a52-3c48-4e9b-b7a5-86e2f4d19c03";
  const id = `/subscriptions/${subscriptionId}/providers/${assignmentType}/${name}`;
  const properties = {
    roleDefinitionId: roleDefinitionId("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    principalId: deployer.objectId,
    principalType: deployer.type,
  };
  const assignment: Resource = {
    id,
    type: assignmentType,
    name,
    body: { properties },
    createdAt: time,
    updatedAt: time,
    seeded: true,
  };
  return { [id.toLowerCase()]: assignment };
}
