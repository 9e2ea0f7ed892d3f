import { randomUUID } from "node:crypto";

import { ArmError, methodNotAllowed } from "../../arm/error.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { oneOf, readOnly, required, structure, text } from "../../arm/shape.ts";
import { deployer } from "../../tenant.ts";
import { around } from "./around.ts";
import { principalTypeOf } from "./directory.ts";
import { assignmentOf } from "./roleAssignments.ts";
import { roleNamed } from "./roles.ts";
import {
  apiVersions,
  type Holding,
  keepSchedule,
  type Kind,
  removeSchedule,
  scheduleOf,
  scopes,
} from "./schedules.ts";

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const instant = text({ pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/ });

/**
 * Requests to Privileged Identity Management, each under its own GUID; none is changed or deleted
 * (RoleAssignmentScheduleRequest.json and RoleEligibilityScheduleRequest.json in Azure/azure-rest-api-specs).
 */
export function requestsOf(kind: Kind): ResourceType {
  const name = `Microsoft.Authorization/role${kind.name}ScheduleRequests`;
  const target = `targetRole${kind.name}ScheduleId`;
  return {
    name,
    apiVersions,
    scopes,
    naming: {
      check(name) {
        if (!guid.test(name)) throw invalidRequest();
      },
    },
    body: structure({
      properties: required(
        structure({
          roleDefinitionId: required(text()),
          principalId: required(text()),
          requestType: required(
            oneOf(
              ...["AdminAssign", "AdminRemove", "AdminUpdate", "AdminExtend", "AdminRenew"],
              ...["SelfActivate", "SelfDeactivate", "SelfExtend", "SelfRenew"],
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
    writing: {
      status: { created: 201, updated: 201 },
      prepare(write) {
        const { holding, status, scheduleName } = carryOut(kind, write);
        Object.assign(write.body.properties, {
          scope: holding.scope,
          principalType: principalTypeOf(write.world, holding.principalId),
          status,
          [target]: scheduleName,
        });
      },
    },
    deletion: {
      before() {
        throw methodNotAllowed("DELETE");
      },
    },
    reading: {
      present: (request) => ({
        properties: { createdOn: request.createdAt, requestorId: deployer.objectId },
      }),
      list: (scope, view) => around(name, scope, view),
    },
  };
}

interface Asked {
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly requestType: string;
  readonly justification?: string;
  readonly scheduleInfo?: {
    readonly startDateTime?: string;
    readonly expiration?: {
      readonly type?: string;
      readonly endDateTime?: string;
      readonly duration?: string;
    };
  };
}

/** Carries the request out at once: nothing here waits for an approval. */
function carryOut(
  kind: Kind,
  write: Write,
): { readonly holding: Holding; readonly status: string; readonly scheduleName: string } {
  const { existing, name, id, world } = write;
  const asked = write.body.properties as unknown as Asked;
  if (existing) {
    throw new ArmError(
      409,
      "RoleAssignmentRequestExists",
      `A role assignment request with Id: ${name} already exists.`,
    );
  }
  const holding = holdingIn(asked, write);
  const standing = scheduleOf(kind, world, holding);
  switch (asked.requestType) {
    case "AdminAssign": {
      const { scope, principalId, role } = holding;
      const isAssigned = kind.name === "Assignment" && assignmentOf(world, scope, principalId, role);
      if (standing || isAssigned) {
        throw new ArmError(400, "RoleAssignmentExists", "The Role assignment already exists.");
      }
      const scheduleName = randomUUID();
      const times = timesIn(kind, asked, world.now());
      keepSchedule(kind, world, holding, { name: scheduleName, requestId: id, ...times });
      return { holding, status: "Provisioned", scheduleName };
    }
    case "AdminUpdate":
    case "AdminExtend": {
      if (!standing) throw doesNotExist();
      const times = timesIn(kind, asked, world.now());
      keepSchedule(kind, world, holding, { name: standing.name, requestId: id, ...times });
      return { holding, status: "Provisioned", scheduleName: standing.name };
    }
    case "AdminRemove":
      if (!standing) throw doesNotExist();
      removeSchedule(kind, world, standing, holding);
      return { holding, status: "Revoked", scheduleName: standing.name };
    default:
      throw invalidRequest();
  }
}

function holdingIn({ roleDefinitionId, principalId }: Asked, { parent, world }: Write): Holding {
  const role = roleNamed(world, roleDefinitionId);
  if (!role) {
    throw new ArmError(404, "RoleDefinitionDoesNotExist", "The specified role definition does not exist.");
  }
  if (!principalTypeOf(world, principalId)) {
    throw new ArmError(400, "SubjectNotFound", "The subject is not found.");
  }
  return { scope: parent, principalId, role };
}

/** When it begins and ends, as far as the role's settings allow it. */
function timesIn(kind: Kind, asked: Asked, now: number): { readonly start: number; readonly end: number } {
  const { startDateTime } = asked.scheduleInfo ?? {};
  const start = startDateTime === undefined ? now : Date.parse(startDateTime);
  const end = endIn(asked, start);
  const broken = [
    ...(end - start > kind.longestDays * 86_400_000 ? ["ExpirationRule"] : []),
    ...(kind.name === "Assignment" && !asked.justification ? ["JustificationRule"] : []),
  ];
  if (broken.length > 0) {
    throw new ArmError(
      400,
      "RoleAssignmentRequestPolicyValidationFailed",
      `The following policy rules failed: ${JSON.stringify(broken)}`,
    );
  }
  if (Number.isNaN(start) || !(end > now)) throw invalidRequest();
  return { start, end };
}

/** NaN: it cannot be read. */
function endIn({ scheduleInfo }: Asked, start: number): number {
  const { type, endDateTime = "", duration = "" } = scheduleInfo?.expiration ?? {};
  switch (type) {
    case "AfterDateTime":
      return Date.parse(endDateTime);
    case "AfterDuration":
      return start + lengthOf(duration);
    default:
      return Infinity;
  }
}

/** Days, hours and minutes; years and months are refused (terraform-provider-azuread #1813). NaN: it is something else. */
function lengthOf(duration: string): number {
  const match = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration);
  if (!match) return NaN;
  const [, days = "0", hours = "0", minutes = "0"] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}

function doesNotExist(): ArmError {
  return new ArmError(400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
}

function invalidRequest(): ArmError {
  return new ArmError(400, "InvalidRoleAssignmentRequest", "The role assignment request is invalid.");
}
