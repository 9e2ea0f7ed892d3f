import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

interface State {
  deployment: { resources: { type: string; outputs?: object }[] };
}

const sandbox = await testSandbox();
const alex = { name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" };
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const namespace = `${sandbox.subscription}/resourceGroups/rg-security-events/providers/Microsoft.EventHub/namespaces/contoso-security-events`;
const assignments = `${namespace}/providers/Microsoft.Authorization/roleAssignments`;
const clicked = `${assignments}/4f8d2c6a-91b7-4e35-8a0c-d2537f1e96b4`;
const role = (guid: string) =>
  `${sandbox.subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const contributor = role("b24988ac-6180-42a0-ab88-20f7382dd24c");

const settings = (stack: string, changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, {
    tables: ["DeviceEvents"],
    portalUsers: [alex],
    protect: false,
    existing: { namespaces: { ns1: namespace } },
    ...changes,
  });
};
const assign = (id: string, properties: object) =>
  sandbox.arm("PUT", id, "2022-04-01", { properties: { principalId: alex.objectId, ...properties } });
const said = async (stack: string) =>
  (await sandbox.ok("preview", "--non-interactive", "--stack", stack)).replaceAll(/\s+/g, " ");
const roleChanges = async (work: () => Promise<unknown>) =>
  (await sandbox.changes(work)).filter((change) => change.includes("roleAssignments/"));
const managed = async (stack: string) =>
  (await sandbox.outputs(stack)).requiredRoleAssignments.map((one) => [one.role, one.managed]);
const destroy = (stack: string) => sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);

await sandbox.control("registration", { namespace: "Microsoft.EventHub", state: "Registered" });

// All of these are the life of a stack, in this order, as a stack of a user's would have it; in the end there are two.
const stack = "grants";

it("says that a role was assigned in the portal, by which assignment, and how the stack can give it", async () => {
  await assign(clicked, { roleDefinitionId: contributor });
  settings(stack);
  const preview = await said(stack);
  expect(preview).toContain(
    `Alex already has the role Contributor, by the role assignment ${clicked}. This stack did not create it`,
  );
  expect(preview).toContain("and does not change or delete");
});

it("leaves it to its owner in each deployment, and when the stack is destroyed", async () => {
  expect(await roleChanges(() => sandbox.up(stack))).toEqual([]);
  expect(await managed(stack)).toEqual([["Contributor", false]]);
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  await destroy(stack);
  expect(await sandbox.arm("GET", clicked, "2022-04-01")).toMatchObject({ id: clicked });
});

it("assigns the role as soon as the other assignment is gone, and does not report its own", async () => {
  await sandbox.up(stack);
  await sandbox.arm("DELETE", clicked, "2022-04-01");
  expect(await roleChanges(() => sandbox.up(stack))).toEqual([
    expect.stringMatching(/^PUT roleAssignments\//),
  ]);
  expect(await managed(stack)).toEqual([["Contributor", true]]);
  expect(await said(stack)).not.toContain("has the role");
});

it("never drops its role, whatever else changes", async () => {
  settings(stack, { consumers: [siem], consumerGroups: ["siem"] });
  const changes = await roleChanges(() => sandbox.up(stack));
  expect(changes).toHaveLength(2);
  expect(changes.every((change) => change.startsWith("PUT "))).toBe(true);
  await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
  await sandbox.up(stack, "--expect-no-changes");
});

it("removes its role when it is destroyed", async () => {
  expect(await roleChanges(() => destroy(stack))).toHaveLength(3);
});

it("stops in the preview if the existing role has a condition", async () => {
  const condition = "@Resource[Microsoft.EventHub/namespaces:name] StringEquals 'x'";
  await assign(clicked, { roleDefinitionId: contributor, condition, conditionVersion: "2.0" });
  const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
  expect(said.replaceAll(/\s+/g, " ")).toMatch(
    /portalUsers\[0\]: Alex rule: The role Contributor is already assigned with a condition/,
  );
  expect(changes).toEqual([]);
  await sandbox.arm("DELETE", clicked, "2022-04-01");
});

it("recognizes its role after a first deployment that failed halfway, and keeps it", async () => {
  settings(stack, { consumerGroups: ["siem"] });
  const answer = { status: 400, code: "BadRequest", message: "no" };
  await sandbox.control("faults", { method: "PUT", pathPattern: "consumergroups/siem$", answer });
  const up = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack];
  const { changes } = await sandbox.refused(...up);
  expect(changes).toContainEqual(expect.stringMatching(/^PUT roleAssignments\//));

  expect(await said(stack)).not.toContain("has the role");
  expect(await roleChanges(() => sandbox.up(stack))).toEqual([]);
  expect(await managed(stack)).toEqual([["Contributor", true]]);
});

it("recognizes its role by its state if it has no outputs", async () => {
  const state = JSON.parse(await sandbox.ok("stack", "export", "--stack", stack)) as State;
  for (const resource of state.deployment.resources) {
    if (resource.type === "pulumi:pulumi:Stack") resource.outputs = {};
  }
  const file = join(sandbox.directory, "without-outputs.json");
  writeFileSync(file, JSON.stringify(state));
  await sandbox.ok("stack", "import", "--file", file, "--stack", stack);

  expect(await said(stack)).not.toContain("has the role");
  expect(await roleChanges(() => sandbox.up(stack))).toEqual([]);
  expect(await managed(stack)).toEqual([["Contributor", true]]);
  expect(await roleChanges(() => destroy(stack))).toHaveLength(1);
});

it("leaves the role of a first stack to it, in a second stack on the same namespace", async () => {
  settings("first");
  await sandbox.up("first");
  settings("second", { tables: ["DeviceNetworkEvents"] });
  expect(await said("second")).toContain("This stack did not create it. Another stack created it");
  expect(await roleChanges(() => sandbox.up("second"))).toEqual([]);
  expect(await managed("second")).toEqual([["Contributor", false]]);
  expect(await sandbox.changes(() => sandbox.up("first", "--expect-no-changes"))).toEqual([]);
});

it("gives the role in the second stack as soon as the first one is destroyed", async () => {
  expect(await roleChanges(() => destroy("first"))).toHaveLength(1);
  expect(await roleChanges(() => sandbox.up("second"))).toHaveLength(1);
  expect(await managed("second")).toEqual([["Contributor", true]]);
  expect(await roleChanges(() => destroy("second"))).toHaveLength(1);
});

it("does the same if two stacks claim to own the shared roles", async () => {
  const wide = { existing: undefined, roleScope: "subscription", ownsSharedRoles: true };
  settings("first", wide);
  settings("second", wide);
  await sandbox.up("first");
  expect(await roleChanges(() => sandbox.up("second"))).toEqual([]);
  expect(await managed("second")).toEqual([["Contributor", false]]);
  expect(await roleChanges(() => destroy("second"))).toEqual([]);
  expect(await roleChanges(() => destroy("first"))).toHaveLength(1);
});
