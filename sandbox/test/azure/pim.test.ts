import { randomUUID } from "node:crypto";

import { beforeEach, describe, expect, test } from "vitest";

import { deployer, portalUserAlex, securityGroup } from "../../azure/tenant.ts";
import { refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const version = "2020-10-01";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const role = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${contributor}`;
const group = `${subscription}/resourceGroups/rg`;
const day = 86_400_000;

type Kind = "Assignment" | "Eligibility";
interface Schedule {
  id: string;
  properties: { scope: string; memberType: string; startDateTime: string; endDateTime: string };
}

const oneMonth = { type: "AfterDuration", duration: "P30D" };
const request = (kind: Kind, scope: string, properties: object = {}, name: string = randomUUID()) =>
  azure.arm(
    "PUT",
    `${scope}/providers/Microsoft.Authorization/role${kind}ScheduleRequests/${name}`,
    {
      properties: {
        principalId: portalUserAlex.objectId,
        roleDefinitionId: role,
        requestType: "AdminAssign",
        justification: "A test",
        scheduleInfo: { expiration: oneMonth },
        ...properties,
      },
    },
    version,
  );
const listed = async <Item>(scope: string, type: string, filter: string, apiVersion = version) => {
  const path = `${scope}/providers/Microsoft.Authorization/${type}?$filter=${encodeURIComponent(filter)}`;
  return ((await azure.arm("GET", path, undefined, apiVersion)).body as { value: Item[] }).value;
};
const schedules = (kind: Kind, scope: string, filter = `principalId eq '${portalUserAlex.objectId}'`) =>
  listed<Schedule>(scope, `role${kind}Schedules`, filter);
const assigned = async (scope: string) =>
  (await listed<Schedule>(scope, "roleAssignments", "atScope()", "2022-04-01")).filter(
    ({ properties }) => properties.scope === scope,
  );

let namespace = "";
let count = 0;
beforeEach(async () => {
  namespace = await azure.namespace(`pim-ns-${String(++count)}`);
});

describe.each<Kind>(["Assignment", "Eligibility"])("a request of a role %s schedule", (kind) => {
  test("answers 201 with its status and the schedule that it creates", async () => {
    const made = await request(kind, namespace);
    expect(made.status).toBe(201);
    const { properties } = made.body as { properties: Record<string, string> };
    expect(properties).toMatchObject({
      status: "Provisioned",
      scope: namespace,
      principalType: "User",
      requestorId: deployer.objectId,
    });
    const [schedule] = await schedules(kind, namespace);
    expect(schedule).toMatchObject({
      name: properties[`targetRole${kind}ScheduleId`],
      properties: {
        status: "Provisioned",
        memberType: "Direct",
        principalType: "User",
        roleDefinitionId: role,
      },
    });
    const { startDateTime = "", endDateTime = "" } = schedule?.properties ?? {};
    expect(Date.parse(endDateTime) - Date.parse(startDateTime)).toBe(30 * day);
    expect((await azure.arm("GET", schedule?.id ?? "", undefined, version)).status).toBe(200);
  });

  test("is carried out once under a name, and once for a scope, role and principal", async () => {
    const name = randomUUID();
    await request(kind, namespace, {}, name);
    expect(refusal(await request(kind, namespace, {}, name))).toBe("409 RoleAssignmentRequestExists");
    expect(refusal(await request(kind, namespace))).toBe("400 RoleAssignmentExists");
    expect((await request(kind, group)).status).toBe(201);
    expect((await request(kind, namespace, { principalId: securityGroup.objectId })).status).toBe(201);
    await request(kind, group, { requestType: "AdminRemove" });
  });

  test("changes the end of an existing schedule", async () => {
    await request(kind, namespace);
    const [before] = await schedules(kind, namespace);
    const endDateTime = new Date(Date.now() + 90 * day).toISOString();
    const scheduleInfo = { expiration: { type: "AfterDateTime", endDateTime } };
    const update = { requestType: "AdminUpdate", scheduleInfo };
    expect((await request(kind, namespace, update)).status).toBe(201);
    expect(await schedules(kind, namespace)).toMatchObject([{ id: before?.id, properties: { endDateTime } }]);
  });

  test("removes a schedule, and refuses to remove or change one that does not exist", async () => {
    for (const requestType of ["AdminRemove", "AdminUpdate"])
      expect(refusal(await request(kind, namespace, { requestType }))).toBe("400 RoleAssignmentDoesNotExist");
    await request(kind, namespace);
    const removed = await request(kind, namespace, { requestType: "AdminRemove" });
    expect(removed.body).toMatchObject({ properties: { status: "Revoked" } });
    expect(await schedules(kind, namespace)).toEqual([]);
  });

  test.each([
    ["has no expiration", { scheduleInfo: {} }, "400 RoleAssignmentRequestPolicyValidationFailed"],
    [
      "never ends",
      { scheduleInfo: { expiration: { type: "NoExpiration" } } },
      "400 RoleAssignmentRequestPolicyValidationFailed",
    ],
    [
      "ends too late",
      { scheduleInfo: { expiration: { type: "AfterDuration", duration: "P400D" } } },
      "400 RoleAssignmentRequestPolicyValidationFailed",
    ],
    [
      "ends in years, which Azure does not read",
      { scheduleInfo: { expiration: { type: "AfterDuration", duration: "P1Y" } } },
      "400 InvalidRoleAssignmentRequest",
    ],
    ["is for an unknown principal", { principalId: randomUUID() }, "400 SubjectNotFound"],
    ["is for an unknown role", { roleDefinitionId: `${role}0` }, "404 RoleDefinitionDoesNotExist"],
    ["is of an unknown type", { requestType: "Assign" }, "400 InvalidRequestContent"],
    [
      "is an activation, which the caller is not eligible for",
      { requestType: "SelfActivate" },
      "400 InvalidRoleAssignmentRequest",
    ],
  ])("is refused when it %s", async (_, properties, expected) => {
    expect(refusal(await request(kind, namespace, properties))).toBe(expected);
    expect(await schedules(kind, namespace)).toEqual([]);
  });

  test("has a GUID for a name, and cannot be deleted", async () => {
    expect(refusal(await request(kind, namespace, {}, "mine"))).toBe("400 InvalidRoleAssignmentRequest");
    const { id } = (await request(kind, namespace)).body as { id: string };
    expect(refusal(await azure.arm("DELETE", id, undefined, version))).toBe("405 MethodNotAllowed");
    expect((await azure.arm("GET", id, undefined, version)).status).toBe(200);
  });

  test("leaves a schedule that can be seen above and below, inherited there, and neither written nor deleted", async () => {
    await request(kind, group);
    const seen = async (scope: string, filter?: string) =>
      (await schedules(kind, scope, filter)).map(({ properties }) => properties.memberType);
    expect(await seen(group, "atScope()")).toEqual(["Direct"]);
    expect(await seen(namespace)).toEqual(["Inherited"]);
    expect(await seen(subscription)).toContain("Direct");
    expect(await seen(subscription, "atScope()")).toEqual([]);
    expect(await seen(group, "asTarget()")).toEqual([]);
    const [schedule] = await schedules(kind, group);
    for (const method of ["PUT", "DELETE"])
      expect((await azure.arm(method, schedule?.id ?? "", { properties: {} }, version)).status).toBe(405);
    await request(kind, group, { requestType: "AdminRemove" });
  });

  test("leaves nothing behind when its scope is deleted or its time is over", async () => {
    await request(kind, namespace);
    await azure.control("POST", "expire", { principalId: portalUserAlex.objectId });
    expect(await schedules(kind, namespace)).toEqual([]);
    await request(kind, namespace);
    await azure.arm("DELETE", namespace);
    azure.pass();
    expect(await schedules(kind, group)).toEqual([]);
  });
});

test("a time-bound assignment is a role assignment as long as it lasts, and an eligibility is not", async () => {
  await request("Eligibility", namespace);
  expect(await assigned(namespace)).toEqual([]);
  await request("Assignment", namespace);
  expect(await assigned(namespace)).toMatchObject([{ properties: { principalId: portalUserAlex.objectId } }]);
  const another = `${namespace}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const properties = { roleDefinitionId: role, principalId: portalUserAlex.objectId };
  expect(refusal(await azure.arm("PUT", another, { properties }))).toBe("409 RoleAssignmentExists");
  await request("Assignment", namespace, { requestType: "AdminRemove" });
  expect(await assigned(namespace)).toEqual([]);
});

test("an active assignment needs a reason", async () => {
  const refused = await request("Assignment", namespace, { justification: null });
  expect(JSON.stringify(refused.body)).toContain("JustificationRule");
});

test("a permanent assignment excludes a time-bound one, and not an eligibility", async () => {
  const path = `${namespace}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  await azure.arm("PUT", path, {
    properties: { roleDefinitionId: role, principalId: portalUserAlex.objectId },
  });
  expect(refusal(await request("Assignment", namespace))).toBe("400 RoleAssignmentExists");
  expect((await request("Eligibility", namespace)).status).toBe(201);
});
