import { ofType } from "../../arm/inventory.ts";
import type { Resource, World } from "../../state.ts";
import type { Caller } from "../../signIn/tokens.ts";
import { covers } from "./actionPattern.ts";
import { isFulfilled } from "./condition.ts";
import { scopeOf } from "./around.ts";
import { assignmentType, propertiesOf } from "./roleAssignments.ts";
import type { Role } from "./builtInRoles.ts";
import { roleNamed } from "./roles.ts";

/** A role that somebody has at a scope. */
export interface Grant {
  readonly role: Role;
  readonly condition: string | undefined;
}

export const hasAnyRole = (world: World, caller: Caller) => assignmentsOf(world, caller).length > 0;

/** The caller's roles that hold at a scope: those assigned there or above it. */
export function grantsAt(world: World, caller: Caller, scope: string): Grant[] {
  const here = `${scope.toLowerCase()}/`;
  return assignmentsOf(world, caller)
    .filter((assignment) => here.startsWith(`${scopeOf(assignment).toLowerCase()}/`))
    .flatMap((assignment) => {
      const { roleDefinitionId, condition } = propertiesOf(assignment);
      const role = roleNamed(world, roleDefinitionId);
      return role ? [{ role, condition }] : [];
    });
}

/** `condition`: a role holds the action, and the condition on it is not fulfilled. */
export function accessTo(
  world: World,
  caller: Caller,
  action: string,
  scope: string,
  request: unknown,
): "allowed" | "condition" | "no" {
  const grants = grantsAt(world, caller, scope).filter(({ role }) => holds(role, action));
  const attempt = { action, request, resource: world.state.resources[scope.toLowerCase()]?.body };
  if (grants.some(({ condition }) => condition === undefined || isFulfilled(condition, attempt)))
    return "allowed";
  return grants.length > 0 ? "condition" : "no";
}

function assignmentsOf(world: World, { objectId }: Caller): Resource[] {
  return ofType(world, assignmentType).filter(
    (assignment) => propertiesOf(assignment).principalId.toLowerCase() === objectId,
  );
}

function holds({ actions, notActions = [] }: Role, action: string): boolean {
  return actions.some((one) => covers(one, action)) && !notActions.some((one) => covers(one, action));
}
