import * as pulumi from "@pulumi/pulumi";
import { apiVersions } from "../../azure/apiVersions.ts";
import { arm, type Arm } from "../../azure/arm.ts";
import { unlessMissing } from "../../azure/found.ts";
import { isRefusal } from "../../azure/requests.ts";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { endsOtherwise, explained, notInTime, refused } from "./pimErrors.ts";
import type { Stored } from "./stored.ts";
import { DynamicResource } from "./stub.ts";

/** What a role assignment with an end needs to know. */
export interface TimeBoundAssignmentArgs {
  /** The ARM id of where it holds; another one is a replacement. Example: `namespace.id`. */
  scope: pulumi.Input<string>;
  /** The role's display name, for messages. Example: `Contributor`. */
  role: pulumi.Input<string>;
  /** The role definition's full id; another one is a replacement. Example: `roleDefinitionId(subscriptionId, contributor)`. */
  roleDefinitionId: pulumi.Input<string>;
  /** Who gets it: an object id, a GUID; another one is a replacement. */
  principalId: pulumi.Input<string>;
  /** When it ends: a date and time in RFC 3339, in the future. Example: `2027-01-31T18:00:00Z`. */
  until: pulumi.Input<string>;
  /** Why, for readers of PIM's audit history. A change of it alone updates nothing. */
  justification: pulumi.Input<string>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

type Inputs = Stored<TimeBoundAssignmentArgs>;

/**
 * A role with an end: a time-bound active assignment of Privileged Identity Management (PIM), which removes it by itself. Needs Microsoft
 * Entra ID P2 or ID Governance.
 *
 * PIM takes requests, each under a new GUID. A request results in the schedule of a scope, role and principal. An interrupted deployment
 * and a refresh find it again. A schedule that has ended, or was removed, is gone.
 *
 * Fails with one sentence when the license is missing, the role's settings in PIM forbid it, the role is already assigned, or a
 * permission is missing. azure-native has no resource for it (pulumi-azure-native #4287).
 */
export class TimeBoundAssignment extends DynamicResource {
  constructor(name: string, args: TimeBoundAssignmentArgs, options?: pulumi.CustomResourceOptions) {
    super("TimeBoundAssignment", name, args, options);
  }
}

export const timeBoundAssignments: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const azure = arm(inputs.cloud);
    const schedule = (await find(azure, inputs)) ?? (await provide(azure, inputs, "AdminAssign"));
    // This finds the schedule of an interrupted deployment. One with another end was created by someone else.
    if (!endsAsAsked(schedule, inputs)) throw endsOtherwise(inputs, endOf(schedule));
    return { id: schedule.id, outs: inputs };
  },

  async read(id, outputs) {
    if (!outputs) return { id };
    const schedule = await find(arm(outputs.cloud), outputs);
    if (!schedule) return {};
    const until = endOf(schedule)?.toISOString() ?? outputs.until;
    return { id, props: endsAsAsked(schedule, outputs) ? outputs : { ...outputs, until } };
  },

  diff(_id, olds, news) {
    const identity = ["scope", "roleDefinitionId", "principalId"] as const;
    const replaces = identity.filter((key) => !same(olds[key], news[key]));
    const changes = replaces.length > 0 || Date.parse(olds.until) !== Date.parse(news.until);
    return Promise.resolve({ changes, replaces, deleteBeforeReplace: false });
  },

  async update(_id, _olds, news) {
    const azure = arm(news.cloud);
    const schedule = await find(azure, news);
    if (!schedule) await provide(azure, news, "AdminAssign");
    else if (!endsAsAsked(schedule, news)) await provide(azure, news, "AdminUpdate", schedule.name);
    return { outs: news };
  },

  async delete(_id, outputs) {
    const azure = arm(outputs.cloud);
    if (!(await find(azure, outputs))) return;
    const { principalId, roleDefinitionId } = outputs;
    await submit(azure, outputs, {
      principalId,
      roleDefinitionId,
      requestType: "AdminRemove",
      justification: "Removed by Pulumi",
    });
    await settled(azure, outputs, (schedule) => schedule === undefined);
  },
};

/**
 * Requests the assignment with its end, and waits for its schedule.
 *
 * @param requestType `AdminUpdate` changes an existing schedule either way; `AdminExtend` would only extend one that is about to end
 * (unifiedRoleAssignmentScheduleRequest's `action` in Microsoft Graph's reference has the same names and explains each).
 */
