import { expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

const sandbox = await testSandbox();
const stack = "life";
const portalUsers = [
  { name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" },
];
const settings = (changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo", "DeviceEvents", "EmailEvents"],
    portalUsers,
    ...changes,
  });
};
const four = ["DeviceInfo", "DeviceEvents", "EmailEvents", "AlertInfo"];

// One stack lives through all of these, in this order, as a stack of a user's would.

it("creates the namespace, its hubs and the rule set", async () => {
  settings();
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => change.startsWith("PUT eventhubs/")).sort()).toEqual([
    "PUT eventhubs/insights-logs-advancedhunting-deviceevents",
    "PUT eventhubs/insights-logs-advancedhunting-deviceinfo",
    "PUT eventhubs/insights-logs-advancedhunting-emailevents",
  ]);
  expect(changes).toContain("PUT networkRuleSets/default");
});

const refresh = () =>
  sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);

it("finds no drift right after the first deployment", async () => {
  await refresh();
});

it("changes nothing when it is deployed again", async () => {
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
});

it("changes only the namespace, in place, for more units with auto-inflate on", async () => {
  settings({ throughputUnits: 2 });
  expect(await sandbox.preview(stack)).toEqual(["update Namespace defender-ns1"]);
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes).toEqual([expect.stringMatching(/^PUT namespaces\/defender-ns1/)]);
});

it("does the same with auto-inflate off", async () => {
  settings({ throughputUnits: 3, autoInflate: false });
  expect(await sandbox.preview(stack)).toEqual(["update Namespace defender-ns1"]);
  await sandbox.up(stack);
  const { namespaces } = await sandbox.outputs(stack);
  expect(namespaces).toMatchObject([{ throughputUnits: 3, maximumThroughputUnits: 0 }]);
});

it("adds a table as one hub and one more event type in one export setting", async () => {
  const before = await sandbox.outputs(stack);
  settings({ throughputUnits: 3, autoInflate: false, tables: four });
  expect(await sandbox.changes(() => sandbox.up(stack))).toEqual([
    "PUT eventhubs/insights-logs-advancedhunting-alertinfo",
  ]);
  const after = await sandbox.outputs(stack);
  expect(after.exportSettings).toEqual([
    { ...before.exportSettings[0], eventTypes: expect.arrayContaining(four) as unknown },
  ]);
});

it("finds no drift after a table was added", async () => {
  await refresh();
});

it("stops the removal of a table at the preview and names the two steps", async () => {
  settings({ throughputUnits: 3, autoInflate: false });
  const { said, changes } = await sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);
  expect(said).toContain("defender-ns1-alertinfo");
  expect(said).toContain("allowDataLoss: [AlertInfo]");
  expect(changes).toEqual([]);
});

it("removes the table in the two steps", async () => {
  settings({ throughputUnits: 3, autoInflate: false, tables: four, allowDataLoss: ["AlertInfo"] });
  expect(await sandbox.changes(() => sandbox.up(stack))).toEqual([]);
  settings({ throughputUnits: 3, autoInflate: false });
  expect(await sandbox.changes(() => sandbox.up(stack))).toEqual([
    "DELETE eventhubs/insights-logs-advancedhunting-alertinfo",
  ]);
});

it("notices a hub that somebody else deleted and creates it again", async () => {
  const { namespaces } = await sandbox.outputs(stack);
  const hub = `${namespaces[0]?.resourceId ?? ""}/eventhubs/insights-logs-advancedhunting-deviceinfo`;
  await sandbox.arm("DELETE", hub);
  const drift = await sandbox.run(
    "refresh",
    "--yes",
    "--expect-no-changes",
    "--non-interactive",
    "--stack",
    stack,
  );
  expect(drift.code).not.toBe(0);
  expect(await sandbox.changes(() => sandbox.up(stack))).toEqual([
    "PUT eventhubs/insights-logs-advancedhunting-deviceinfo",
  ]);
});

it("is destroyed after it was deployed without protection, and leaves nothing except the registrations", async () => {
  settings({ throughputUnits: 3, autoInflate: false, protect: false });
  await sandbox.up(stack);
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
  expect(await sandbox.resources()).toEqual([]);
  expect(
    await sandbox.arm("GET", `${sandbox.subscription}/providers/Microsoft.Insights`, "2021-04-01"),
  ).toMatchObject({ registrationState: "Registered" });
});
