import { describe, expect, it, vi } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "full";
const vaultId = `${sandbox.subscription}/resourceGroups/rg-security-keys/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;
/** A reader with all that hangs on a hub: consumer group, shared access rule, delivered key. */
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
  kind: "logstash",
  checkpointStore: false,
  deliverKeyTo: vaultId,
};
const tables = [
  "DeviceInfo",
  "DeviceNetworkInfo",
  "DeviceProcessEvents",
  "DeviceNetworkEvents",
  "DeviceFileEvents",
  "DeviceRegistryEvents",
  "DeviceLogonEvents",
  "DeviceImageLoadEvents",
  "DeviceEvents",
  "DeviceFileCertificateInfo",
];
const single = { layout: "single", hubName: "d" };
const settings = (changes: Record<string, unknown> = {}, of = stack) => {
  sandbox.configure(of, { tables, consumers: [siem], hubPolicy: true, ...changes });
};
/** All hubs that stand in Azure, by their short names. */
const hubs = async () =>
  Object.keys(await sandbox.inventory())
    .filter((id) => /\/defender-ns1\w+\/eventhubs\/[^/]+$/i.test(id))
    .map((id) => id.replace(/^.*\/(insights-logs-advancedhunting-)?/, ""))
    .sort();
/** A deployment that completes, and leaves nothing to do. */
async function completes(of = stack): Promise<string[]> {
  const changes = await sandbox.changes(() => sandbox.up(of));
  await sandbox.up(of, "--expect-no-changes");
  return changes.filter((change) => change.includes("eventhubs/"));
}

// One stack lives through all of these, in this order, as a stack of a user's would.

describe("ten hubs in a namespace for ten", () => {
  it("give a place to an exchanged table in one deployment, if the old events may be lost", async () => {
    settings();
    await sandbox.up(stack);
    const exchanged = [...tables.slice(1), "AlertInfo"];
    settings({ tables: exchanged });
    const { said, changes } = await sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);
    expect(said).toMatch(/ns1 holds at most 10 hubs[\s\S]*allowDataLoss: \[DeviceInfo\]`/);
    expect(changes).toEqual([]);
    settings({ tables: exchanged, allowDataLoss: ["DeviceInfo"] });
    expect(await completes()).toEqual([
      "DELETE eventhubs/insights-logs-advancedhunting-deviceinfo",
      "PUT eventhubs/insights-logs-advancedhunting-alertinfo",
    ]);
    settings({ tables: exchanged });
    const state = JSON.parse(await sandbox.ok("preview", "--json", "--stack", stack)) as object;
    expect(JSON.stringify(state)).not.toContain('"op":"replace"');
  });

  it("stay protected until the old layout allows their loss, then become one", async () => {
    const exchanged = [...tables.slice(1), "AlertInfo"];
    settings({ tables: exchanged, ...single });
    const { said, changes } = await sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);
    expect(said).toMatch(/\(1\) go back to the settings as deployed.*allowDataLoss: \[ns1\][\s\S]*\(2\)/);
    expect(changes).toEqual([]);
    settings({ tables: exchanged, allowDataLoss: ["ns1"] });
    await sandbox.up(stack);
    settings({ tables: exchanged, ...single, allowDataLoss: ["ns1"] });
    await completes();
    expect(await hubs()).toEqual(["d"]);
  });

  it("come back from one, also after a deployment that failed between the old hub and the new one", async () => {
    settings({ protect: false });
    await sandbox.control("faults", {
      method: "PUT",
      pathPattern: "eventhubs/insights-logs-advancedhunting-deviceinfo$",
      answer: { status: 400, code: "BadRequest", message: "Not today." },
    });
    await sandbox.refused("up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack);
    await completes();
    expect(await hubs()).toHaveLength(10);
  });

  it("become one hub although a deployment fails in the middle", async () => {
    settings({ protect: false, ...single });
    await sandbox.control("faults", {
      method: "PUT",
      pathPattern: "eventhubs/d$",
      answer: { status: 400, code: "BadRequest", message: "Not today." },
    });
    await sandbox.refused("up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack);
    await completes();
    expect(await hubs()).toEqual(["d"]);
    const { namespaces } = await sandbox.outputs(stack);
    const rules = Object.keys(await sandbox.inventory()).filter(
      (id) => id.includes(namespaces[0]?.name ?? "") && /eventhubs\/.*authorizationrules/i.test(id),
    );
    expect(rules).toHaveLength(2);
  });
});

describe("a namespace of somebody else's, with nine hubs and one of the stack's", () => {
  const group = `${sandbox.subscription}/resourceGroups/rg-theirs`;
  const namespace = `${group}/providers/Microsoft.EventHub/namespaces/theirs-1f2e3d`;
  const here = (hubName: string, changes: Record<string, unknown> = {}) => {
    const existing = { namespaces: { ns1: namespace } };
    settings({ existing, layout: "single", hubName, consumers: [], protect: false, ...changes }, "guest");
  };

  it("has room for another name of that hub, and not for two", async () => {
    await sandbox.control("registration", { namespace: "Microsoft.EventHub", state: "Registered" });
    await sandbox.arm("PUT", group, "2022-09-01", { location: "westeurope" });
    await sandbox.arm("PUT", namespace, "2024-01-01", {
      location: "westeurope",
      sku: { name: "Standard", tier: "Standard", capacity: 1 },
    });
    await vi.waitFor(
      async () => {
        const properties = { provisioningState: "Succeeded" };
        expect(await sandbox.arm("GET", namespace)).toMatchObject({ properties });
      },
      { timeout: 30_000 },
    );
    for (let index = 0; index < 9; index++)
      await sandbox.arm("PUT", `${namespace}/eventhubs/theirs-${String(index)}`, "2024-01-01", {});
    here("e");
    await sandbox.up("guest");
    here("f");
    expect(await completes("guest")).toEqual(["DELETE eventhubs/e", "PUT eventhubs/f"]);
    here("", { layout: "perTable", hubName: undefined, tables: tables.slice(0, 2) });
    const { said } = await sandbox.refused("preview", "--non-interactive", "--stack", "guest");
    expect(said).toMatch(/not enough room[\s\S]*Delete hubs there that nobody needs/);
  });
});
