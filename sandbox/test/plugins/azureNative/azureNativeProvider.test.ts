import { expect, test } from "vitest";
import { unknown } from "../../../plugins/properties.ts";
import { PartialFailure } from "../../../plugins/provider.ts";
import { group, providerOn, resource, startFakeArm, subscriptionId } from "../fakeArm.ts";

const namespaceId = `${group}/providers/Microsoft.EventHub/namespaces/events`;
const hubId = `${namespaceId}/eventhubs/hub`;
const ruleSetId = `${namespaceId}/networkRuleSets/default`;

const namespace = resource("azure-native:eventhub:Namespace");
const hub = resource("azure-native:eventhub:EventHub");
const ruleSet = resource("azure-native:eventhub:NamespaceNetworkRuleSet");

const namespaceInputs = {
  resourceGroupName: "rg",
  namespaceName: "events",
  location: "westeurope",
  sku: { name: "Standard", capacity: 1 },
};
const hubInputs = {
  resourceGroupName: "rg",
  namespaceName: "events",
  eventHubName: "hub",
  partitionCount: 4,
};
const ruleSetInputs = { resourceGroupName: "rg", namespaceName: "events", defaultAction: "Allow" };

test("create reads first, puts, and reads the result", async () => {
  const arm = await startFakeArm();
  const { id, outputs } = await providerOn(arm).create({ ...hub, inputs: hubInputs, preview: false });
  expect(arm.sent).toEqual([`GET ${hubId}`, `PUT ${hubId}`, `GET ${hubId}`]);
  expect(arm.requests.every((request) => request.apiVersion === "2024-01-01")).toBe(true);
  expect(arm.lastPut()).toEqual({ properties: { partitionCount: 4 } });
  expect(id).toBe(hubId);
  expect(outputs).toEqual({ name: "hub", partitionCount: 4, azureApiVersion: "2024-01-01" });
});

test("create fails and changes nothing if the resource exists", async () => {
  const arm = await startFakeArm();
  arm.resources.set(hubId, { name: "hub" });
  const created = providerOn(arm).create({ ...hub, inputs: hubInputs, preview: false });
  await expect(created).rejects.toThrow(`cannot create already existing resource '${hubId}'`);
  expect(arm.sent).toEqual([`GET ${hubId}`]);
});

test("a 200 without a body means that the resource does not exist", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${hubId}`, { status: 200 });
  await providerOn(arm).create({ ...hub, inputs: hubInputs, preview: false });
  expect(arm.sent).toContain(`PUT ${hubId}`);
});

test("create fails if it is unknown whether the resource exists", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${hubId}`, { status: 403, body: { error: { code: "AuthorizationFailed" } } });
  const created = providerOn(arm).create({ ...hub, inputs: hubInputs, preview: false });
  await expect(created).rejects.toThrow(`cannot check existence of resource '${hubId}': status code 403`);
});

test("a singleton is put over what exists", async () => {
  const arm = await startFakeArm();
  arm.resources.set(ruleSetId, { name: "default", properties: { defaultAction: "Deny" } });
  await providerOn(arm).create({ ...ruleSet, inputs: ruleSetInputs, preview: false });
  expect(arm.lastPut()).toEqual({ properties: { defaultAction: "Allow" } });
});

test("deleting a singleton resets it to upstream's default, which closes the namespace", async () => {
  const arm = await startFakeArm();
  await providerOn(arm).delete({ ...ruleSet, id: ruleSetId, oldOutputs: {} });
  expect(arm.sent).toEqual([`PUT ${ruleSetId}`]);
  expect(arm.lastPut()).toEqual({ properties: { defaultAction: "Deny", publicNetworkAccess: "Disabled" } });
});

