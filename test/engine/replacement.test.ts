import { expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

const sandbox = await testSandbox();
const stack = "bigger";
const tables = ["DeviceInfo", "AlertInfo"];
const portalUsers = [
  { name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" },
];
const settings = (changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, { tables, portalUsers, consumerGroups: ["siem"], ...changes });
};
const refused = () => sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);

it("stops a change of partitions on Standard at the preview", async () => {
  settings();
  await sandbox.up(stack);
  settings({ partitionCount: 8 });
  const { said, changes } = await refused();
  expect(said).toMatch(/defender-ns1-deviceinfo[\s\S]*protect/);
  // Not only what the engine says: what is lost, what to write here, and what is left to do.
  expect(said).toMatch(
    /2 hubs of ns1 are replaced[\s\S]*events in them are deleted[\s\S]*allowDataLoss: \[ns1\][\s\S]*connection string/,
  );
  expect(changes).toEqual([]);
});

it("replaces the hub whose events may be lost, with its consumer group, in one deployment", async () => {
  settings({ partitionCount: 8, allowDataLoss: tables });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  const hub = "eventhubs/insights-logs-advancedhunting-deviceinfo";
  expect(changes.filter((change) => change.endsWith(hub))).toEqual([`DELETE ${hub}`, `PUT ${hub}`]);
  expect(changes.filter((change) => change === "PUT consumergroups/siem")).toHaveLength(2);
  await sandbox.up(stack, "--expect-no-changes");
});

it("stops a change from Standard to Premium at the preview", async () => {
  settings({ partitionCount: 8, tier: "Premium", autoInflate: false });
  const { said, changes } = await refused();
  expect(said).toMatch(/defender-ns1[\s\S]*protect/);
  expect(said).toMatch(
    /the tier from Standard to Premium[\s\S]*allowDataLoss: \[ns1\][\s\S]*new `resourceId`/,
  );
  expect(changes).toEqual([]);
});

it("replaces the namespace with all its hubs if they may be lost, and creates the new one first", async () => {
  const [old] = (await sandbox.outputs(stack)).namespaces;
  settings({ partitionCount: 8, tier: "Premium", autoInflate: false, allowDataLoss: ["ns1"] });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  const [now] = (await sandbox.outputs(stack)).namespaces;
  expect(now).toMatchObject({ tier: "Premium", hubs: old?.hubs });
  expect(now?.name).not.toBe(old?.name);
  const made = changes.lastIndexOf("PUT eventhubs/insights-logs-advancedhunting-alertinfo");
  // The old consumer groups are deleted earlier: they hold no events.
  const gone = changes.findIndex((change) => /^DELETE (eventhubs|namespaces)\//.test(change));
  expect(made).toBeGreaterThan(-1);
  expect(gone).toBeGreaterThan(made);
  expect(changes).toContain(`DELETE namespaces/${old?.name ?? ""}`);
  // The role assignment hangs on the namespace, so it is made for the new one.
  expect(changes.filter((change) => change.startsWith("PUT roleAssignments/"))).toHaveLength(1);
});

it("adds partitions on Premium in place", async () => {
  settings({ partitionCount: 16, tier: "Premium", autoInflate: false });
  expect((await sandbox.preview(stack)).sort()).toEqual([
    "update EventHub defender-ns1-alertinfo",
    "update EventHub defender-ns1-deviceinfo",
  ]);
  await sandbox.up(stack);
});
