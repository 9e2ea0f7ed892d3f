import { expect, test } from "vitest";
import { importedInputs, refreshedInputs } from "../../../plugins/azureNative/refresh.ts";
import { resourceTypeOf } from "../../../plugins/azureNative/tokens.ts";

const namespace = resourceTypeOf("azure-native:eventhub:Namespace");

const inputs = {
  resourceGroupName: "rg",
  namespaceName: "n",
  location: "westeurope",
  sku: { name: "Standard", capacity: 2 },
};
const outputs = {
  name: "n",
  location: "West Europe",
  sku: { name: "Standard", tier: "Standard", capacity: 2 },
  kafkaEnabled: true,
  status: "Active",
};

test("a refresh that finds nothing new keeps the inputs, and adds none of Azure's defaults", () => {
  expect(refreshedInputs(namespace, inputs, outputs, { ...outputs, status: "Updating" })).toEqual(inputs);
});

test("only what changed in Azure gets into the inputs", () => {
  const live = { ...outputs, sku: { ...outputs.sku, capacity: 12 }, kafkaEnabled: false };
  expect(refreshedInputs(namespace, inputs, outputs, live)).toEqual({
    ...inputs,
    sku: { name: "Standard", capacity: 12 },
    kafkaEnabled: false,
  });
});

test("what was removed in Azure is removed from the inputs", () => {
  const tagged = { ...inputs, tags: { a: "1", b: "2" } };
  expect(
    refreshedInputs(
      namespace,
      tagged,
      { ...outputs, tags: { a: "1", b: "2" } },
      { ...outputs, tags: { a: "1" } },
    ),
  ).toEqual({
    ...inputs,
    tags: { a: "1" },
  });
  expect(refreshedInputs(namespace, tagged, { ...outputs, tags: { a: "1", b: "2" } }, outputs)).toEqual(
    inputs,
  );
});

test("private endpoint connections that the program does not give stay out of the inputs", () => {
  expect(
    refreshedInputs(namespace, inputs, outputs, { ...outputs, privateEndpointConnections: [{ id: "/pe" }] }),
  ).toEqual(inputs);
});

test("an import finds the inputs in the id and the response, without empty collections", () => {
  const id = "/subscriptions/s/resourcegroups/rg/providers/Microsoft.EventHub/namespaces/n";
  const response = {
    id,
    name: "n",
    location: "West Europe",
    tags: {},
    sku: { name: "Standard" },
    properties: { kafkaEnabled: true, status: "Active" },
  };
  expect(importedInputs(namespace, id, response)).toEqual({
    resourceGroupName: "rg",
    namespaceName: "n",
    location: "West Europe",
    sku: { name: "Standard" },
    kafkaEnabled: true,
  });
});
