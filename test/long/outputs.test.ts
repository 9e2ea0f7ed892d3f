import { beforeAll, describe, expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "promises";
const settings = (tables: string[], changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, { tables, consumerGroups: ["siem"], ...changes });
};
const hubOf = (table: string) => `insights-logs-advancedhunting-${table.toLowerCase()}`;
const outputs = () => sandbox.outputs(stack);
const refusal = { status: 400, code: "BadRequest", message: "Not today." };

/** A deployment in which Azure refuses some requests. */
async function fails(method: string, pathPattern: string): Promise<string> {
  await sandbox.control("faults", { method, pathPattern, answer: refusal });
  const { said } = await sandbox.refused(
    "up",
    "--yes",
    "--skip-preview",
    "--non-interactive",
    "--stack",
    stack,
  );
  expect(said).toContain("Not today.");
  return said;
}

/** Every ARM id and hub that the outputs name stands in Azure. */
async function expectToStand(): Promise<void> {
  const { namespaces, accounts, exportSettings } = await outputs();
  const there = Object.keys(await sandbox.inventory()).map((id) => id.toLowerCase());
  const named = [
    ...namespaces.flatMap(({ resourceId, hubs }) => [
      resourceId,
      ...hubs.map((hub) => `${resourceId}/eventhubs/${hub}`),
    ]),
    ...accounts.flatMap(({ resourceId, containers }) => [
      resourceId,
      ...containers.map((container) => `${resourceId}/blobServices/default/containers/${container}`),
    ]),
    ...exportSettings.map(({ resourceId }) => resourceId),
  ];
  expect(named.filter((id) => !there.includes(id.toLowerCase()))).toEqual([]);
}

// One stack lives through all of these, in this order, as a stack of a user's would.

describe("the very first deployment", () => {
  beforeAll(async () => {
    settings(["DeviceInfo", "AlertInfo"]);
    await fails("PUT", `eventhubs/${hubOf("AlertInfo")}$`);
  });

  it("has no outputs if it fails at a hub", async () => {
    expect(await outputs()).toEqual({});
  });

  it("is completed by the next one", async () => {
    await sandbox.up(stack);
    await expectToStand();
    expect((await outputs()).namespaces[0]?.hubs).toEqual([hubOf("DeviceInfo"), hubOf("AlertInfo")]);
  });
});

describe("a deployment that fails at a hub", () => {
  it("leaves the outputs of the deployment before", async () => {
    const before = await outputs();
    settings(["DeviceInfo", "AlertInfo", "EmailEvents"]);
    await fails("PUT", `eventhubs/${hubOf("EmailEvents")}$`);
    expect(await outputs()).toEqual(before);
    await expectToStand();
  });

  it("leaves no moves to warn of", async () => {
    const said = await sandbox.ok("preview", "--stack", stack);
    expect(said).not.toContain("Moves from");
    await sandbox.up(stack);
    await expectToStand();
  });

  it("leaves hubs that only the state knows, and the next preview says that other settings delete them", async () => {
    settings(["DeviceInfo", "AlertInfo", "EmailEvents", "CloudAppEvents"]);
    await fails("PUT", `eventhubs/${hubOf("CloudAppEvents")}/consumergroups/siem$`);
    expect((await outputs()).namespaces[0]?.hubs).not.toContain(hubOf("CloudAppEvents"));
    settings(["DeviceInfo", "AlertInfo", "EmailEvents"]);
    const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
    expect(said).toMatch(/no longer contain the hub \S+cloudappevents of ns1.*allowDataLoss: \[ns1\]/);
    expect(changes).toEqual([]);
  });
});

describe("a deployment that fails among the deletions at its end", () => {
  it("has written its outputs, which name nothing of what is to go", async () => {
    settings(["DeviceInfo", "AlertInfo", "EmailEvents", "CloudAppEvents"], { protect: false });
    await sandbox.up(stack);
    settings(["DeviceInfo", "AlertInfo", "CloudAppEvents"], { protect: false });
    await fails("DELETE", `eventhubs/${hubOf("EmailEvents")}$`);
    expect((await outputs()).namespaces[0]?.hubs).not.toContain(hubOf("EmailEvents"));
    await expectToStand();
    const said = await sandbox.ok("preview", "--stack", stack);
    expect(said).toMatch(/no longer contain the hub \S+emailevents of ns1/);
    await sandbox.up(stack);
    expect(Object.keys(await sandbox.inventory()).filter((id) => id.includes("emailevents"))).toEqual([]);
  });
});

