import { expect, it, vi } from "vitest";
import { type TestSandbox, testSandbox } from "../engine/testSandbox.ts";

const sandbox: TestSandbox = await testSandbox();
const stack = "network";
const network = `${sandbox.subscription}/resourceGroups/rg-network/providers/Microsoft.Network`;
const subnet = (name: string) => `${network}/virtualNetworks/vnet-security/subnets/${name}`;
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};

const outputs = () => sandbox.outputs(stack);
const configure = (settings: Record<string, unknown>) => {
  sandbox.configure(stack, { tables: ["DeviceInfo"], protect: false, consumers: [siem], ...settings });
};

/** The id of a resource without what is random in its name. */
const withoutDigits = (id: string) => id.replace(/[0-9a-f]{8}$/, "");

/** The firewall of the namespace, as Azure has it. */
async function firewall() {
  const [namespace] = (await outputs()).namespaces;
  const read = async (id: string) =>
    (await sandbox.arm<{ properties: Record<string, unknown> }>("GET", id)).properties;
  const id = namespace?.resourceId ?? "";
  return { namespace: await read(id), ruleSet: await read(`${id}/networkRuleSets/default`) };
}

it("reports at once, before anything is created, what the settings name and Azure does not have", async () => {
  configure({
    destinations: ["eventHub", "storage"],
    eventHubNetwork: {
      publicAccess: "selected",
      virtualNetworkRules: [subnet("endpoints"), subnet("consumer")],
    },
    storage: { virtualNetworkRules: [subnet("endpoints").replace("vnet-security", "vnet-gone")] },
    privateEndpoints: {
      subnetId: subnet("endpoints"),
      dnsZones: {
        eventHub: `${network}/privateDnsZones/privatelink.servicebus.windows.net`,
        storage: `${network.replace("rg-network", "rg-gone")}/privateDnsZones/privatelink.blob.core.windows.net`,
      },
    },
    "azure-native:location": "northeurope",
  });
  const { said, changes } = await sandbox.refused("preview", "--stack", stack);
  expect(changes).toEqual([]);
  expect(said).toContain("5 mistakes");
  expect(said).toMatch(
    /eventHubNetwork\.virtualNetworkRules\[0\][^]*this one has none[^]*az network vnet subnet update/,
  );
  expect(said).toMatch(
    /eventHubNetwork\.virtualNetworkRules\[1\][^]*no subnet consumer[^]*Did you mean consumers\?/,
  );
  expect(said).toMatch(/storage\.virtualNetworkRules\[0\][^]*no virtual network vnet-gone/);
  expect(said).toMatch(/privateEndpoints\.subnetId[^]*is westeurope, but this stack is in northeurope/);
  expect(said).toMatch(/privateEndpoints\.dnsZones\.storage[^]*no private DNS zone privatelink\.blob/);
});

it("closes and opens the namespace in place, and always lets trusted services in", async () => {
  configure({});
  await sandbox.up(stack);
  expect((await firewall()).ruleSet).toMatchObject({
    defaultAction: "Allow",
    publicNetworkAccess: "Enabled",
  });

  configure({
    eventHubNetwork: {
      publicAccess: "selected",
      ipRules: ["203.0.113.0/24"],
      virtualNetworkRules: [subnet("consumers")],
    },
  });
  expect(await sandbox.preview(stack)).toEqual(["update NamespaceNetworkRuleSet defender-ns1"]);
  await sandbox.up(stack);
  expect((await firewall()).ruleSet).toMatchObject({
    defaultAction: "Deny",
    trustedServiceAccessEnabled: true,
    ipRules: [{ ipMask: "203.0.113.0/24", action: "Allow" }],
    virtualNetworkRules: [{ subnet: { id: subnet("consumers") } }],
  });
  await sandbox.up(stack, "--expect-no-changes");

  configure({ eventHubNetwork: { publicAccess: "disabled", privateEndpoint: true } });
  await sandbox.up(stack);
  const closed = await firewall();
  expect(closed.namespace).toMatchObject({ publicNetworkAccess: "Disabled" });
  expect(closed.ruleSet).toMatchObject({
    publicNetworkAccess: "Disabled",
    trustedServiceAccessEnabled: true,
  });
  await sandbox.up(stack, "--expect-no-changes");

  configure({});
  await sandbox.up(stack);
  expect((await firewall()).namespace).toMatchObject({ publicNetworkAccess: "Enabled" });
});

