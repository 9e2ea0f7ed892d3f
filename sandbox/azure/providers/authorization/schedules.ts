import { randomUUID } from "node:crypto";

import { ArmError, methodNotAllowed } from "../../arm/error.ts";
import { find, keep, ofType, remove } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { oneOf, readOnly, required, structure, text } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { deployer } from "../../tenant.ts";
import { around, scopeOf } from "./around.ts";
import type { Role } from "./builtInRoles.ts";
import { roleOf } from "./builtInRoles.ts";
import { principalTypeOf } from "./directory.ts";
import { assignmentOf, roleAssignments } from "./roleAssignments.ts";
import { roleDefinitionId } from "./roleDefinitions.ts";

/**
 * Privileged Identity Management: role assignments with an end (`Assignment`), and roles that somebody may activate
 * (`Eligibility`). A PUT of a request under a new GUID makes, changes or takes away a schedule; schedules are only read
 * (RoleAssignmentScheduleRequest.json, RoleEligibilitySchedule.json and their neighbours in Azure/azure-rest-api-specs, 2020-10-01).
 */
interface Kind {
  readonly name: "Assignment" | "Eligibility";
  /** The longest that the role's settings allow, as they come: half a year, a year. */
  readonly longestDays: number;
}

const kinds: readonly Kind[] = [
  { name: "Assignment", longestDays: 180 },
  { name: "Eligibility", longestDays: 365 },
];

const apiVersions = ["2020-10-01"];
const scopes = ["subscription", "resourceGroup", "resource"] as const;
const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const instant = text({ pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/ });

export const scheduleTypes: readonly ResourceType[] = kinds.flatMap((kind) => [
  requestsOf(kind),
  schedulesOf(kind),
]);

function scheduleType({ name }: Kind): string {
  return `Microsoft.Authorization/role${name}Schedules`;
}

function schedulesOf(kind: Kind): ResourceType {
  const typeName = scheduleType(kind);
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
    name: typeName,
    apiVersions,
    scopes,
    body: structure({
      properties: structure(Object.fromEntries(members.map((member) => [member, readOnly]))),
    }),
    find: (id, world) => find(world, id),
    // What holds at a scope because it was given above it is the scope's by inheritance.
    list: (scope, view) =>
      around(typeName, scope, view).map((schedule) =>
        scope.toLowerCase().startsWith(`${scopeOf(schedule).toLowerCase()}/`)
          ? withProperties(schedule, { memberType: "Inherited" })
          : schedule,
      ),
  };
}

function requestsOf(kind: Kind): ResourceType {
  const target = `targetRole${kind.name}ScheduleId`;
  return {
    name: `Microsoft.Authorization/role${kind.name}ScheduleRequests`,
    apiVersions,
    scopes,
    body: structure({
      properties: required(
        structure({
          roleDefinitionId: required(text()),
          principalId: required(text()),
          requestType: required(
            oneOf(
              "AdminAssign",
              "AdminRemove",
              "AdminUpdate",
              "AdminExtend",
              "AdminRenew",
              "SelfActivate",
              "SelfDeactivate",
              "SelfExtend",
              "SelfRenew",
            ),
          ),
          [target]: text(),
          [`targetRole${kind.name}ScheduleInstanceId`]: text(),
          ...(kind.name === "Assignment" ? { linkedRoleEligibilityScheduleId: text() } : {}),
          scheduleInfo: structure({
            startDateTime: instant,
            expiration: structure({
              type: oneOf("AfterDuration", "AfterDateTime", "NoExpiration"),
              endDateTime: instant,
              duration: text(),
            }),
          }),
          justification: text(),
          ticketInfo: structure({ ticketNumber: text(), ticketSystem: text() }),
          condition: text(),
          conditionVersion: text(),
          scope: readOnly,
          principalType: readOnly,
          status: readOnly,
          approvalId: readOnly,
          createdOn: readOnly,
          requestorId: readOnly,
          expandedProperties: readOnly,
        }),
      ),
    }),
    putStatus: { created: 201, updated: 201 },
    checkName(name) {
      if (!guid.test(name)) throw invalidRequest();
    },
    prepare: (write) => {
      const { status, scheduleName } = carryOut(kind, write);
      const { body, parent, world } = write;
      const { principalId } = requestIn(write);
      Object.assign(body.properties, {
        scope: parent,
        principalType: principalTypeOf(world, principalId),
        status,
        [target]: scheduleName,
      });
    },
    present: (request) => ({ properties: { createdOn: request.createdAt, requestorId: deployer.objectId } }),
    list: (scope, view) => around(`Microsoft.Authorization/role${kind.name}ScheduleRequests`, scope, view),
    beforeDelete() {
      throw methodNotAllowed("DELETE");
    },
  };
}

interface Request {
  roleDefinitionId: string;
  principalId: string;
  requestType: string;
  justification?: string;
  scheduleInfo?: {
    startDateTime?: string;
    expiration?: { type?: string; endDateTime?: string; duration?: string };
  };
}

function requestIn({ body }: Write): Request {
  return body.properties as unknown as Request;
}