async function provide(
  azure: Arm,
  inputs: Inputs,
  requestType: "AdminAssign" | "AdminUpdate",
  scheduleName?: string,
): Promise<Schedule> {
  const { principalId, roleDefinitionId, until, justification } = inputs;
  await submit(azure, inputs, {
    principalId,
    roleDefinitionId,
    requestType,
    justification,
    scheduleInfo: {
      startDateTime: new Date().toISOString(),
      expiration: { type: "AfterDateTime", endDateTime: new Date(until).toISOString() },
    },
    targetRoleAssignmentScheduleId: scheduleName,
  });
  const schedule = await settled(azure, inputs, (found) => found && endsAsAsked(found, inputs));
  if (!schedule) throw notInTime(inputs);
  return schedule;
}

/** The properties of a request to PIM (rest/api/authorization/role-assignment-schedule-requests/create). */
interface ScheduleRequest {
  principalId: string;
  roleDefinitionId: string;
  requestType: "AdminAssign" | "AdminUpdate" | "AdminRemove";
  justification: string;
  scheduleInfo?: object;
  targetRoleAssignmentScheduleId?: string;
}

/** A schedule of PIM (rest/api/authorization/role-assignment-schedules), as far as it is needed here. */
interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly properties: {
    readonly assignmentType?: string;
    readonly memberType?: string;
    readonly scope?: string;
    readonly roleDefinitionId?: string;
    readonly principalId?: string;
    readonly endDateTime?: string | null;
  };
}

/** PIM's statuses of a request that failed (2020-10-01, `Status`). */
const failures = [
  "Denied",
  "AdminDenied",
  "Failed",
  "FailedAsResourceIsLocked",
  "Canceled",
  "TimedOut",
  "Invalid",
];

/** Sends a request. PIM removes a new assignment only after five minutes: this waits. */
async function submit(azure: Arm, inputs: Inputs, properties: ScheduleRequest): Promise<void> {
  const { randomUUID } = await import("node:crypto");
  const requests = `${inputs.scope}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests`;
  const deadline = Date.now() + 6 * 60_000;
  for (;;) {
    try {
      const answer = await azure.put<{ properties: { status?: string } }>(
        `${requests}/${randomUUID()}`,
        apiVersions.roleSchedules,
        { properties },
      );
      const { status = "" } = answer.properties;
      if (failures.includes(status)) throw refused(inputs, status);
      return;
    } catch (error) {
      const code = isRefusal(error) ? error.code : undefined;
      // It has ended since it was looked up.
      if (code === "RoleAssignmentDoesNotExist" && properties.requestType === "AdminRemove") return;
      if (code !== "ActiveDurationTooShort" || Date.now() > deadline) throw explained(error, inputs);
      await pause(10_000);
    }
  }
}

/** Polls for up to ten minutes until the schedule satisfies `isSo`. Returns undefined once it is gone. */
async function settled(
  azure: Arm,
  inputs: Inputs,
  isSo: (schedule: Schedule | undefined) => boolean | undefined,
): Promise<Schedule | undefined> {
  const deadline = Date.now() + 10 * 60_000;
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    const schedule = await find(azure, inputs);
    if (isSo(schedule)) return schedule;
    if (Date.now() + wait > deadline) throw notInTime(inputs);
    await pause(wait);
  }
}

/** The time-bound schedule of exactly this scope, role and principal, unless it is over. PIM also lists those above and below. */
async function find(azure: Arm, inputs: Inputs): Promise<Schedule | undefined> {
  const path = `${inputs.scope}/providers/Microsoft.Authorization/roleAssignmentSchedules`;
  const queryParameters = { $filter: `principalId eq '${inputs.principalId}'` };
  // The assignment is gone if its scope is.
  const schedules = await unlessMissing(() =>
    azure.list<Schedule>(path, apiVersions.roleSchedules, { queryParameters }),
  ).catch((error: unknown) => {
    throw explained(error, inputs);
  });
  return schedules?.find(
    (schedule) =>
      schedule.properties.assignmentType === "Assigned" &&
      schedule.properties.memberType === "Direct" &&
      same(schedule.properties.scope, inputs.scope) &&
      same(schedule.properties.roleDefinitionId, inputs.roleDefinitionId) &&
      same(schedule.properties.principalId, inputs.principalId) &&
      (endOf(schedule)?.getTime() ?? 0) > Date.now(),
  );
}

const same = (one: string | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();

const endOf = ({ properties: { endDateTime } }: Schedule) =>
  endDateTime ? new Date(endDateTime) : undefined;

/** Azure may keep whole seconds only. */
function endsAsAsked(schedule: Schedule, { until }: Inputs): boolean {
  return Math.abs((endOf(schedule)?.getTime() ?? 0) - Date.parse(until)) < 1000;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
