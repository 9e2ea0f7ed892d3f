import { expect, test } from "vitest";
import {
  inputsIn,
  isDefaultResponse,
  previewedOutputs,
  toBody,
  toOutputs,
  withChildrenOf,
} from "../../../plugins/azureNative/body.ts";
import { unknown } from "../../../plugins/properties.ts";
import { resourceTypes } from "../../../plugins/azureNative/resourceTypes.ts";

const namespace = resourceTypes["eventhub:Namespace"]?.shape ?? {};
const ruleSet = resourceTypes["eventhub:NamespaceNetworkRuleSet"]?.shape ?? {};

test("a body has location, tags, sku and identity at its top and all other inputs in properties, without path parameters", () => {
  const inputs = {
    resourceGroupName: "rg",
    namespaceName: "n",
    azureApiVersion: "2024-01-01",
    location: "westeurope",
    tags: { a: "b" },
    sku: { name: "Standard", capacity: 2 },
    isAutoInflateEnabled: true,
    identity: { type: "UserAssigned", userAssignedIdentities: ["/id1"] },
  };
  expect(toBody(namespace, inputs)).toEqual({
    location: "westeurope",
    tags: { a: "b" },
    sku: { name: "Standard", capacity: 2 },
    identity: { type: "UserAssigned", userAssignedIdentities: { "/id1": {} } },
    properties: { isAutoInflateEnabled: true },
  });
});

const response = {
  id: "/x",
  name: "n",
  location: "West Europe",
  sku: { name: "Standard", capacity: 2 },
  identity: {
    type: "UserAssigned",
    principalId: null,
    userAssignedIdentities: { "/id1": { clientId: "c" } },
  },
  properties: { status: "Active", isAutoInflateEnabled: false, invented: 1 },
};

test("outputs are the parts of a response that the type knows, flattened", () => {
  const outputs = toOutputs(namespace, response);
  expect(outputs).toMatchObject({
    name: "n",
    location: "West Europe",
    status: "Active",
    isAutoInflateEnabled: false,
  });
  expect(outputs).not.toHaveProperty("id");
  expect(outputs).not.toHaveProperty("invented");
  expect(outputs["identity"]).toEqual({
    type: "UserAssigned",
    userAssignedIdentities: { "/id1": { clientId: "c" } },
  });
});

test("projecting outputs onto inputs drops what is read-only and turns identities into a list again", () => {
  const inputs = inputsIn(namespace, toOutputs(namespace, response));
  expect(inputs).not.toHaveProperty("status");
  expect(inputs["identity"]).toEqual({ type: "UserAssigned", userAssignedIdentities: ["/id1"] });
});

test("a previewed output is the input if there is one, and unknown otherwise, also inside known objects", () => {
  const outputs = previewedOutputs(namespace, {
    location: "westeurope",
    sku: { name: "Standard", tier: "Standard" },
  });
  expect(outputs).toMatchObject({
    location: "westeurope",
    name: unknown,
    sku: { name: "Standard", tier: "Standard", capacity: unknown },
  });
});

test("a response is the default state if it has only the default body, false and empty lists", () => {
  const defaultBody = { defaultAction: "Deny", publicNetworkAccess: "Disabled" };
  const properties = { defaultAction: "Deny", publicNetworkAccess: "Disabled" };
  expect(isDefaultResponse(ruleSet, { name: "default", properties }, defaultBody)).toBe(true);
  expect(isDefaultResponse(ruleSet, { properties: { defaultAction: "Allow" } }, defaultBody)).toBe(false);
  expect(isDefaultResponse(ruleSet, { properties: { ...properties, ipRules: [] } }, defaultBody)).toBe(false);
});

test("existing children are sent back as Azure gave them", () => {
  const connection = { properties: { privateEndpoint: { id: "/endpoint" }, provisioningState: "Succeeded" } };
  const live = { properties: { privateEndpointConnections: [{ id: "/c", name: "c", ...connection }] } };
  expect(withChildrenOf(namespace, {}, live)).toEqual(live);
  expect(withChildrenOf(namespace, {}, undefined)).toEqual({
    properties: { privateEndpointConnections: [] },
  });
});
