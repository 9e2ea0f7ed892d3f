import { afterEach, describe, expect, test } from "vitest";

import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const minute = 60_000;

const under = (conditions: Record<string, number>) => azure.control("POST", "conditions", conditions);

afterEach(async () => {
  await azure.control("DELETE", "conditions");
});

test("conditions have names and seconds", async () => {
  await expect(under({ rain: 1 })).rejects.toThrow(/Conditions are overlaps, rulesShowLate/);
  await expect(azure.control("POST", "conditions", { overlaps: true })).rejects.toThrow(/seconds/);
});

describe("shared access rules", () => {
  test("show late, and neither can be read nor have keys before", async () => {
    const hub = `${await azure.namespace("late-rules")}/eventhubs/hub`;
    const rule = `${hub}/authorizationRules/listen`;
    await azure.arm("PUT", hub, {});
    await under({ rulesShowLate: 30 });
    expect((await azure.arm("PUT", rule, { properties: { rights: ["Listen"] } })).status).toBe(200);
    expect(refusal(await azure.arm("GET", rule))).toBe("404 ResourceNotFound");
    expect(refusal(await azure.arm("POST", `${rule}/listKeys`))).toBe("404 ResourceNotFound");
    const names = async () =>
      ((await azure.arm("GET", `${hub}/authorizationRules`)).body as { value: { name: string }[] }).value;
    expect(await names()).toEqual([]);
    azure.pass(minute);
    expect((await azure.arm("GET", rule)).status).toBe(200);
    expect((await azure.arm("POST", `${rule}/listKeys`)).status).toBe(200);
    expect(await names()).toHaveLength(1);
  });
});

describe("locks", () => {
  const lockOf = (scope: string) => `${scope}/providers/Microsoft.Authorization/locks/keep`;
  const lock = { properties: { level: "CanNotDelete" } };
  const version = "2020-05-01";

  test("show late after their creation", async () => {
    const group = await azure.group("late-locks");
    await under({ locksShowLate: 30 });
    expect((await azure.arm("PUT", lockOf(group), lock, version)).status).toBe(201);
    expect((await azure.arm("GET", lockOf(group), undefined, version)).status).toBe(404);
    azure.pass(minute);
    expect((await azure.arm("GET", lockOf(group), undefined, version)).status).toBe(200);
  });

  test("hold for a while after their deletion, though nobody sees them", async () => {
    const namespace = await azure.namespace("lingering-lock");
    await azure.arm("PUT", lockOf(namespace), lock, version);
    await under({ locksLinger: 30 });
    expect((await azure.arm("DELETE", lockOf(namespace), undefined, version)).status).toBe(200);
    expect((await azure.arm("GET", lockOf(namespace), undefined, version)).status).toBe(404);
    expect(refusal(await azure.arm("DELETE", namespace))).toBe("409 ScopeLocked");
    azure.pass(minute);
    expect((await azure.arm("DELETE", namespace)).status).toBe(202);
  });
});

describe("deletions in a namespace", () => {
  test("answer 500 and go on, which is a conflict for another one, until the name is free", async () => {
    const namespace = await azure.namespace("hanging-hubs");
    const hub = `${namespace}/eventhubs/hub`;
    const group = `${hub}/consumergroups/siem`;
    await azure.arm("PUT", hub, {});
    await azure.arm("PUT", group, {});
    await under({ deletionsHang: 90 });
    for (const id of [group, hub]) {
      expect(refusal(await azure.arm("DELETE", id))).toBe("500 InternalServerError");
      const again = await azure.arm("DELETE", id);
      expect(refusal(again)).toBe("409 Conflict");
      expect(message(again)).toContain("background clean up is still pending");
      expect(refusal(await azure.arm("PUT", id, {}))).toBe("409 Conflict");
      expect((await azure.arm("GET", id)).status).toBe(200);
    }
    azure.pass(2 * minute);
    expect((await azure.arm("GET", hub)).status).toBe(404);
    expect((await azure.arm("PUT", hub, {})).status).toBe(200);
  });

  test("leave the hub's name occupied for a while", async () => {
    const hub = `${await azure.namespace("occupied-names")}/eventhubs/hub`;
    await azure.arm("PUT", hub, {});
    await under({ hubNamesStay: 30 });
    expect((await azure.arm("DELETE", hub)).status).toBe(200);
    expect(refusal(await azure.arm("PUT", hub, {}))).toBe("409 Conflict");
    azure.pass(minute);
    expect((await azure.arm("PUT", hub, {})).status).toBe(200);
  });
});

