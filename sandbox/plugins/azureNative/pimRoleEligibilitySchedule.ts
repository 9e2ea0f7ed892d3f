import { randomUUID } from "node:crypto";
import type { ArmClient } from "./armClient.ts";
import { ArmError } from "./armError.ts";
import type { CustomResource } from "./customResource.ts";
import { Pause } from "./pause.ts";
import { isObject, type Properties, type Value } from "../properties.ts";

const apiVersion = "2020-10-01";

/**
 * Schedules are created and removed by requests, each under a new GUID, and found by scope, principal and role
 * (custom_pim_eligibility.go). Of an expiration only type and duration are sent, and there is no update.
 */
export const pimRoleEligibilitySchedule: CustomResource = {
  find,

  async create(arm, inputs, signal) {
    const { scope, principalId, roleDefinitionId, justification, ticketInfo } = inputs;
    const body = {
      scope,
      principalId,
      roleDefinitionId,
      requestType: "AdminAssign",
      ...(justification === undefined ? {} : { justification }),
      ...(ticketInfo === undefined ? {} : { ticketInfo }),
      ...scheduleInfoIn(inputs),
    };
    await request(arm, text(scope), body, signal);
    const pause = new Pause(10, signal);
    for (;;) {
      const schedule = await find(arm, inputs, signal);
      if (schedule) return schedule;
      await pause.after();
    }
  },

  async delete(arm, outputs, signal) {
    const { name, scope, principalId, roleDefinitionId } = outputs;
    const id = `${text(scope)}/providers/Microsoft.Authorization/roleEligibilitySchedules/${text(name)}`;
    const isThere = () =>
      arm.get(id, apiVersion, signal).catch((error: unknown) => {
        if (error instanceof ArmError && error.status === 404) return undefined;
        throw error;
      });
    if (!(await isThere())) return;
    const requestType = "AdminRemove";
    const body = { principalId, roleDefinitionId, requestType, justification: "Removed by Pulumi" };
    const pause = new Pause(10, signal);
    for (let isAsked = false; !isAsked;) {
      try {
        await request(arm, text(scope), body, signal);
        isAsked = true;
      } catch (error) {
        if (!(error instanceof ArmError)) throw error;
        if (error.code === "RoleAssignmentDoesNotExist") return;
        if (error.code !== "ActiveDurationTooShort") throw error;
        await pause.after();
      }
    }
    while (await isThere()) await pause.after();
  },
};

async function find(
  arm: ArmClient,
  inputs: Properties,
  signal?: AbortSignal,
): Promise<Properties | undefined> {
  const { scope, principalId, roleDefinitionId } = inputs;
  const schedules = await arm.list(
    `${text(scope)}/providers/Microsoft.Authorization/roleEligibilitySchedules`,
    apiVersion,
    `principalId eq '${text(principalId)}'`,
    signal,
  );
  const schedule = schedules.find(
    ({ properties }) =>
      isObject(properties) &&
      same(properties["principalId"], principalId) &&
      same(properties["roleDefinitionId"], roleDefinitionId) &&
      properties["memberType"] === "Direct",
  );
  // Its type is not the one of the resource, and taken out.
  return schedule && Object.fromEntries(Object.entries(schedule).filter(([name]) => name !== "type"));
}

async function request(
  arm: ArmClient,
  scope: string,
  properties: Properties,
  signal: AbortSignal | undefined,
): Promise<void> {
  const id = `${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${randomUUID()}`;
  await arm.put(id, apiVersion, { properties }, false, signal);
}

function scheduleInfoIn({ scheduleInfo }: Properties): Properties {
  if (!isObject(scheduleInfo)) return {};
  const { startDateTime, expiration } = scheduleInfo;
  const { duration, type } = isObject(expiration) ? expiration : {};
  return {
    scheduleInfo: {
      ...(startDateTime === undefined ? {} : { startDateTime }),
      expiration: {
        ...(duration === undefined ? {} : { duration }),
        ...(type === undefined ? {} : { type }),
      },
    },
  };
}

const text = (value: Value | undefined) => (typeof value === "string" ? value : "");
const same = (one: Value | undefined, other: Value | undefined) =>
  text(one).toLowerCase() === text(other).toLowerCase();
