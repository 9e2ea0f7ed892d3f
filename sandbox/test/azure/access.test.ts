import { expect, test } from "vitest";

import { restrictedDeployer, subscriptionId } from "../../azure/tenant.ts";
import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
await azure.group();

const roles = `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const administrator = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

const as = (method: string, path: string, body?: unknown, version?: string) =>
  azure.armAs(restrictedDeployer.appId, method, path, body, version);

let assignments = 0;

/** Gives the restricted deployer a role until the work is done. */
async function having(role: string, scope: string, work: () => Promise<void>, condition?: string) {
  const name = `00000000-0000-4000-8000-${String(++assignments).padStart(12, "0")}`;
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const given = await azure.arm("PUT", id, {
    properties: {
      roleDefinitionId: `${roles}/${role}`,
      principalId: restrictedDeployer.objectId,
      ...(condition && { condition, conditionVersion: "2.0" }),
    },
  });
  expect(given.status).toBe(201);
  await work();
  await azure.arm("DELETE", id);
}

const group = (name: string) => `${subscription}/resourceGroups/${name}`;
const namespace = (name: string) => `${group("rg")}/providers/Microsoft.EventHub/namespaces/${name}`;
const body = { location: "westus", sku: { name: "Standard" }, properties: {} };

test("a principal without a role sees no subscription and may do nothing", async () => {
  expect((await as("GET", "/subscriptions")).body).toEqual({ value: [] });
  const refused = await as("PUT", group("new"), { location: "westus" });
  expect(refusal(refused)).toBe("403 AuthorizationFailed");
  expect(message(refused)).toContain(
    `with object id '${restrictedDeployer.objectId}' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourceGroups/write' over scope '${group("new")}'`,
  );
});

test("a Reader reads and writes nothing", async () => {
  await having(reader, subscription, async () => {
    expect((await as("GET", "/subscriptions")).body).toMatchObject({ value: [{ subscriptionId }] });
    expect((await as("GET", group("rg"))).status).toBe(200);
    expect(refusal(await as("PUT", namespace("by-reader"), body))).toBe("403 AuthorizationFailed");
    expect(message(await as("POST", `${subscription}/providers/Microsoft.Storage/register`))).toContain(
      "'Microsoft.Storage/register/action'",
    );
  });
});

test("a Contributor of a group writes in it, not beside it, and assigns no roles", async () => {
  await having(contributor, group("rg"), async () => {
    expect((await as("PUT", namespace("by-contributor"), body)).status).toBe(200);
    expect((await as("PUT", group("beside"), { location: "westus" })).status).toBe(403);
    const assignment = `${group("rg")}/providers/Microsoft.Authorization/roleAssignments/${reader}`;
    expect(message(await as("PUT", assignment, { properties: {} }))).toContain(
      "'Microsoft.Authorization/roleAssignments/write'",
    );
  });
});

test("permissions are those of the roles at the scope and above it", async () => {
  const permissions = async (scope: string) =>
    (await as("GET", `${scope}/providers/Microsoft.Authorization/permissions`)).body;
  await having(reader, subscription, async () => {
    await having(contributor, group("rg"), async () => {
      expect(await permissions(subscription)).toMatchObject({ value: [{ actions: ["*/read"] }] });
      expect(await permissions(group("rg"))).toMatchObject({
        value: [{ actions: ["*/read"] }, { actions: ["*"], notActions: expect.any(Array) as unknown }],
      });
    });
    expect(
      (await as("GET", `${group("missing")}/providers/Microsoft.Authorization/permissions`)).status,
    ).toBe(404);
  });
});

test("a custom role can be assigned, and gives the permissions that it lists", async () => {
  const name = "11111111-2222-4333-8444-555555555555";
  const defined = await azure.arm("PUT", `${roles}/${name}`, {
    properties: {
      roleName: "Groups only",
      assignableScopes: [subscription],
      permissions: [{ actions: ["Microsoft.Resources/subscriptions/resourceGroups/*"] }],
    },
  });
  expect(defined.status).toBe(201);
  expect((await azure.arm("GET", `${roles}?$filter=type eq 'CustomRole'`)).body).toMatchObject({
    value: [{ properties: { roleName: "Groups only", type: "CustomRole" } }],
  });
  await having(name, subscription, async () => {
    expect((await as("PUT", group("mine"), { location: "westus" })).status).toBe(201);
    expect((await as("GET", namespace("by-contributor"))).status).toBe(403);
  });
});

test("a role's name is unique in the tenant", async () => {
  const define = (guid: string, roleName: string) =>
    azure.arm("PUT", `${roles}/${guid}`, {
      properties: { roleName, assignableScopes: [subscription], permissions: [{ actions: ["*/read"] }] },
    });
  const [one, two] = ["22222222-2222-4333-8444-555555555555", "33333333-2222-4333-8444-555555555555"];
  expect((await define(one, "Looks")).status).toBe(201);
  expect(refusal(await define(two, "looks"))).toBe("409 RoleDefinitionWithSameNameExists");
  expect(refusal(await define(two, "Reader"))).toBe("409 RoleDefinitionWithSameNameExists");
  expect((await define(one, "Looks")).status).toBe(200);
});

test("a condition limits the roles that somebody may assign and take away", async () => {
  const limited = (source: string, verb: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR (@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${reader}}))`;
  const condition = `${limited("Request", "write")} AND ${limited("Resource", "delete")}`;
  const assignment = (name: string) =>
    `${group("rg")}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const give = (name: string, role: string) =>
    as("PUT", assignment(name), {
      properties: {
        roleDefinitionId: `${roles}/${role}`,
        principalId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
      },
    });
  const [one, two] = ["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"];
  await having(
    administrator,
    subscription,
    async () => {
      expect((await give(one, reader)).status).toBe(201);
      const refused = await give(two, contributor);
      expect(refusal(refused)).toBe("403 AuthorizationFailed");
      expect(message(refused)).toContain("ABAC condition");
      expect((await as("DELETE", assignment(one))).status).toBe(200);
    },
    condition,
  );
});
