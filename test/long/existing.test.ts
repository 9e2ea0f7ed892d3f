import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "existing";
const group = `${sandbox.subscription}/resourceGroups/rg-security-events`;
const namespace = `${group}/providers/Microsoft.EventHub/namespaces/contoso-security-events`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/contososecurityarchive`;
const deviceInfo = "insights-logs-advancedhunting-deviceinfo";
const before = await sandbox.inventory();

const settings = (existing: Record<string, unknown>, changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo", "DeviceEvents"],
    consumerGroups: ["siem"],
    portalUsers: [{ name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" }],
    protect: false,
    existing,
    ...changes,
  });
};
const refused = async () => {
  const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
  expect(changes).toEqual([]);
  return said.replaceAll(/\s+/g, " ");
};
const destroy = () => sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);

// One stack lives through all of these, in this order, as a stack of a user's would.

it("names a missing namespace and a missing account, both at once", async () => {
  settings(
    { namespaces: { ns1: `${namespace}-typo` }, accountId: `${account}0` },
    { destinations: ["eventHub", "storage"] },
  );
  const said = await refused();
  expect(said).toContain("2 mistakes in the configuration; nothing was changed.");
  expect(said).toContain("Azure has no Event Hubs namespace with this id");
  expect(said).toContain("Azure has no storage account with this id");
});

it("refuses an existing hub, and says how to adopt it", async () => {
  settings({ namespaces: { ns1: namespace } });
  expect(await refused()).toContain(`existing: {adoptHubs: [${deviceInfo}]}`);
});

it("reports at once that the namespace is full and its firewall closed", async () => {
  await sandbox.control("registration", { namespace: "Microsoft.EventHub", state: "Registered" });
  const others = Array.from({ length: 8 }, (_, index) => `${namespace}/eventhubs/other-${index}`);
  for (const id of others) await sandbox.arm("PUT", id, "2024-01-01", {});
  const rules = await sandbox.arm<object>("GET", `${namespace}/networkRuleSets/default`);
  await sandbox.arm("PUT", `${namespace}/networkRuleSets/default`, "2024-01-01", {
    properties: { defaultAction: "Deny", ipRules: [{ ipMask: "203.0.113.7" }] },
  });
  settings({ namespaces: { ns1: namespace }, adoptHubs: true });
  const said = await refused();
  expect(said).toContain("2 mistakes");
  expect(said).toMatch(/--enable-trusted-service-access true/);
  expect(said).toMatch(/not enough room for 2 hubs: ns1 holds at most 10 hubs, has 10, and has room for 1/);

  for (const id of others) await sandbox.arm("DELETE", id);
  await sandbox.arm("PUT", `${namespace}/networkRuleSets/default`, "2024-01-01", {
    properties: (rules as { properties: object }).properties,
  });
  expect(await sandbox.inventory()).toEqual(before);
});

it("adopts the hub, creates the other one, and touches neither the namespace nor its rule set", async () => {
  settings({ namespaces: { ns1: namespace }, adoptHubs: true });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => !change.startsWith("POST ")).sort()).toEqual([
    "PUT consumergroups/siem",
    "PUT consumergroups/siem",
    "PUT eventhubs/insights-logs-advancedhunting-deviceevents",
    `PUT eventhubs/${deviceInfo}`,
    expect.stringMatching(/^PUT roleAssignments\//),
  ]);
});

it("outputs the namespace's id and which hubs were adopted", async () => {
  const { exportSettings, namespaces, requiredRoleAssignments } = await sandbox.outputs(stack);
  expect(exportSettings).toMatchObject([{ destination: "eventHub", resourceId: namespace }]);
  expect(namespaces).toMatchObject([
    { name: "contoso-security-events", existing: { adoptedHubs: [deviceInfo] } },
  ]);
  expect(requiredRoleAssignments).toMatchObject([{ scope: namespace, role: "Contributor" }]);
});

it("changes nothing when it is deployed again, and finds no drift", async () => {
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
});

it("leaves existing resources when it is destroyed, the adopted hub among them", async () => {
  await destroy();
  expect(await sandbox.inventory()).toEqual(before);
});

it("creates a namespace on a cluster of the subscription, and refuses one of another region before anything is created", async () => {
  const clusterId = `${sandbox.subscription}/resourceGroups/rg-event-hubs-cluster/providers/Microsoft.EventHub/clusters/contoso-cluster`;
  const dedicated = { tier: "Dedicated", clusterId, tables: ["DeviceInfo"], protect: false };
  sandbox.configure(stack, { ...dedicated, "azure-native:location": "northeurope" });
  expect(await refused()).toContain("This cluster is in westeurope, and `location` is northeurope");

  sandbox.configure(stack, dedicated);
  await sandbox.up(stack);
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  const { namespaces } = await sandbox.outputs(stack);
  expect(namespaces).toMatchObject([{ tier: "Dedicated" }]);
  await destroy();
  expect(await sandbox.inventory()).toEqual(before);
});

it("gives an existing namespace and account private endpoints, and leaves both as they were", async () => {
  const network = `${sandbox.subscription}/resourceGroups/rg-network/providers/Microsoft.Network`;
  const zone = (name: string) => `${network}/privateDnsZones/privatelink.${name}.windows.net`;
  settings(
    { namespaces: { ns1: namespace }, accountId: account, adoptHubs: [deviceInfo] },
    {
      destinations: ["eventHub", "storage"],
      privateEndpoints: {
        subnetId: `${network}/virtualNetworks/vnet-security/subnets/endpoints`,
        dnsZones: { eventHub: zone("servicebus"), storage: zone("blob.core") },
      },
    },
  );
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => /privateEndpoints\/[^/]*$/i.test(change))).toHaveLength(2);
  expect(
    changes.filter((change) => /storageAccounts|blobServices|managementPolicies|namespaces\//i.test(change)),
  ).toEqual([]);
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  await destroy();
  expect(await sandbox.inventory()).toEqual(before);
});
