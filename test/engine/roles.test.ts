import { beforeAll, expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

const sandbox = await testSandbox();
const people = {
  tables: ["DeviceInfo"],
  protect: false,
  portalUsers: [{ name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" }],
  consumers: [
    { name: "siem", objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a", principalType: "ServicePrincipal" },
  ],
};
const assignmentsMade = (changes: string[]) =>
  changes.filter((change) => change.startsWith("PUT roleAssignments/")).length;

beforeAll(() => {
  sandbox.configure("one", { ...people, roleScope: "resourceGroup" });
  sandbox.configure("two", { ...people, roleScope: "resourceGroup" });
});

it("creates two stacks side by side, each with its grants at its resource group", async () => {
  const changes = await sandbox.changes(() => Promise.all([sandbox.up("one"), sandbox.up("two")]));
  expect(assignmentsMade(changes)).toBe(6);
  const [one, two] = await Promise.all([sandbox.outputs("one"), sandbox.outputs("two")]);
  expect(one.requiredRoleAssignments.map(({ role }) => role).sort()).toEqual([
    "Azure Event Hubs Data Receiver",
    "Contributor",
    "Reader",
  ]);
  expect(one.requiredRoleAssignments[0]?.scope).not.toBe(two.requiredRoleAssignments[0]?.scope);
});

it("leaves the other stack's grants alone when one is destroyed", async () => {
  const { requiredRoleAssignments: others } = await sandbox.outputs("two");
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "one");
  const scope = others[0]?.scope ?? "";
  const left = await sandbox.arm<{ value: { properties: { scope: string } }[] }>(
    "GET",
    `${scope}/providers/Microsoft.Authorization/roleAssignments`,
    "2022-04-01",
  );
  expect(left.value.filter(({ properties }) => properties.scope === scope)).toHaveLength(3);
  await sandbox.up("two", "--expect-no-changes");
});

it("creates no grant with `expect` and lists the ones that are needed", async () => {
  sandbox.configure("three", { ...people, roles: "expect" });
  const changes = await sandbox.changes(() => sandbox.up("three"));
  expect(assignmentsMade(changes)).toBe(0);
  const { requiredRoleAssignments } = await sandbox.outputs("three");
  expect(requiredRoleAssignments).toHaveLength(3);
  expect(requiredRoleAssignments.every(({ managed }) => !managed)).toBe(true);
});

it("removes the grants of a person who is removed, and nothing else", async () => {
  sandbox.configure("two", { ...people, roleScope: "resourceGroup", portalUsers: [] });
  const changes = await sandbox.changes(() => sandbox.up("two"));
  expect(changes).toEqual([expect.stringMatching(/^DELETE roleAssignments\//)]);
});
