import * as pulumi from "@pulumi/pulumi";
import {
  clientSecret,
  consumerSiem,
  deployer,
  portalUserAlex,
  restrictedDeployer,
  subscriptionId,
  tenantId,
} from "defender-streaming-sandbox/tenant";
import { subscription, testAzure } from "defender-streaming-sandbox/testAzure";
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { arm } from "../../../azure/arm.ts";
import { readExistingGrants } from "../../../azure/read/existingGrants.ts";
import { deployerActions } from "../../../streaming/deployer/role.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { contributor, roleAssignmentName, roleDefinitionId } from "../../../streaming/roles/roles.ts";
import type { PlacedGrant } from "../../../streaming/roles/existingGrants.ts";
import { request } from "../../streaming/requests.ts";

const azure = await testAzure();
let namespace: string;
/** The name of an assignment that somebody clicked. */
let clicked: string;
let count = 0;
/** The names of role assignments in the stack's state. */
let inState: string[] = [];

beforeAll(async () => {
  vi.stubEnv("ARM_METADATA_HOSTNAME", new URL(azure.origin).host);
  vi.stubEnv("ARM_TENANT_ID", tenantId);
  vi.stubEnv("ARM_CLIENT_ID", deployer.appId);
  vi.stubEnv("ARM_CLIENT_SECRET", clientSecret);
  vi.stubEnv("ARM_DISABLE_INSTANCE_DISCOVERY", "true");
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: () => ({ subscriptionId }),
  };
  await pulumi.runtime.setMocks(mocks, "defender-streaming", "test", false, "organization");
});

beforeEach(async () => {
  namespace = await azure.namespace(`existing-${String(++count)}`);
  clicked = randomUUID();
  inState = [];
});

