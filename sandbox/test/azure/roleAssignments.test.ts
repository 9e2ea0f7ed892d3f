import { randomUUID } from "node:crypto";

import { beforeEach, describe, expect, test } from "vitest";

import { consumerLake, consumerSiem, deployer, portalUserAlex, securityGroup } from "../../azure/tenant.ts";
import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const receiver = "a638d3c7-ab3a-418d-83e6-5f17a39d4fde";

const roles = (scope: string) => `${scope}/providers/Microsoft.Authorization/roleAssignments`;
const role = (guid: string) => `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const assign = (scope: string, properties: object, name = randomUUID() as string) =>
  azure.arm("PUT", `${roles(scope)}/${name}`, { properties });

let namespace: string;
let count = 0;
beforeEach(async () => {
  namespace = await azure.namespace(`roles-ns-${String(++count)}`);
});

describe("a role assignment", () => {
  test.each(["the subscription", "a group", "a namespace", "a hub"])("can be created at %s", async (kind) => {
    const hub = `${namespace}/eventhubs/hub`;
    await azure.arm("PUT", hub, {});
    const scopes: Record<string, string> = {
      "the subscription": subscription,
      "a group": `${subscription}/resourceGroups/rg`,
      "a namespace": namespace,
      "a hub": hub,
    };
    const scope = scopes[kind] ?? "";
    const made = await assign(scope, { roleDefinitionId: role(reader), principalId: consumerSiem.objectId });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      properties: {
        scope,
        principalType: "ServicePrincipal",
        roleDefinitionId: role(reader),
        createdBy: deployer.objectId,
      },
    });
    const { id } = made.body as { id: string };
    expect((await azure.arm("GET", id)).status).toBe(200);
    const deleted = await azure.arm("DELETE", id);
    expect(deleted.status).toBe(200);
    expect(deleted.body).toMatchObject({ id });
    expect((await azure.arm("DELETE", id)).status).toBe(204);
  });

  test("is idempotent under its name", async () => {
    const name = randomUUID();
    const properties = { roleDefinitionId: role(receiver), principalId: consumerSiem.objectId };
    expect((await assign(namespace, properties, name)).status).toBe(201);
    expect((await assign(namespace, properties, name)).status).toBe(200);
  });

  test("exists once for a scope, role and principal", async () => {
    const properties = { roleDefinitionId: role(receiver), principalId: consumerSiem.objectId };
    const { name } = (await assign(namespace, properties)).body as { name: string };
    const again = await assign(namespace, properties);
    expect(refusal(again)).toBe("409 RoleAssignmentExists");
    expect(message(again)).toContain(
      `The ID of the existing role assignment is ${name.replaceAll("-", "")}.`,
    );
    const condition =
      "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'x'";
    expect(refusal(await assign(namespace, { ...properties, condition, conditionVersion: "2.0" }))).toBe(
      "409 RoleAssignmentExists",
    );
    expect((await assign(`${subscription}/resourceGroups/rg`, properties)).status).toBe(201);
    expect((await assign(namespace, { ...properties, principalId: consumerLake.objectId })).status).toBe(201);
  });

  test("keeps its principal and its scope", async () => {
    const name = randomUUID();
    const properties = { roleDefinitionId: role(receiver), principalId: consumerSiem.objectId };
    await assign(namespace, properties, name);
    const other = { ...properties, principalId: consumerLake.objectId };
    expect(refusal(await assign(namespace, other, name))).toBe("400 RoleAssignmentUpdateNotPermitted");
    expect(refusal(await assign(subscription, properties, name))).toBe(
      "400 RoleAssignmentUpdateNotPermitted",
    );
  });

  test("is deleted with its scope", async () => {
    const made = await assign(namespace, {
      roleDefinitionId: role(receiver),
      principalId: consumerSiem.objectId,
    });
    await azure.arm("DELETE", namespace);
    azure.pass();
    const listed = (await azure.arm("GET", roles(subscription))).body as { value: { id: string }[] };
    expect(listed.value.map(({ id }) => id)).not.toContain((made.body as { id: string }).id);
  });
});

test.each([
  [
    "a principal outside of the tenant",
    { principalId: "00000000-1111-4222-8333-444444444444" },
    "400 PrincipalNotFound",
  ],
  [
    "a principal of another type",
    { principalId: portalUserAlex.objectId, principalType: "Group" },
    "400 UnmatchedPrincipalType",
  ],
  [
    "a role that does not exist",
    { roleDefinitionId: role("00000000-1111-4222-8333-444444444444") },
    "404 RoleDefinitionDoesNotExist",
  ],
  ["a missing principal", { principalId: null }, "400 InvalidRequestContent"],
])("a role assignment is refused for %s", async (_, properties, expected) => {
  const valid = { roleDefinitionId: role(reader), principalId: securityGroup.objectId };
  expect(refusal(await assign(namespace, { ...valid, ...properties }))).toBe(expected);
});

test("a role assignment is refused for a name that is not a GUID and a scope that does not exist", async () => {
  const properties = { roleDefinitionId: role(reader), principalId: securityGroup.objectId };
  expect(refusal(await assign(namespace, properties, "my-assignment"))).toBe("400 InvalidRoleAssignmentId");
  expect(refusal(await assign(`${namespace}-missing`, properties))).toBe("404 ResourceNotFound");
  expect(refusal(await assign(`${subscription}/resourceGroups/missing`, properties))).toBe(
    "404 ResourceGroupNotFound",
  );
});

test("the identity of a namespace is a principal of the tenant", async () => {
  const made = await azure.arm("PATCH", namespace, { identity: { type: "SystemAssigned" } });
  const { principalId } = (made.body as { identity: { principalId: string } }).identity;
  azure.pass();
  const answer = await assign(namespace, { roleDefinitionId: role(reader), principalId });
  expect(answer.body).toMatchObject({ properties: { principalType: "ServicePrincipal" } });
});

test("lists show inherited assignments, with atScope() not those below, and can be filtered by principal", async () => {
  const group = `${subscription}/resourceGroups/rg`;
  const wide = (await assign(group, { roleDefinitionId: role(reader), principalId: portalUserAlex.objectId }))
    .body as { id: string };
  const narrow = (
    await assign(namespace, { roleDefinitionId: role(receiver), principalId: consumerSiem.objectId })
  ).body as { id: string };
  const ids = async (scope: string, filter = "") => {
    const { value } = (
      await azure.arm("GET", `${roles(scope)}?$filter=${encodeURIComponent(filter)}`, undefined, "2022-04-01")
    ).body as { value: { id: string }[] };
    return value.map(({ id }) => id);
  };
  expect(await ids(namespace)).toEqual(expect.arrayContaining([wide.id, narrow.id]));
  expect(await ids(group, "atScope()")).toContain(wide.id);
  expect(await ids(group, "atScope()")).not.toContain(narrow.id);
  expect(await ids(subscription, `principalId eq '${consumerSiem.objectId}'`)).toContain(narrow.id);
  expect(await ids(subscription, `principalId eq '${consumerSiem.objectId}'`)).not.toContain(wide.id);
  await azure.arm("DELETE", wide.id);
});

test("built-in roles are found by id and by name, and cannot be written", async () => {
  expect((await azure.arm("GET", role(receiver))).body).toMatchObject({
    id: role(receiver),
    properties: { roleName: "Azure Event Hubs Data Receiver", type: "BuiltInRole" },
  });
  const byName = `${subscription}/providers/Microsoft.Authorization/roleDefinitions?$filter=${encodeURIComponent("roleName eq 'Reader'")}`;
  expect((await azure.arm("GET", byName, undefined, "2022-04-01")).body).toMatchObject({
    value: [{ name: reader }],
  });
  const written = await azure.arm("PUT", role(reader), {
    properties: { roleName: "Mine", assignableScopes: [subscription], permissions: [] },
  });
  expect(message(written)).toContain("PUT");
  expect(written.status).toBe(405);
});
