import { expect, test } from "vitest";

import { consumerSiem } from "../../azure/tenant.ts";
import { refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const groupId = (name: string) => `${subscription}/resourceGroups/${name}`;

test("a group is created with 201, found in any letter case, updated with 200, and listed", async () => {
  expect((await azure.arm("PUT", groupId("Alpha"), { location: "West Europe" })).status).toBe(201);
  const found = await azure.arm("GET", groupId("alpha").replace("resourceGroups", "resourcegroups"));
  expect(found.body).toMatchObject({ id: groupId("Alpha"), location: "westeurope" });
  expect(
    (await azure.arm("PUT", groupId("alpha"), { location: "westeurope", tags: { a: "1" } })).status,
  ).toBe(200);
  expect((await azure.arm("PATCH", groupId("alpha"), { tags: { b: "2" } })).body).toMatchObject({
    tags: { b: "2" },
  });
  expect((await azure.arm("GET", `${subscription}/resourceGroups`)).body).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ name: "Alpha" })]) as unknown,
  });
  expect((await azure.arm("HEAD", groupId("alpha"))).status).toBe(204);
  expect((await azure.arm("HEAD", groupId("beta"))).status).toBe(404);
});

test.each([
  [
    "a location that does not exist",
    "gamma",
    { location: "mars" },
    "400 LocationNotAvailableForResourceType",
  ],
  ["no location", "gamma", {}, "400 InvalidRequestContent"],
  [
    "a property that Azure does not have",
    "gamma",
    { location: "westus", color: "red" },
    "400 InvalidRequestContent",
  ],
  ["a name that ends with a period", "gamma.", { location: "westus" }, "400 InvalidResourceGroupName"],
  ["a move", "Alpha", { location: "westus" }, "409 InvalidResourceGroupLocation"],
])("a group is refused for %s", async (_, name, body, expected) => {
  expect(refusal(await azure.arm("PUT", groupId(name), body))).toBe(expected);
});

test("another subscription and a missing group are not found", async () => {
  expect(refusal(await azure.arm("GET", "/subscriptions/00000000-0000-0000-0000-000000000000"))).toBe(
    "404 SubscriptionNotFound",
  );
  expect(refusal(await azure.arm("GET", groupId("missing")))).toBe("404 ResourceGroupNotFound");
  expect(refusal(await azure.arm("DELETE", groupId("missing")))).toBe("404 ResourceGroupNotFound");
});

test("deleting a group takes a while, allows no change meanwhile, and deletes everything in it", async () => {
  const namespace = await azure.namespace("cascade-ns");
  const group = groupId("rg");
  const roles = "providers/Microsoft.Authorization/roleAssignments";
  const properties = {
    principalId: consumerSiem.objectId,
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
  };
  const assignment = `${namespace}/${roles}/11111111-2222-4333-8444-555555555555`;
  expect((await azure.arm("PUT", assignment, { properties })).status).toBe(201);
  expect((await azure.arm("GET", `${group}/resources`)).body).toMatchObject({
    value: [{ name: "cascade-ns" }],
  });

  const accepted = await azure.arm("DELETE", group);
  expect(accepted.status).toBe(202);
  const poll = async () => {
    const { pathname, search } = new URL(accepted.headers.get("location") ?? "");
    return (await azure.arm("GET", pathname + search, undefined, "")).status;
  };
  expect(await poll()).toBe(202);
  expect((await azure.arm("GET", group)).body).toMatchObject({
    properties: { provisioningState: "Deleting" },
  });
  expect(refusal(await azure.arm("PUT", `${namespace}/eventhubs/late`, {}))).toBe(
    "409 ResourceGroupBeingDeleted",
  );
  azure.pass();
  expect(await poll()).toBe(200);
  expect(refusal(await azure.arm("GET", namespace))).toBe("404 ResourceGroupNotFound");
  expect((await azure.control("GET", "state")).body).toMatchObject({ resources: [{ name: "Alpha" }] });
});