const assign = (scope: string, name: string, more: object = {}) =>
  azure.arm("PUT", `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, {
    properties: {
      roleDefinitionId: roleDefinitionId(subscriptionId, contributor),
      principalId: portalUserAlex.objectId,
      ...more,
    },
  });
const ourName = () => roleAssignmentName(namespace, portalUserAlex.objectId, contributor.id);
const read = (grants: PlacedGrant[] = [], changes: Partial<StreamingRequest> = {}) =>
  readExistingGrants(
    { ...request({ existing: { namespaces: { ns1: namespace } }, ...changes }), protect: true },
    { grants, deployed: {}, own: [], assignments: new Set(inState) },
    { cloud: "public", arm: arm() },
  );
const deployed = (): PlacedGrant => ({
  scope: namespace,
  role: contributor.name,
  roleDefinitionId: roleDefinitionId(subscriptionId, contributor),
  principalId: portalUserAlex.objectId,
  managed: true,
});

it("finds what is assigned at exactly the scope, and not what is inherited or below", async () => {
  await assign(`${subscription}/resourceGroups/rg`, randomUUID());
  await azure.arm("PUT", `${namespace}/eventhubs/hub`, {});
  await assign(`${namespace}/eventhubs/hub`, randomUUID());
  await assign(namespace, clicked, { condition: "@Resource[x] StringEquals 'y'", conditionVersion: "2.0" });
  expect(await read()).toEqual([
    {
      name: "ns1",
      id: namespace,
      kinds: ["eventHub"],
      assignments: [
        {
          id: `${namespace}/providers/Microsoft.Authorization/roleAssignments/${clicked}`,
          name: clicked,
          principalId: portalUserAlex.objectId,
          roleId: contributor.id,
          isConditional: true,
          isOwn: false,
        },
      ],
    },
  ]);
});

it("counts what the last deployment assigned as the stack's", async () => {
  await assign(namespace, ourName());
  expect(await read([deployed()])).toMatchObject([{ assignments: [{ isOwn: true }] }]);
});

it("counts what is in the state as the stack's, and everything else as somebody else's", async () => {
  await assign(namespace, ourName());
  expect(await read()).toMatchObject([{ assignments: [{ isOwn: false }] }]);
  inState = [ourName()];
  expect(await read()).toMatchObject([{ assignments: [{ isOwn: true }] }]);
});

it("does not count what the same program assigns elsewhere as the component's", async () => {
  await assign(namespace, clicked);
  const siems = roleAssignmentName(namespace, consumerSiem.objectId, contributor.id);
  await assign(namespace, siems, { principalId: consumerSiem.objectId });
  inState = [clicked, siems];
  const [scope] = await read();
  const own = scope?.assignments.map(({ name, isOwn }) => [name, isOwn]) ?? [];
  expect(Object.fromEntries(own)).toEqual({ [clicked]: false, [siems]: true });
});

/** PIM gives a role. @returns until when */
async function schedule(): Promise<string> {
  const until = new Date(azure.now + 86_400_000).toISOString();
  const requests = `${namespace}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests`;
  const properties = {
    roleDefinitionId: roleDefinitionId(subscriptionId, contributor),
    principalId: portalUserAlex.objectId,
    requestType: "AdminAssign",
    justification: "A test",
    scheduleInfo: { expiration: { type: "AfterDateTime", endDateTime: until } },
  };
  await azure.arm("PUT", `${requests}/${randomUUID()}`, { properties }, "2020-10-01");
  return until;
}

it("says until when PIM gives a role, and works if PIM does not answer that", async () => {
  const until = await schedule();
  expect(await read()).toMatchObject([{ assignments: [{ until, isOwn: false }] }]);

  const refusals: [number, string][] = [
    [400, "AadPremiumLicenseRequired"],
    [429, "TooManyRequests"],
  ];
  for (const [status, code] of refusals) {
    const answer = { status, code, message: "no" };
    await azure.control("POST", "faults", { method: "GET", pathPattern: "roleAssignmentSchedules$", answer });
    const [scope] = await read();
    expect(scope?.assignments.map((one) => one.until)).toEqual([undefined]);
  }
});

it("says it to anyone who has the deployer's role", async () => {
  const until = await schedule();
  const authorization = `${subscription}/providers/Microsoft.Authorization`;
  const role = `${authorization}/roleDefinitions/${randomUUID()}`;
  const permissions = [{ actions: deployerActions }];
  const properties = { roleName: "Deployer", assignableScopes: [subscription], permissions };
  await azure.arm("PUT", role, { properties });
  const { objectId: principalId, appId } = restrictedDeployer;
  const assignment = { properties: { roleDefinitionId: role, principalId } };
  await azure.arm("PUT", `${authorization}/roleAssignments/${randomUUID()}`, assignment);
  vi.stubEnv("ARM_CLIENT_ID", appId);
  expect(await read()).toMatchObject([{ assignments: [{ until }] }]);
  vi.stubEnv("ARM_CLIENT_ID", deployer.appId);
});

it("reads at the subscription if that is the scope of the roles", async () => {
  const [wide] = await read([], { roleScope: "subscription", existing: undefined });
  expect(wide).toMatchObject({ name: "subscription", id: subscription });
  expect(wide?.assignments.some(({ principalId }) => principalId === deployer.objectId)).toBe(true);
});

it("knows nothing if roles cannot be seen, or if there are none", async () => {
  await assign(namespace, clicked);
  const answer = { status: 403, code: "AuthorizationFailed", message: "no" };
  await azure.control("POST", "faults", { method: "GET", pathPattern: "roleAssignments$", answer });
  expect(await read()).toMatchObject([{ assignments: [] }]);
  expect(await read([], { existing: { namespaces: { ns1: `${namespace}-typo` } } })).toMatchObject([
    { assignments: [] },
  ]);
});

it("fails on any other error when it asks who has which role", async () => {
  const answer = { status: 429, code: "TooManyRequests", message: "Slow down." };
  await azure.control("POST", "faults", { method: "GET", pathPattern: "roleAssignments$", answer });
  await expect(read()).rejects.toThrow("Slow down.");
});

it("asks nothing if the stack assigns no role at an existing resource", async () => {
  const before = azure.log().length;
  expect(await read([], { existing: undefined })).toEqual([]);
  expect(await read([], { roles: "expect" })).toEqual([]);
  expect(azure.log().length).toBe(before);
});