describe("a deployment that fails in the middle of a replacement", () => {
  const premium = { tier: "Premium", autoInflate: false, protect: false };

  it("leaves the outputs of the old namespace, which still stands", async () => {
    const before = await outputs();
    settings(["DeviceInfo", "AlertInfo"], premium);
    await fails("PUT", `eventhubs/${hubOf("AlertInfo")}$`);
    expect(await outputs()).toEqual(before);
    await expectToStand();
  });

  it("is completed by the next one, with one namespace", async () => {
    await sandbox.up(stack);
    await expectToStand();
    const [namespace, ...others] = (await sandbox.resources()).filter((id) =>
      /\/namespaces\/[^/]+$/i.test(id),
    );
    expect((await outputs()).namespaces[0]?.resourceId).toBe(namespace);
    expect(others).toEqual([]);
    await sandbox.up(stack, "--expect-no-changes");
  });
});

describe("a shorter retention of the archive", () => {
  const archive = (retentionDays: number, changes: Record<string, unknown> = {}) =>
    sandbox.configure("archive", {
      tables: ["DeviceInfo"],
      destinations: ["eventHub", "storage"],
      storage: { retentionDays },
      ...changes,
    });

  it("deletes nothing in a deployment that fails, not even without a preview", async () => {
    archive(90);
    await sandbox.up("archive");
    // The engine refuses to replace the namespace, which is protected.
    archive(10, { tier: "Premium", autoInflate: false });
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "archive"];
    const { said, changes } = await sandbox.refused(...args);
    expect(said).toContain("allowDataLoss: [ns1]");
    expect(changes.filter((change) => change.includes("managementPolicies"))).toEqual([]);
    archive(10);
    expect(await sandbox.changes(() => sandbox.up("archive"))).toEqual(["PUT managementPolicies/default"]);
  });
});

it("prove says which entry is gone after a deployment that failed between an old hub and its new one", async () => {
  const partitions = (partitionCount: number) =>
    sandbox.configure("lost", { tables: ["DeviceInfo"], protect: false, partitionCount });
  const proof = async () => (await sandbox.tool("prove", "own-hubs", "--stack", "lost")).stdout;
  partitions(4);
  await sandbox.up("lost");
  expect(await proof()).not.toContain("no longer exists");
  partitions(8);
  const fault = { method: "PUT", pathPattern: `eventhubs/${hubOf("DeviceInfo")}$`, answer: refusal };
  await sandbox.control("faults", fault);
  await sandbox.refused("up", "--yes", "--skip-preview", "--non-interactive", "--stack", "lost");
  expect(await proof()).toMatch(/the hub \S+deviceinfo of \S+, which no longer exists\. Run `pulumi up`\./);
  await sandbox.up("lost");
  expect(await proof()).not.toContain("no longer exists");
});

it("a deployment that leaves out something new with --target names nothing, and the next one knows what exists", async () => {
  const tables = (...names: string[]) => sandbox.configure("part", { tables: names, protect: false });
  tables("DeviceInfo");
  await sandbox.up("part");
  tables("DeviceInfo", "AlertInfo");
  await sandbox.up("part", "--target", "**EventHub::defender-ns1-deviceinfo");
  expect(JSON.stringify((await sandbox.outputs("part")).namespaces)).not.toContain("alertinfo");
  const changes = await sandbox.changes(() => sandbox.up("part"));
  expect(changes).toEqual([`PUT eventhubs/${hubOf("AlertInfo")}`]);
  const [namespace] = (await sandbox.outputs("part")).namespaces;
  expect(namespace?.hubs).toEqual([hubOf("DeviceInfo"), hubOf("AlertInfo")]);
});