/** Does at once what a request asks for: nothing here waits for an approval. */
function carryOut(kind: Kind, write: Write): { status: string; scheduleName: string } {
  const { existing, name, parent, world } = write;
  const request = requestIn(write);
  if (existing) {
    throw new ArmError(
      409,
      "RoleAssignmentRequestExists",
      `A role assignment request with Id: ${name} already exists.`,
    );
  }
  const role = roleOf(request.roleDefinitionId);
  if (!role) {
    throw new ArmError(404, "RoleDefinitionDoesNotExist", "The specified role definition does not exist.");
  }
  if (!principalTypeOf(world, request.principalId)) {
    throw new ArmError(400, "SubjectNotFound", "The subject is not found.");
  }
  const found = scheduleFor(kind, world, parent, request.principalId, role);
  switch (request.requestType) {
    case "AdminAssign": {
      const isTaken =
        found ?? (kind.name === "Assignment" && assignmentOf(world, parent, request.principalId, role));
      if (isTaken) throw new ArmError(400, "RoleAssignmentExists", "The Role assignment already exists.");
      return { status: "Provisioned", scheduleName: provide(kind, write, role, randomUUID()) };
    }
    case "AdminUpdate":
    case "AdminExtend":
      if (!found) throw doesNotExist();
      return { status: "Provisioned", scheduleName: provide(kind, write, role, found.name) };
    case "AdminRemove": {
      if (!found) throw doesNotExist();
      remove(world, found.id);
      const assignment = assignmentOf(world, parent, request.principalId, role);
      if (kind.name === "Assignment" && assignment) remove(world, assignment.id);
      return { status: "Revoked", scheduleName: found.name };
    }
    default:
      throw invalidRequest();
  }
}

/** Makes the schedule, or makes it anew, and the role assignment that an active one stands for. @returns its name */
function provide(kind: Kind, write: Write, role: Role, name: string): string {
  const { id: requestId, parent, world } = write;
  const request = requestIn(write);
  const start = Date.parse(request.scheduleInfo?.startDateTime ?? new Date(world.now()).toISOString());
  const end = endOf(request, start);
  const broken = [
    ...(end === undefined || end - start > kind.longestDays * 86_400_000 ? ["ExpirationRule"] : []),
    ...(kind.name === "Assignment" && !request.justification ? ["JustificationRule"] : []),
  ];
  if (end === undefined || broken.length > 0) {
    throw new ArmError(
      400,
      "RoleAssignmentRequestPolicyValidationFailed",
      `The following policy rules failed: ${JSON.stringify(broken)}`,
    );
  }
  if (end <= world.now()) throw invalidRequest();
  const now = new Date(world.now()).toISOString();
  const ends = { createdAt: now, updatedAt: now, endsAt: end };
  const granted = {
    roleDefinitionId: roleDefinitionId(role.id),
    principalId: request.principalId,
    principalType: principalTypeOf(world, request.principalId),
  };
  const type = scheduleType(kind);
  const properties = {
    ...granted,
    scope: parent,
    status: "Provisioned",
    memberType: "Direct",
    ...(kind.name === "Assignment" ? { assignmentType: "Assigned" } : {}),
    startDateTime: new Date(start).toISOString(),
    endDateTime: new Date(end).toISOString(),
    createdOn: now,
    updatedOn: now,
    [`role${kind.name}ScheduleRequestId`]: requestId,
  };
  keep(world, { id: `${parent}/providers/${type}/${name}`, type, name, body: { properties }, ...ends });
  if (kind.name === "Assignment") {
    const before = assignmentOf(world, parent, request.principalId, role);
    const assignmentName = before?.name ?? randomUUID();
    keep(world, {
      id: `${parent}/providers/${roleAssignments.name}/${assignmentName}`,
      type: roleAssignments.name,
      name: assignmentName,
      body: { properties: granted },
      ...ends,
    });
  }
  return name;
}

/** Undefined: never. */
function endOf({ scheduleInfo }: Request, start: number): number | undefined {
  const { type, endDateTime = "", duration = "" } = scheduleInfo?.expiration ?? {};
  switch (type) {
    case "AfterDateTime": {
      const end = Date.parse(endDateTime);
      if (Number.isNaN(end)) throw invalidRequest();
      return end;
    }
    case "AfterDuration": {
      // Years and months are refused (terraform-provider-azuread #1813).
      const [, days = "0", hours = "0", minutes = "0"] =
        /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
      const length = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
      if (length === 0) throw invalidRequest();
      return start + length;
    }
    default:
      return undefined;
  }
}

function scheduleFor(
  kind: Kind,
  world: World,
  scope: string,
  principalId: string,
  role: Role,
): Resource | undefined {
  return ofType(world, scheduleType(kind)).find(
    (schedule) =>
      scopeOf(schedule).toLowerCase() === scope.toLowerCase() &&
      String(schedule.body.properties?.["principalId"]).toLowerCase() === principalId.toLowerCase() &&
      roleOf(String(schedule.body.properties?.["roleDefinitionId"])) === role,
  );
}

function withProperties(resource: Resource, properties: Record<string, unknown>): Resource {
  return {
    ...resource,
    body: { ...resource.body, properties: { ...resource.body.properties, ...properties } },
  };
}

function doesNotExist(): ArmError {
  return new ArmError(400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
}

function invalidRequest(): ArmError {
  return new ArmError(400, "InvalidRoleAssignmentRequest", "The role assignment request is invalid.");
}
