import { randomUUID } from "node:crypto";

import { find, keep, ofType, remove } from "../../arm/inventory.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { readOnly, structure } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { around, scopeOf } from "./around.ts";
import type { Role } from "./builtInRoles.ts";
import { principalTypeOf } from "./directory.ts";
import { assignmentOf, roleAssignments } from "./roleAssignments.ts";
import { roleDefinitionId } from "./roleDefinitions.ts";
import { roleNamed } from "./roles.ts";

/** What Privileged Identity Management schedules: a role that somebody has until a date and time, or may activate until then. */
export interface Kind {
  readonly name: "Assignment" | "Eligibility";
  /** The longest that the role's default settings allow: half a year, a year. */
  readonly longestDays: number;
}

export const kinds: readonly Kind[] = [
  { name: "Assignment", longestDays: 180 },
  { name: "Eligibility", longestDays: 365 },
];

export const apiVersions = ["2020-10-01"];
export const scopes = ["subscription", "resourceGroup", "resource"] as const;

/** Who has what, where. */
export interface Holding {
  readonly scope: string;
  readonly principalId: string;
  readonly role: Role;
}

/**
 * Schedules are only read: requests create, change and remove them (RoleAssignmentSchedule.json and RoleEligibilitySchedule.json in
 * Azure/azure-rest-api-specs).
 */
export function schedulesOf(kind: Kind): ResourceType {
  const members = [
    ...[
      "scope",
      "roleDefinitionId",
      "principalId",
      "principalType",
      "status",
      "memberType",
      "assignmentType",
    ],
    ...["startDateTime", "endDateTime", "createdOn", "updatedOn", `role${kind.name}ScheduleRequestId`],
  ];
  return {
    name: typeOf(kind),
    apiVersions,
    scopes,
    body: structure({
      properties: structure(Object.fromEntries(members.map((member) => [member, readOnly]))),
    }),
    reading: {
      find: (id, world) => find(world, id),
      list: (scope, view) => around(typeOf(kind), scope, view).map((schedule) => seenFrom(scope, schedule)),
    },
  };
}

function typeOf({ name }: Kind): string {
  return `Microsoft.Authorization/role${name}Schedules`;
}

/** What is assigned above a scope is inherited there. */
function seenFrom(scope: string, schedule: Resource): Resource {
  const isAbove = scope.toLowerCase().startsWith(`${scopeOf(schedule).toLowerCase()}/`);
  if (!isAbove) return schedule;
  const properties = { ...schedule.body.properties, memberType: "Inherited" };
  return { ...schedule, body: { ...schedule.body, properties } };
}

/** The schedule at exactly this scope. */
export function scheduleOf(
  kind: Kind,
  world: World,
  { scope, principalId, role }: Holding,
): Resource | undefined {
  return ofType(world, typeOf(kind)).find(
    (schedule) =>
      scopeOf(schedule).toLowerCase() === scope.toLowerCase() &&
      String(schedule.body.properties?.["principalId"]).toLowerCase() === principalId.toLowerCase() &&
      roleNamed(world, String(schedule.body.properties?.["roleDefinitionId"]))?.id === role.id,
  );
}

/** Creates the schedule, or replaces the one of that name, and the role assignment of an active one. */
export function keepSchedule(
  kind: Kind,
  world: World,
  holding: Holding,
  { name, requestId, start, end }: { name: string; requestId: string; start: number; end: number },
): void {
  const { scope, principalId, role } = holding;
  const now = new Date(world.now()).toISOString();
  const granted = {
    roleDefinitionId: roleDefinitionId(role.id),
    principalId,
    principalType: principalTypeOf(world, principalId),
  };
  const keepUntilEnd = (type: string, name: string, properties: Record<string, unknown>) => {
    const id = `${scope}/providers/${type}/${name}`;
    keep(world, { id, type, name, body: { properties }, createdAt: now, updatedAt: now, endsAt: end });
  };
  keepUntilEnd(typeOf(kind), name, {
    ...granted,
    scope,
    status: "Provisioned",
    memberType: "Direct",
    ...(kind.name === "Assignment" ? { assignmentType: "Assigned" } : {}),
    startDateTime: new Date(start).toISOString(),
    endDateTime: new Date(end).toISOString(),
    createdOn: now,
    updatedOn: now,
    [`role${kind.name}ScheduleRequestId`]: requestId,
  });
  if (kind.name === "Eligibility") return;
  const standing = assignmentOf(world, scope, principalId, role);
  keepUntilEnd(roleAssignments.name, standing?.name ?? randomUUID(), granted);
}

/** Takes the schedule away, and the role assignment that an active one stands for. */
export function removeSchedule(kind: Kind, world: World, schedule: Resource, holding: Holding): void {
  remove(world, schedule.id);
  const assignment = assignmentOf(world, holding.scope, holding.principalId, holding.role);
  if (kind.name === "Assignment" && assignment) remove(world, assignment.id);
}
