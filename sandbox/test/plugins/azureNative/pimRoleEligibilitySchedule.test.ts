import { expect, test } from "vitest";
import { isPimRequest } from "../../../testing/pimRequest.ts";
import { type FakeArm, group, providerOn, resource, startFakeArm } from "../fakeArm.ts";

const eligibility = resource("azure-native:authorization:PimRoleEligibilitySchedule");
const principalId = "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245";
const roleDefinitionId = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r";
const inputs = {
  scope: group,
  principalId,
  roleDefinitionId,
  roleEligibilityScheduleRequestName: "it1234",
  justification: "Because",
  scheduleInfo: {
    startDateTime: "2026-12-01T00:00:00Z",
    expiration: { type: "AfterDuration", duration: "P365D" },
  },
};
const schedules = `${group}/providers/Microsoft.Authorization/roleEligibilitySchedules`;
const schedule = (properties: object = {}) => ({
  id: `${schedules}/one`,
  name: "one",
  type: "Microsoft.Authorization/roleEligibilitySchedules",
  properties: {
    principalId,
    roleDefinitionId,
    scope: group,
    memberType: "Direct",
    status: "Provisioned",
    ...properties,
  },
});
const shows = (arm: FakeArm, ...value: object[]) => {
  arm.answer(`GET ${schedules}`, { status: 200, body: { value } });
};
const withoutNames = (sent: string[]) =>
  sent.map((request) => request.replace(/Requests\/.*$/, "Requests/<guid>"));

test("an eligibility is created by a request under a new GUID, and the provider waits for it", async () => {
  const arm = await startFakeArm();
  shows(arm);
  shows(arm, schedule({ memberType: "Inherited" }), schedule({ principalId: "other" }));
  shows(arm, schedule());
  const { outputs } = await providerOn(arm).create({ ...eligibility, inputs, preview: false });
  expect(withoutNames(arm.sent)).toEqual([
    `GET ${schedules}`,
    `PUT ${group}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/<guid>`,
    `GET ${schedules}`,
    `GET ${schedules}`,
  ]);
  expect(arm.sent[1]).not.toContain("it1234");
  expect(isPimRequest("Eligibility", arm.lastPut())).toBe(true);
  expect(arm.lastPut()["properties"]).toMatchObject({
    requestType: "AdminAssign",
    scheduleInfo: inputs.scheduleInfo,
  });
  expect(outputs).toMatchObject({ name: "one", status: "Provisioned", principalId });
  expect(outputs).not.toHaveProperty("type");
});

test("an existing eligibility is an error", async () => {
  const arm = await startFakeArm();
  shows(arm, schedule());
  const created = providerOn(arm).create({ ...eligibility, inputs, preview: false });
  await expect(created).rejects.toThrow("cannot create already existing resource");
});

test("a read finds it by scope, role and principal; one that is over is gone", async () => {
  const arm = await startFakeArm();
  const read = { ...eligibility, id: "/id/is/not/used", oldInputs: inputs, oldOutputs: {} };
  shows(arm, schedule());
  expect((await providerOn(arm).read(read))?.outputs).toMatchObject({ name: "one" });
  shows(arm);
  expect(await providerOn(arm).read(read)).toBeUndefined();
});

test("a removal is a request as well, and the provider waits for it", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${schedules}/one`, { status: 200, body: schedule() });
  arm.answer(`GET ${schedules}/one`, { status: 200, body: schedule() });
  const oldOutputs = { name: "one", scope: group, principalId, roleDefinitionId };
  await providerOn(arm).delete({ ...eligibility, id: "/id/is/not/used", oldOutputs });
  expect(withoutNames(arm.sent)).toEqual([
    `GET ${schedules}/one`,
    `PUT ${group}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/<guid>`,
    `GET ${schedules}/one`,
    `GET ${schedules}/one`,
  ]);
  expect(isPimRequest("Eligibility", arm.lastPut())).toBe(true);
  expect(arm.lastPut()["properties"]).toMatchObject({ requestType: "AdminRemove" });
});

test("an eligibility that is gone needs no removal", async () => {
  const arm = await startFakeArm();
  const oldOutputs = { name: "one", scope: group, principalId, roleDefinitionId };
  await providerOn(arm).delete({ ...eligibility, id: "/id/is/not/used", oldOutputs });
  expect(arm.sent).toEqual([`GET ${schedules}/one`]);
});
