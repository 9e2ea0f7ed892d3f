import type {
  AuthorizationManagementClient,
  RoleAssignmentSchedule,
  RoleAssignmentScheduleRequest,
} from "@azure/arm-authorization";
import * as pulumi from "@pulumi/pulumi";
import { connect } from "../../azure/connection.ts";
import { pathOf } from "../../azure/resourceManager.ts";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { endsOtherwise, explained, notInTime, refused } from "./pimErrors.ts";

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
  /** When it ends: an instant in RFC 3339, in the future. Example: `2027-01-31T18:00:00Z`. */
  until: pulumi.Input<string>;
  /** Why, for people who look at PIM's audit history. A change of it alone is none. */
  justification: pulumi.Input<string>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

interface Inputs {
  scope: string;
  role: string;
  roleDefinitionId: string;
  principalId: string;
  until: string;
  justification: string;
  cloud?: Cloud;
}

/**
 * A role that somebody has up to an instant: a time-bound active assignment of Privileged Identity Management (PIM), which takes it
 * away by itself. Needs Microsoft Entra ID P2 or ID Governance.
 *
 * PIM is asked by requests, each under a GUID of its own. What comes of one is the schedule of a scope, role and principal: that is
 * found again after an interruption, and is what a refresh looks for. One that is over, or was taken away, is gone.
 *
 * Fails with a sentence when the license is missing, the role's settings in PIM forbid it, the role is assigned already, or a
 * permission is missing. azure-native has no resource for it (pulumi-azure-native #4287).
 */
export class TimeBoundAssignment extends pulumi.dynamic.Resource {
  constructor(name: string, args: TimeBoundAssignmentArgs, options?: pulumi.CustomResourceOptions) {
    super(timeBoundAssignments, name, args, options, "defender-streaming", "TimeBoundAssignment");
  }
}

/**
 * Pulumi stores the source of these functions in the state and runs it in a process of its own: nothing here may
 * touch a value from outside that is secret, and the SDK is loaded inside.
 *
 * Exported for the tests.
 */
export const timeBoundAssignments: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const client = await signIn(inputs);
    const schedule = (await find(client, inputs)) ?? (await provide(client, inputs, "AdminAssign"));
    // The schedule of a deployment that was interrupted is found again; one with another end is somebody else's.
    if (!endsAsAsked(schedule, inputs)) throw endsOtherwise(inputs, schedule.endDateTime);
    return { id: schedule.id ?? inputs.scope, outs: inputs };
  },

  async read(id, outputs) {
    if (!outputs) return { id };
    const schedule = await find(await signIn(outputs), outputs);
    if (!schedule) return {};
    const until = schedule.endDateTime?.toISOString() ?? outputs.until;
    return { id, props: endsAsAsked(schedule, outputs) ? outputs : { ...outputs, until } };
  },

  diff(_id, olds, news) {
    const identity = ["scope", "roleDefinitionId", "principalId"] as const;
    const replaces = identity.filter((key) => !same(olds[key], news[key]));
    const changes = replaces.length > 0 || Date.parse(olds.until) !== Date.parse(news.until);
    return Promise.resolve({ changes, replaces, deleteBeforeReplace: false });
  },

  async update(_id, _olds, news) {
    const client = await signIn(news);
    const schedule = await find(client, news);
    if (!schedule) await provide(client, news, "AdminAssign");
    else if (!endsAsAsked(schedule, news)) await provide(client, news, "AdminUpdate", schedule.name);
    return { outs: news };
  },

  async delete(_id, outputs) {
    const client = await signIn(outputs);
    if (!(await find(client, outputs))) return;
    const { principalId, roleDefinitionId } = outputs;
    const requestType = "AdminRemove";
    const request = { principalId, roleDefinitionId, requestType, justification: "Removed by Pulumi" };
    await submit(client, outputs, request);
    await settled(client, outputs, (schedule) => schedule === undefined);
  },
};

/**
 * Asks for the assignment with its end, and waits for what comes of it.
 *
 * @param requestType `AdminUpdate` changes a schedule that stands, either way; `AdminExtend` would only lengthen one that is about
 * to end (unifiedRoleAssignmentScheduleRequest's `action` in Microsoft Graph's reference has the same names and says what each does).
 */
