import { expect, test } from "vitest";
import { failures, named, namingOf } from "../../../plugins/azureNative/check.ts";
import { unknown } from "../../../plugins/properties.ts";
import { resourceTypes } from "../../../plugins/azureNative/resourceTypes.ts";
import { resourceTypeOf } from "../../../plugins/azureNative/tokens.ts";
import { providerOn, resource, startFakeArm, group } from "../fakeArm.ts";

const namespace = resourceTypeOf("azure-native:eventhub:Namespace");
const seed = new Uint8Array([1, 2, 3]);

test("resources in a group get random names, children the program's name, role assignments a GUID", () => {
  const kinds = Object.entries(resourceTypes).map(([name, type]) => [name, namingOf(type.path)]);
  expect(Object.fromEntries(kinds)).toMatchObject({
    "resources:ResourceGroup": "random",
    "eventhub:Namespace": "random",
    "eventhub:EventHub": "copy",
    "eventhub:ConsumerGroup": "copy",
    "authorization:RoleAssignment": "uuid",
  });
});

test("a namespace without a name gets the program's with 8 hex digits, the same ones for the same seed", () => {
  const first = named(namespace, {}, {}, { logicalName: "events", seed });
  expect(first["namespaceName"]).toMatch(/^events[0-9a-f]{8}$/);
  expect(named(namespace, {}, {}, { logicalName: "events", seed })).toEqual(first);
  expect(named(namespace, {}, {}, { logicalName: "events", seed: new Uint8Array([9]) })).not.toEqual(first);
});

test("a generated name stays in later deployments, with its mark", () => {
  const first = named(namespace, {}, {}, { logicalName: "events", seed });
  expect(named(namespace, { tags: {} }, first, { logicalName: "events", seed: new Uint8Array([9]) })).toEqual(
    { ...first, tags: {} },
  );
});

test("a given name is used as it is, without a mark", () => {
  expect(named(namespace, { namespaceName: "mine" }, {}, { logicalName: "events", seed })).toEqual({
    namespaceName: "mine",
  });
});

test("a role assignment without a name gets a GUID, and a rule set gets none", () => {
  const assignment = named(
    resourceTypeOf("azure-native:authorization:RoleAssignment"),
    {},
    {},
    { logicalName: "r", seed },
  );
  expect(assignment["roleAssignmentName"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(
    named(
      resourceTypeOf("azure-native:eventhub:NamespaceNetworkRuleSet"),
      {},
      {},
      { logicalName: "r", seed },
    ),
  ).toEqual({});
});

test("pulumi:autonaming decides if it is set", () => {
  const name = (mode: "propose" | "enforce" | "disable") =>
    named(namespace, {}, {}, { logicalName: "events", seed, autonaming: { mode, proposedName: "proposed" } })[
      "namespaceName"
    ];
  expect(name("propose")).toBe("proposed");
  expect(name("enforce")).toBe("proposed");
  expect(name("disable")).toBeUndefined();
});

test("missing inputs, names of a wrong length and numbers below the minimum are a failure each; unknown values pass", () => {
  const broken = {
    namespaceName: "short",
    resourceGroupName: "rg",
    maximumThroughputUnits: -1,
    sku: { capacity: 1 },
  };
  expect(failures(namespace, broken)).toEqual([
    "'namespaceName' is too short (5): at least 6 characters required",
    "'namespaceName' does not match expression '^[a-zA-Z][a-zA-Z0-9-]{6,50}[a-zA-Z0-9]$'",
    "missing required property 'sku.name'",
    "'maximumThroughputUnits' is too low (-1.000000 < 0.000000)",
  ]);
  expect(failures(namespace, {})).toEqual([
    "missing required property 'resourceGroupName'",
    "missing required property 'namespaceName'",
  ]);
  expect(failures(namespace, { namespaceName: unknown, resourceGroupName: unknown })).toEqual([]);
});

test("the error for a resource group without a location says where to set one", () => {
  const type = resourceTypeOf("azure-native:resources:ResourceGroup");
  expect(failures(type, { resourceGroupName: "rg" })).toEqual([
    expect.stringContaining("pulumi config set azure-native:location"),
  ]);
});

const unlocated = {
  ...resource("azure-native:eventhub:Namespace"),
  newInputs: { resourceGroupName: "rg", namespaceName: "events" },
  seed,
};

test("the location is the old one, or else the configured one, or else the resource group's", async () => {
  const arm = await startFakeArm();
  arm.resources.set(group, { location: "northeurope" });

  const kept = await providerOn(arm, { location: "westeurope" }).check({
    ...unlocated,
    oldInputs: { location: "eastus" },
  });
  expect(kept.inputs["location"]).toBe("eastus");
  const configured = await providerOn(arm, { location: "westeurope" }).check({ ...unlocated, oldInputs: {} });
  expect(configured.inputs["location"]).toBe("westeurope");
  expect(arm.requests).toEqual([]);

  const inherited = providerOn(arm);
  for (let time = 0; time < 2; time++) {
    const { inputs } = await inherited.check({ ...unlocated, oldInputs: {} });
    expect(inputs["location"]).toBe("northeurope");
  }
  expect(arm.sent).toEqual([`GET ${group}`]);
});

test("the location is unknown while the resource group is, and hubs have none", async () => {
  const provider = providerOn(await startFakeArm());
  const { inputs } = await provider.check({
    ...unlocated,
    newInputs: { resourceGroupName: unknown },
    oldInputs: {},
  });
  expect(inputs["location"]).toBe(unknown);
  const hub = await provider.check({
    ...resource("azure-native:eventhub:EventHub"),
    newInputs: { resourceGroupName: "rg" },
    oldInputs: {},
    seed,
  });
  expect(hub.inputs).not.toHaveProperty("location");
});

test("checked inputs have the api-version", async () => {
  const { inputs } = await providerOn(await startFakeArm(), { location: "x" }).check({
    ...unlocated,
    oldInputs: {},
  });
  expect(inputs["azureApiVersion"]).toBe("2024-01-01");
});
