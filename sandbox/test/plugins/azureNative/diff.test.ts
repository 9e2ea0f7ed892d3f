import { expect, test } from "vitest";
import { createBeforeDelete, difference } from "../../../plugins/azureNative/diff.ts";
import { unknown, type Properties } from "../../../plugins/properties.ts";
import type { ResourceType } from "../../../plugins/azureNative/resourceType.ts";
import { resourceTypeOf } from "../../../plugins/azureNative/tokens.ts";

const namespace = resourceTypeOf("azure-native:eventhub:Namespace");
const eventHub = resourceTypeOf("azure-native:eventhub:EventHub");
const roleAssignment = resourceTypeOf("azure-native:authorization:RoleAssignment");

const changesOf = (type: ResourceType, before: Properties, after: Properties, outputs: Properties = {}) =>
  Object.fromEntries(difference(type, before, after, outputs).changes);

test("the same inputs are no change, apart from marks of the provider", () => {
  expect(
    changesOf(
      namespace,
      { sku: { name: "Standard" }, [createBeforeDelete]: true },
      { sku: { name: "Standard" } },
    ),
  ).toEqual({});
});

test("a location and a group that are written in another way are no change", () => {
  const before = { location: "West Europe", resourceGroupName: "RG" };
  expect(changesOf(namespace, before, { location: "westeurope", resourceGroupName: "rg" })).toEqual({});
});

test("another location of a namespace replaces it", () => {
  expect(changesOf(namespace, { location: "westeurope" }, { location: "northeurope" })).toEqual({
    location: { kind: "update", replaces: true },
  });
});

test("another tier or partition count is a change in place, although Azure will refuse it", () => {
  const before = { sku: { name: "Standard", capacity: 1 } };
  expect(changesOf(namespace, before, { sku: { name: "Premium", capacity: 1 } })).toEqual({
    "sku.name": { kind: "update", replaces: false },
  });
  expect(changesOf(eventHub, { partitionCount: 4 }, { partitionCount: 8 })).toEqual({
    partitionCount: { kind: "update", replaces: false },
  });
});

test("another path parameter replaces the resource, an unknown one too", () => {
  expect(changesOf(eventHub, { namespaceName: "a" }, { namespaceName: unknown })).toEqual({
    namespaceName: { kind: "update", replaces: true },
  });
  expect(changesOf(roleAssignment, { scope: "/a" }, { scope: "/b" })).toEqual({
    scope: { kind: "update", replaces: true },
  });
});

test("another subnet of a private endpoint replaces it", () => {
  const endpoint = resourceTypeOf("azure-native:network:PrivateEndpoint");
  expect(changesOf(endpoint, { subnet: { id: "/a" } }, { subnet: { id: "/b" } })).toEqual({
    "subnet.id": { kind: "update", replaces: true },
  });
});

test("only principal and scope replace a role assignment", () => {
  const before = { principalId: "p", roleDefinitionId: "r" };
  expect(changesOf(roleAssignment, before, { principalId: "q", roleDefinitionId: "s" })).toEqual({
    principalId: { kind: "update", replaces: true },
    roleDefinitionId: { kind: "update", replaces: false },
  });
});

test("each change in lists and objects has its path", () => {
  const type = resourceTypeOf("azure-native:eventhub:NamespaceNetworkRuleSet");
  const before = {
    ipRules: [{ ipMask: "1.1.1.1" }, { ipMask: "2.2.2.2" }],
    trustedServiceAccessEnabled: true,
  };
  const after = { ipRules: [{ ipMask: "3.3.3.3", action: "Allow" }], defaultAction: "Deny" };
  expect(changesOf(type, before, after)).toEqual({
    "ipRules[0].ipMask": { kind: "update", replaces: false },
    "ipRules[0].action": { kind: "add", replaces: false },
    "ipRules[1]": { kind: "delete", replaces: false },
    trustedServiceAccessEnabled: { kind: "delete", replaces: false },
    defaultAction: { kind: "add", replaces: false },
  });
});

test("an added input with the value that it has anyway is no change, or at least no replacement", () => {
  expect(changesOf(namespace, {}, { publicNetworkAccess: "Enabled" })).toEqual({});
  expect(changesOf(namespace, {}, { publicNetworkAccess: "Disabled" })).toHaveProperty("publicNetworkAccess");
  expect(changesOf(namespace, {}, { location: "westeurope" }, { location: "westeurope" })).toEqual({
    location: { kind: "add", replaces: false },
  });
  expect(changesOf(namespace, {}, { location: "westeurope" }, { location: "x" })).toEqual({
    location: { kind: "add", replaces: true },
  });
});

test("a replaced resource is deleted first, unless its name is a random one", () => {
  const replaced = (before: Properties) =>
    difference(eventHub, { namespaceName: "a", ...before }, { namespaceName: "b" }, {});
  expect(replaced({}).deleteBeforeReplace).toBe(true);
  expect(replaced({ [createBeforeDelete]: true }).deleteBeforeReplace).toBe(false);
  expect(difference(eventHub, { partitionCount: 1 }, { partitionCount: 2 }, {}).deleteBeforeReplace).toBe(
    false,
  );
});

test("the order of a list with identifiers does not matter", () => {
  const type: ResourceType = { path: "/x", apiVersion: "1", shape: { rules: { identifiers: ["name"] } } };
  const before = {
    rules: [
      { name: "a", n: 1 },
      { name: "b", n: 1 },
    ],
  };
  expect(
    changesOf(type, before, {
      rules: [
        { name: "b", n: 1 },
        { name: "a", n: 1 },
      ],
    }),
  ).toEqual({});
  expect(changesOf(type, before, { rules: [{ name: "b", n: 2 }] })).toEqual({
    "rules[0].n": { kind: "update", replaces: false },
    "rules[0]": { kind: "delete", replaces: false },
  });
});