async function provide(
  client: AuthorizationManagementClient,
  inputs: Inputs,
  requestType: "AdminAssign" | "AdminUpdate",
  scheduleName?: string,
): Promise<RoleAssignmentSchedule> {
  const { principalId, roleDefinitionId, until, justification } = inputs;
  await submit(client, inputs, {
    principalId,
    roleDefinitionId,
    requestType,
    justification,
    scheduleInfo: {
      startDateTime: new Date(),
      expiration: { type: "AfterDateTime", endDateTime: new Date(until) },
    },
    ...(scheduleName === undefined ? {} : { targetRoleAssignmentScheduleId: scheduleName }),
  });
  const schedule = await settled(client, inputs, (found) => found && endsAsAsked(found, inputs));
  if (!schedule) throw notInTime(inputs);
  return schedule;
}

/** PIM's statuses of a request that came to nothing (2020-10-01, `Status`). */
const failures = [
  "Denied",
  "AdminDenied",
  "Failed",
  "FailedAsResourceIsLocked",
  "Canceled",
  "TimedOut",
  "Invalid",
];

/** Sends a request. What PIM gave a moment ago it takes away after five minutes only: that is waited for. */
async function submit(
  client: AuthorizationManagementClient,
  inputs: Inputs,
  request: RoleAssignmentScheduleRequest,
): Promise<void> {
  const { randomUUID } = await import("node:crypto");
  const deadline = Date.now() + 6 * 60_000;
  for (;;) {
    try {
      const answer = await client.roleAssignmentScheduleRequests.create(
        pathOf(inputs.scope),
        randomUUID(),
        request,
      );
      if (failures.includes(answer.status ?? "")) throw refused(inputs, answer.status ?? "");
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      // It has ended by itself between the look and the request.
      if (code === "RoleAssignmentDoesNotExist" && request.requestType === "AdminRemove") return;
      if (code !== "ActiveDurationTooShort" || Date.now() > deadline) throw explained(error, inputs);
      await pause(10_000);
    }
  }
}

/** The schedule as soon as it is as it shall be, looked for up to ten minutes; undefined when it shall be gone. */
async function settled(
  client: AuthorizationManagementClient,
  inputs: Inputs,
  isSo: (schedule: RoleAssignmentSchedule | undefined) => boolean | undefined,
): Promise<RoleAssignmentSchedule | undefined> {
  const deadline = Date.now() + 10 * 60_000;
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    const schedule = await find(client, inputs);
    if (isSo(schedule)) return schedule;
    if (Date.now() + wait > deadline) throw notInTime(inputs);
    await pause(wait);
  }
}

/** The time-bound schedule of exactly this scope, role and principal, unless it is over. PIM lists those above and below as well. */
async function find(
  client: AuthorizationManagementClient,
  inputs: Inputs,
): Promise<RoleAssignmentSchedule | undefined> {
  const filter = `principalId eq '${inputs.principalId}'`;
  try {
    for await (const schedule of client.roleAssignmentSchedules.listForScope(pathOf(inputs.scope), {
      filter,
    })) {
      const isIt =
        schedule.assignmentType === "Assigned" &&
        schedule.memberType === "Direct" &&
        same(schedule.scope, inputs.scope) &&
        same(schedule.roleDefinitionId, inputs.roleDefinitionId) &&
        same(schedule.principalId, inputs.principalId);
      if (isIt && schedule.endDateTime && schedule.endDateTime.getTime() > Date.now()) return schedule;
    }
  } catch (error) {
    // With what it held for, the assignment has gone as well.
    if ((error as { statusCode?: number }).statusCode !== 404) throw explained(error, inputs);
  }
  return undefined;
}

const same = (one: string | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();

/** Whole seconds: Azure need not keep more. */
function endsAsAsked({ endDateTime }: RoleAssignmentSchedule, { until }: Inputs): boolean {
  return Math.abs((endDateTime?.getTime() ?? 0) - Date.parse(until)) < 1000;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function signIn({ scope, cloud }: Inputs): Promise<AuthorizationManagementClient> {
  const sdk = await import("@azure/arm-authorization");
  const { credential, endpoint, scope: credentialScopes } = await connect(cloud);
  const subscription = scope.split("/")[2] ?? "";
  return new sdk.AuthorizationManagementClient(credential, subscription, { endpoint, credentialScopes });
}
