import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { timeBoundAssignments } from "../../../components/dynamic/timeBoundAssignment.ts";
import {
  clientSecret,
  deployer,
  portalUserAlex,
  securityGroup,
  subscriptionId,
  tenantId,
} from "defender-streaming-sandbox/tenant";
import { contributor, roleDefinitionId } from "../../../streaming/roles/roles.ts";
import { isPimRequest } from "defender-streaming-sandbox/pimRequest";
import { subscription, testAzure } from "defender-streaming-sandbox/testAzure";

const azure = await testAzure();
const day = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();
const inOneMonth = inDays(30);

let scope = "";
let count = 0;
beforeEach(async () => {
  scope = await azure.namespace(`pim-ns-${String(++count)}`);
  vi.stubEnv("ARM_METADATA_HOSTNAME", new URL(azure.origin).host);
  vi.stubEnv("ARM_DISABLE_INSTANCE_DISCOVERY", "true");
  vi.stubEnv("ARM_TENANT_ID", tenantId);
  vi.stubEnv("ARM_CLIENT_ID", deployer.appId);
  vi.stubEnv("ARM_CLIENT_SECRET", clientSecret);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await azure.control("DELETE", "faults");
});

const inputs = (changes: object = {}) => ({
  scope,
  role: contributor.name,
  roleDefinitionId: roleDefinitionId(subscriptionId, contributor),
  principalId: portalUserAlex.objectId,
  until: inOneMonth,
  justification: "Saves export settings",
  ...changes,
});
type Inputs = ReturnType<typeof inputs>;
const {
  create,
  read,
  update,
  delete: remove,
  diff,
} = timeBoundAssignments as Required<typeof timeBoundAssignments>;

/** The requests that were sent to PIM, with the names they were sent under. */
const requests = (at = scope): Record<string, unknown>[] =>
  azure
    .log()
    .filter(({ method, url }) => method === "PUT" && String(url).includes(`${at}/providers/Microsoft.Auth`))
    .map(({ url, requestBody }) => ({
      ...(requestBody as { properties: object }).properties,
      name: new URL(String(url), azure.origin).pathname.split("/").at(-1),
    }));