it("says before anything is created that the network resolves zones with these names already, and which ids to give", async () => {
  configure({
    destinations: ["eventHub", "storage"],
    privateEndpoints: { subnetId: subnet("endpoints") },
  });
  const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
  expect(changes).toEqual([]);
  const zones = `${network}/privateDnsZones`;
  expect(said).toContain(
    `dnsZones: {eventHub: ${zones}/privatelink.servicebus.windows.net, storage: ${zones}/privatelink.blob.core.windows.net}`,
  );
});

it("creates private endpoints with zones, one after the other, and moves them to another subnet", async () => {
  await sandbox.control("conditions", { overlaps: 0.3 });
  // The network team's own network resolves zones of these names already.
  await sandbox.control("registration", { namespace: "Microsoft.Network", state: "Registered" });
  const group = `${sandbox.subscription}/resourceGroups/rg-spoke`;
  await sandbox.arm("PUT", group, "2024-03-01", { location: "westeurope" });
  const spoke = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-spoke`;
  await sandbox.arm("PUT", spoke, "2024-05-01", {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.30.0.0/16"] },
      subnets: [
        { name: "one", properties: { addressPrefix: "10.30.1.0/24" } },
        { name: "two", properties: { addressPrefix: "10.30.2.0/24" } },
      ],
    },
  });
  const within = (name: string) => {
    configure({
      destinations: ["eventHub", "storage"],
      eventHubNetwork: { publicAccess: "disabled" },
      privateEndpoints: { subnetId: `${spoke}/subnets/${name}` },
      tags: { owner: "security" },
    });
  };
  within("one");
  await sandbox.up(stack);
  const { namespaces, accounts } = await outputs();
  const made = namespaces[0]?.resourceId.replace(/\/providers\/.*/, "") ?? "";
  const record = async (zone: string, name = "") =>
    sandbox.arm("GET", `${made}/providers/Microsoft.Network/privateDnsZones/${zone}/A/${name}`, "2024-06-01");
  const at = (address: string) => ({
    properties: { aRecords: [{ ipv4Address: expect.stringContaining(address) as string }] },
  });
  expect(await record("privatelink.servicebus.windows.net", namespaces[0]?.name)).toMatchObject(
    at("10.30.1."),
  );
  expect(await record("privatelink.blob.core.windows.net", accounts[0]?.name)).toMatchObject(at("10.30.1."));
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);

  within("two");
  await sandbox.up(stack);
  expect(await record("privatelink.servicebus.windows.net", namespaces[0]?.name)).toMatchObject(
    at("10.30.2."),
  );
  expect((await outputs()).namespaces).toEqual(namespaces);
  await sandbox.up(stack, "--expect-no-changes");

  // Somebody deletes a zone, for which its link has to go first, and an endpoint: what follows from them comes again too.
  const there = async () => (await sandbox.resources()).filter((id) => id.startsWith(made));
  const before = await there();
  const deletes = async (pattern: RegExp, version: string) => {
    const id = before.find((one) => pattern.test(one)) ?? "";
    await sandbox.arm("DELETE", id, version);
    const isGone = async () => expect(sandbox.arm("GET", id, version)).rejects.toThrow(/404/);
    await vi.waitFor(isGone, { timeout: 30_000 });
  };
  await deletes(/servicebus\.windows\.net\/virtualNetworkLinks\//i, "2024-06-01");
  await deletes(/servicebus\.windows\.net$/i, "2024-06-01");
  await deletes(/\/privateEndpoints\/[^/]*sa1[^/]*$/i, "2024-05-01");
  await sandbox.up(stack);
  expect((await there()).map(withoutDigits).sort()).toEqual(before.map(withoutDigits).sort());
  expect(await record("privatelink.blob.core.windows.net", accounts[0]?.name)).toMatchObject(at("10.30.2."));
  await sandbox.up(stack, "--expect-no-changes");

  configure({});
  await sandbox.up(stack);
  await sandbox.arm("DELETE", spoke, "2024-05-01");
});

it("locks against deletion outside the stack, and is still destroyed in one step", async () => {
  configure({ lock: true, destinations: ["eventHub", "storage"], storage: { privateEndpoint: true } });
  await sandbox.up(stack);
  const { namespaces, accounts } = await outputs();
  const { resourceId = "", hubs = [] } = namespaces[0] ?? {};
  for (const id of [resourceId, `${resourceId}/eventhubs/${hubs[0] ?? ""}`, accounts[0]?.resourceId ?? ""])
    await expect(sandbox.arm("DELETE", id)).rejects.toThrow(/409.*ScopeLocked/);
  await sandbox.up(stack, "--expect-no-changes");

  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
  const left = (await sandbox.resources()).filter((id) => !id.includes("rg-spoke"));
  expect(left).toEqual([]);
});