describe("a namespace", () => {
  test("refuses what belongs into it for a while after its creation", async () => {
    await under({ namespacesStartLate: 90 });
    const namespace = await azure.namespace("fresh-namespace");
    expect((await azure.arm("GET", namespace)).body).toMatchObject({
      properties: { provisioningState: "Succeeded" },
    });
    const refused = await azure.arm("PUT", `${namespace}/eventhubs/hub`, {});
    expect(refusal(refused)).toBe("404 NotFound");
    expect(message(refused)).toContain("is not active, its current state is Created");
    azure.pass(minute);
    expect((await azure.arm("PUT", `${namespace}/eventhubs/hub`, {})).status).toBe(200);
  });

  test("keeps its name after its deletion, for its owner too", async () => {
    const namespace = await azure.namespace("reserved-name");
    await under({ namespaceNamesStay: 3600 });
    await azure.arm("DELETE", namespace);
    azure.pass(minute);
    const check = `${subscription}/providers/Microsoft.EventHub/checkNameAvailability`;
    const asked = await azure.arm("POST", check, { name: "reserved-name" });
    expect(asked.body).toMatchObject({ nameAvailable: false, reason: "NameInUse" });
    const again = await azure.arm("PUT", namespace, { location: "westus", sku: { name: "Standard" } });
    expect(refusal(again)).toBe("400 BadRequest");
    azure.pass(61 * minute);
    expect((await azure.arm("POST", check, { name: "reserved-name" })).body).toMatchObject({
      nameAvailable: true,
    });
  });
});

describe("a storage account", () => {
  const account = async (name: string) => {
    await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "Registered" });
    return `${await azure.group("busy")}/providers/Microsoft.Storage/storageAccounts/${name}`;
  };
  const body = { location: "westus", kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} };
  const version = "2024-01-01";

  test("refuses every change while it is being created", async () => {
    const id = await account("busywhilenew");
    expect((await azure.arm("PUT", id, body, version)).status).toBe(202);
    expect(refusal(await azure.arm("PUT", id, body, version))).toBe("409 StorageAccountOperationInProgress");
    expect(refusal(await azure.arm("PUT", `${id}/blobServices/default`, { properties: {} }, version))).toBe(
      "409 StorageAccountOperationInProgress",
    );
    azure.pass();
    expect((await azure.arm("PUT", id, body, version)).status).toBe(200);
  });

  test("refuses a change beside another one where Azure does that now and then", async () => {
    const id = await account("busywithothers");
    await azure.arm("PUT", id, body, version);
    azure.pass();
    const both = () =>
      Promise.all([azure.arm("PUT", id, body, version), azure.arm("PATCH", id, { tags: {} }, version)]);
    expect((await both()).map(({ status }) => status)).toEqual([200, 200]);
    await under({ overlaps: 0.1 });
    expect((await both()).map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test("Graph shows what was created only later, and a role can be given by the principal's type before", async () => {
  await under({ directoryLags: 30 });
  const created = await azure.graph("POST", "applications", { displayName: "late" });
  const { id, appId } = created.body as { id: string; appId: string };
  expect(created.status).toBe(201);
  expect((await azure.graph("GET", `applications/${id}`)).status).toBe(404);
  expect((await azure.graph("POST", `applications/${id}/addPassword`, {})).status).toBe(404);
  expect((await azure.graph("POST", "servicePrincipals", { appId })).status).toBe(400);
  const named = (await azure.graph("GET", `applications?$filter=appId eq '${appId}'`)).body;
  expect(named).toMatchObject({ value: [] });
  azure.pass(minute);
  const principal = (await azure.graph("POST", "servicePrincipals", { appId })).body as { id: string };
  const assign = (properties: object) =>
    azure.arm("PUT", `${subscription}/providers/Microsoft.Authorization/roleAssignments/${appId}`, {
      properties: {
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
        principalId: principal.id,
        ...properties,
      },
    });
  expect(refusal(await assign({}))).toBe("400 PrincipalNotFound");
  expect((await assign({ principalType: "ServicePrincipal" })).status).toBe(201);
});