const assignments = async () => {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()`;
  const { value } = (await azure.arm("GET", path, undefined, "2022-04-01")).body as {
    value: { properties: { principalId: string; scope: string } }[];
  };
  return value
    .filter(({ properties }) => properties.scope === scope)
    .map(({ properties }) => properties.principalId);
};
const end = async (asked: Inputs) => (await read("id", asked)).props?.until;
const refuse = (status: number, code: string, message = "No.", method = "PUT") =>
  azure.control("POST", "faults", {
    method,
    pathPattern: "ScheduleRequests/",
    answer: { status, code, message },
  });

test("the role is assigned with its end, by one request as Microsoft specifies it", async () => {
  const asked = inputs();
  await create(asked);
  expect(await assignments()).toEqual([portalUserAlex.objectId]);
  expect(await end(asked)).toBe(asked.until);
  expect(requests()).toMatchObject([
    {
      requestType: "AdminAssign",
      principalId: portalUserAlex.objectId,
      justification: "Saves export settings",
      scheduleInfo: { expiration: { type: "AfterDateTime", endDateTime: asked.until } },
    },
  ]);
});

test("a deployment that was interrupted finds its own schedule again", async () => {
  const asked = inputs();
  await create(asked);
  await create(asked);
  expect(requests()).toHaveLength(1);
});

test("an end that is written with another time zone is the same end", async () => {
  const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 20 * day);
  const asked = inputs({ until: until.toISOString() });
  await create(asked);
  const elsewhere = `${new Date(until.getTime() + 60 * 60 * 1000).toISOString().slice(0, 19)}+01:00`;
  expect((await diff("id", asked, inputs({ until: elsewhere }))).changes).toBe(false);
  expect(await end(inputs({ until: elsewhere }))).toBe(elsewhere);
});

test.each([
  ["later", 60],
  ["earlier", 10],
])("a %s end changes the existing schedule, with another request", async (_, days) => {
  const before = inputs();
  await create(before);
  const after = inputs({ until: inDays(days) });
  expect(await diff("id", before, after)).toMatchObject({ changes: true, replaces: [] });
  await update("id", before, after);
  expect(await end(after)).toBe(after.until);
  expect(await assignments()).toEqual([portalUserAlex.objectId]);
  const [first, second] = requests();
  expect(second).toMatchObject({ requestType: "AdminUpdate" });
  expect(second?.["name"]).not.toBe(first?.["name"]);
});

test("another principal or scope is a replacement", async () => {
  const before = inputs();
  expect(await diff("id", before, inputs({ principalId: securityGroup.objectId }))).toMatchObject({
    replaces: ["principalId"],
  });
  expect(await diff("id", before, inputs({ scope: subscription }))).toMatchObject({ replaces: ["scope"] });
  expect(await diff("id", before, inputs({ justification: "Another" }))).toMatchObject({ changes: false });
});

test("when its time is over it is gone, and a later end assigns the role again", async () => {
  const asked = inputs();
  await create(asked);
  azure.pass(31 * day);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * day });
  expect(await read("id", asked)).toEqual({});
  vi.useRealTimers();
  azure.pass(-31 * day);
  expect(await assignments()).toEqual([]);
  await update("id", asked, inputs({ until: inDays(90) }));
  expect(requests().map((request) => request["requestType"])).toEqual(["AdminAssign", "AdminAssign"]);
});

test("a refresh notices an end that somebody else moved", async () => {
  const asked = inputs();
  await create(asked);
  await update("id", asked, inputs({ until: inDays(5) }));
  expect(await end(asked)).not.toBe(asked.until);
});

test("a removal takes the assignment away, and succeeds if it is gone", async () => {
  const asked = inputs();
  await create(asked);
  await remove("id", asked);
  expect(await assignments()).toEqual([]);
  expect(requests().at(-1)).toMatchObject({ requestType: "AdminRemove" });
  await remove("id", asked);
  await create(asked);
  await azure.arm("DELETE", scope);
  azure.pass();
  await remove("id", asked);
});

test("an assignment at a higher scope is not mistaken for it", async () => {
  await create(inputs({ scope: `${subscription}/resourceGroups/rg` }));
  expect(await read("id", inputs())).toEqual({});
  await create(inputs());
  expect(await assignments()).toEqual([portalUserAlex.objectId]);
  await remove("id", inputs({ scope: `${subscription}/resourceGroups/rg` }));
});

test("every body is as Microsoft specifies it", () => {
  const bodies = azure
    .log()
    .filter(({ method, url }) => method === "PUT" && String(url).includes("ScheduleRequests/"));
  expect(bodies.length).toBeGreaterThan(5);
  expect(bodies.filter(({ requestBody }) => !isPimRequest("Assignment", requestBody))).toEqual([]);
});

describe("a refusal by PIM becomes a sentence with the fix:", () => {
  test.each([
    [400, "AadPremiumLicenseRequired", /no license.*Entra ID P2.*`access: permanent`/s],
    [400, "RoleAssignmentRequestPolicyValidationFailed", /settings.*write an earlier one/s],
    [400, "RoleAssignmentExists", /already assigned there.*az role assignment delete/s],
    [403, "AuthorizationFailed", /roleAssignmentScheduleRequests\/write.*User Access Administrator/s],
    [400, "SubjectNotFound", /no principal.*portalUsers/s],
  ])("%i %s", async (status, code, said) => {
    await refuse(status, code);
    await expect(create(inputs())).rejects.toThrow(said);
    expect(await assignments()).toEqual([]);
  });

  test("an end that is further away than the role's settings allow", async () => {
    await expect(create(inputs({ until: inDays(300) }))).rejects.toThrow(/ExpirationRule/);
  });

  test("an existing permanent assignment", async () => {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/1f6c1d0e-8f0a-4f6e-9a55-0d1a2b3c4d5e`;
    const properties = { roleDefinitionId: inputs().roleDefinitionId, principalId: portalUserAlex.objectId };
    await azure.arm("PUT", path, { properties }, "2022-04-01");
    await expect(create(inputs())).rejects.toThrow(/already assigned there/);
  });

  test("a time-bound assignment with another end", async () => {
    await create(inputs({ until: inDays(7) }));
    await expect(create(inputs())).rejects.toThrow(/already has .* is asked for/s);
  });
});
