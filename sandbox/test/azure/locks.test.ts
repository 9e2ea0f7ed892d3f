import { expect, test } from "vitest";

import { consumerSiem } from "../../azure/tenant.ts";
import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const namespaceId = await azure.namespace("a-locked-namespace");
const group = namespaceId.replace(/\/providers\/.*$/, "");
const lockAt = (scope: string) => `${scope}/providers/Microsoft.Authorization/locks/keep`;
const lock = (scope: string, level = "CanNotDelete") =>
  azure.arm("PUT", lockAt(scope), { properties: { level, notes: "Events." } }, "2020-05-01");
const unlock = (scope: string) => azure.arm("DELETE", lockAt(scope), undefined, "2020-05-01");

const hubId = `${namespaceId}/eventhubs/hub`;
const assignmentId = `${namespaceId}/providers/Microsoft.Authorization/roleAssignments/6b0a7f0e-52c1-4d38-9e7a-1f4c83d5b926`;

async function fill(): Promise<void> {
  await azure.arm("PUT", hubId, { properties: { partitionCount: 1 } });
  await azure.arm("PUT", assignmentId, {
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
      principalId: consumerSiem.objectId,
    },
  });
}

test("a lock forbids deleting its resource, everything below with role assignments, and the group around it", async () => {
  await fill();
  expect((await lock(namespaceId)).status).toBe(201);
  for (const id of [namespaceId, hubId, assignmentId, group]) {
    const answer = await azure.arm("DELETE", id);
    expect(refusal(answer)).toBe("409 ScopeLocked");
    expect(message(answer)).toBe(
      `The scope '${id}' cannot perform delete operation because following scope(s) are locked: '${namespaceId}'. Please remove the lock and try again.`,
    );
  }
});

test("changes and additions are possible under a lock against deletion", async () => {
  expect((await azure.arm("PUT", `${namespaceId}/eventhubs/more`, { properties: {} })).status).toBe(200);
  expect(
    (await azure.arm("POST", `${namespaceId}/authorizationRules/RootManageSharedAccessKey/listKeys`)).status,
  ).toBe(200);
});

test("a lock on the group or the subscription holds for everything in it", async () => {
  await unlock(namespaceId);
  for (const scope of [group, subscription]) {
    await lock(scope);
    expect(refusal(await azure.arm("DELETE", hubId))).toBe("409 ScopeLocked");
    expect((await unlock(scope)).status).toBe(200);
  }
});

test("the level ReadOnly forbids changes and the reading of keys as well", async () => {
  await lock(namespaceId, "ReadOnly");
  const refused = await azure.arm("PUT", `${namespaceId}/eventhubs/another`, { properties: {} });
  expect(refusal(refused)).toBe("409 ScopeLocked");
  expect(message(refused)).toContain("cannot perform write operation");
  const keys = await azure.arm(
    "POST",
    `${namespaceId}/authorizationRules/RootManageSharedAccessKey/listKeys`,
  );
  expect(refusal(keys)).toBe("409 ScopeLocked");
  expect((await azure.arm("GET", hubId)).status).toBe(200);
});

test("without its lock a hub can be deleted", async () => {
  expect((await unlock(namespaceId)).status).toBe(200);
  expect((await azure.arm("DELETE", hubId)).status).toBe(200);
});

test("a level that does not exist is refused", async () => {
  expect(refusal(await lock(namespaceId, "Nothing"))).toBe("400 InvalidRequestContent");
});