test("a new namespace has no private endpoint connections, and an update sends the existing ones back", async () => {
  const arm = await startFakeArm();
  const provider = providerOn(arm);
  await provider.create({ ...namespace, inputs: namespaceInputs, preview: false });
  expect(arm.lastPut()["properties"]).toEqual({ privateEndpointConnections: [] });

  const connection = { id: "/connection", properties: { privateEndpoint: { id: "/pe" } } };
  arm.resources.set(namespaceId, {
    id: namespaceId,
    properties: { privateEndpointConnections: [connection] },
  });
  await provider.update({
    ...namespace,
    id: namespaceId,
    oldInputs: {},
    oldOutputs: {},
    newInputs: namespaceInputs,
    preview: false,
  });
  expect(arm.lastPut()).toEqual({
    location: "westeurope",
    sku: { name: "Standard", capacity: 1 },
    properties: { privateEndpointConnections: [connection] },
  });
});

test("an update that takes something out of a set is a PATCH that says so with null", async () => {
  const arm = await startFakeArm();
  arm.resources.set(namespaceId, { id: namespaceId, properties: { privateEndpointConnections: [] } });
  arm.answer(`PATCH ${namespaceId}`, { status: 200, body: { id: namespaceId } });
  const identity = (...userAssignedIdentities: string[]) => ({
    type: "UserAssigned",
    userAssignedIdentities,
  });
  await providerOn(arm).update({
    ...namespace,
    id: namespaceId,
    oldInputs: { ...namespaceInputs, identity: identity("/one", "/two") },
    oldOutputs: {},
    newInputs: { ...namespaceInputs, identity: identity("/two") },
    preview: false,
  });
  const patch = arm.requests.find(({ method }) => method === "PATCH");
  expect(patch?.body?.["identity"]).toEqual({
    type: "UserAssigned",
    userAssignedIdentities: { "/one": null, "/two": {} },
  });
});

test("an update is a PUT of all inputs, also of those in ignoreChanges", async () => {
  const arm = await startFakeArm();
  // With ignoreChanges the engine gives the old value as new input: what is live doesn't matter.
  arm.resources.set(hubId, { properties: { partitionCount: 16 } });
  await providerOn(arm).update({
    ...hub,
    id: hubId,
    oldInputs: {},
    oldOutputs: { partitionCount: 16 },
    newInputs: hubInputs,
    preview: false,
  });
  expect(arm.lastPut()).toEqual({ properties: { partitionCount: 4 } });
});

test("an update answers with what a read finds", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${hubId}`, { status: 200, body: { properties: { createdAt: "0001-01-01T00:00:00" } } });
  arm.answer(`GET ${hubId}`, { status: 200, body: { properties: { createdAt: "2026-01-01T00:00:00" } } });
  const outputs = await providerOn(arm).update({
    ...hub,
    id: hubId,
    oldInputs: {},
    oldOutputs: {},
    newInputs: hubInputs,
    preview: false,
  });
  expect(outputs["createdAt"]).toBe("2026-01-01T00:00:00");
});

test("previews send nothing: a new resource's outputs are unknown, a changed one keeps name and location", async () => {
  const arm = await startFakeArm();
  const provider = providerOn(arm);
  const created = await provider.create({ ...namespace, inputs: namespaceInputs, preview: true });
  expect(created).toMatchObject({
    id: "",
    outputs: { location: "westeurope", name: unknown, status: unknown },
  });

  const oldOutputs = { name: "events", location: "West Europe", status: "Active" };
  const updated = await provider.update({
    ...namespace,
    id: namespaceId,
    oldInputs: {},
    oldOutputs,
    newInputs: namespaceInputs,
    preview: true,
  });
  expect(updated).toMatchObject({
    name: "events",
    location: "West Europe",
    status: unknown,
    sku: { capacity: 1 },
  });
  expect(arm.requests).toEqual([]);
});

test("an operation that fails after it was accepted leaves the resource in the state, with the reason", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${namespaceId}`, { status: 404 });
  arm.answer(`PUT ${namespaceId}`, { status: 200, body: { properties: { provisioningState: "Failed" } } });
  arm.answer(`GET ${namespaceId}`, {
    status: 200,
    body: { name: "events", properties: { status: "Broken" } },
  });
  const error: unknown = await providerOn(arm)
    .create({ ...namespace, inputs: namespaceInputs, preview: false })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PartialFailure);
  expect(error).toMatchObject({
    id: namespaceId,
    inputs: namespaceInputs,
    outputs: { name: "events", status: "Broken" },
  });
});

test("a timeout that the program sets ends the wait", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${hubId}`, { status: 202, headers: { location: "/results/1", "retry-after": "60" } });
  const created = providerOn(arm).create({ ...hub, timeout: 0.2, inputs: hubInputs, preview: false });
  await expect(created).rejects.toThrow("operation timed out");
});

test("a resource that is gone reads as absent", async () => {
  const arm = await startFakeArm();
  expect(
    await providerOn(arm).read({ ...hub, id: hubId, oldInputs: hubInputs, oldOutputs: {} }),
  ).toBeUndefined();
});

test("a read takes over changes, and without inputs it is an import", async () => {
  const arm = await startFakeArm();
  arm.resources.set(hubId, {
    id: hubId,
    name: "hub",
    properties: { partitionCount: 8, messageRetentionInDays: 7 },
  });
  const provider = providerOn(arm);
  const oldOutputs = { name: "hub", partitionCount: 4, messageRetentionInDays: 7 };
  const refreshed = await provider.read({ ...hub, id: hubId, oldInputs: hubInputs, oldOutputs });
  expect(refreshed?.inputs).toEqual({ ...hubInputs, partitionCount: 8 });
  const imported = await provider.read({ ...hub, id: hubId, oldInputs: undefined, oldOutputs: {} });
  expect(imported?.inputs).toEqual({ ...hubInputs, partitionCount: 8, messageRetentionInDays: 7 });
});

test("a getter returns the outputs and the id; a missing resource is an error with ARM's reason", async () => {
  const arm = await startFakeArm();
  const provider = providerOn(arm);
  const args = { resourceGroupName: "rg", namespaceName: "events" };
  await expect(provider.invoke("azure-native:eventhub:getNamespace", args)).rejects.toThrow(
    `request failed ${namespaceId}: Status=404 Code="ResourceNotFound"`,
  );
  arm.resources.set(namespaceId, {
    id: namespaceId,
    name: "events",
    sku: { name: "Standard", capacity: 12 },
    properties: { status: "Active" },
  });
  expect(await provider.invoke("azure-native:eventhub:getNamespace", args)).toEqual({
    id: namespaceId,
    name: "events",
    sku: { name: "Standard", capacity: 12 },
    status: "Active",
    azureApiVersion: "2024-01-01",
  });
});

test("keys are read with a POST", async () => {
  const arm = await startFakeArm();
  const path = `${namespaceId}/authorizationRules/rule/listKeys`;
  arm.answer(`POST ${path}`, { status: 200, body: { primaryKey: "k", keyName: "rule" } });
  const args = { resourceGroupName: "rg", namespaceName: "events", authorizationRuleName: "rule" };
  expect(await providerOn(arm).invoke("azure-native:eventhub:listNamespaceKeys", args)).toEqual({
    primaryKey: "k",
    keyName: "rule",
  });
});

test("getClientConfig says who the provider is", async () => {
  const arm = await startFakeArm();
  expect(await providerOn(arm).invoke("azure-native:authorization:getClientConfig", {})).toMatchObject({
    objectId: "object",
    subscriptionId,
  });
});

test("a canceled provider stops waiting", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${hubId}`, { status: 202, headers: { location: "/results/1", "retry-after": "60" } });
  const provider = providerOn(arm);
  const created = provider.create({ ...hub, inputs: hubInputs, preview: false });
  const failed = expect(created).rejects.toThrow("aborted");
  await expect.poll(() => arm.sent).toContain(`PUT ${hubId}`);
  provider.cancel();
  await failed;
});
