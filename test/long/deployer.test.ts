import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { restrictedDeployer } from "../../sandbox/azure/tenant.ts";
import { checkout } from "../../sandbox/sandbox.ts";
import { assignableRoles, onlyTheseRoles } from "../../streaming/deployer.ts";
import { contributor } from "../../streaming/roles.ts";
import { testSandbox } from "../engine/testSandbox.ts";

const owner = await testSandbox();
const sandbox = await owner.as(restrictedDeployer);
afterAll(() => {
  sandbox.close();
});

const roles = `${owner.subscription}/providers/Microsoft.Authorization/roleDefinitions`;
const assignment = `${owner.subscription}/providers/Microsoft.Authorization/roleAssignments/3b0f1c52-7a94-4d1e-9c35-5e2f8d60a417`;

/** Gives the restricted deployer a role at the subscription; the one before is taken away. */
async function give(role: string, condition?: string): Promise<void> {
  await owner.arm("DELETE", assignment, "2022-04-01").catch(() => undefined);
  await owner.arm("PUT", assignment, "2022-04-01", {
    properties: {
      roleDefinitionId: `${roles}/${role}`,
      principalId: restrictedDeployer.objectId,
      principalType: "ServicePrincipal",
      ...(condition && { condition, conditionVersion: "2.0" }),
    },
  });
}

/** The actions that Azure refused in a deployment. */
const refusedActions = (said: string) =>
  new Set([...said.matchAll(/to perform action '([^']+)'/g)].map(([, action = ""]) => action.toLowerCase()));

const people = {
  tables: ["DeviceInfo"],
  destinations: ["eventHub", "storage"],
  storage: { privateEndpoint: true },
  protect: false,
  portalUsers: [{ name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" }],
  consumers: [
    { name: "siem", objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a", principalType: "ServicePrincipal" },
  ],
};

it("fails on what preflight said is missing, and on nothing else", async () => {
  sandbox.configure("few", people);
  await give(contributor.id);
  const problems = (await sandbox.preflight("few")).filter(({ status }) => status === "problem");
  expect(problems.map(({ check }) => check)).toEqual(["permissions"]);
  expect(problems[0]?.what).toContain("Microsoft.Authorization/roleAssignments/write");
  const { said } = await sandbox.refused(
    "up",
    "--yes",
    "--skip-preview",
    "--non-interactive",
    "--stack",
    "few",
  );
  expect(refusedActions(said)).toEqual(new Set(["microsoft.authorization/roleassignments/write"]));
});

it("deploys, changes nothing the second time, and destroys with the role and the condition in docs", async () => {
  const role = JSON.parse(readFileSync(join(checkout, "docs", "deployer-role.json"), "utf8")) as {
    Name: string;
    Actions: string[];
  };
  const name = "c5a8d2f7-1e46-4b93-8d70-9f3b6e21a054";
  await owner.arm("PUT", `${roles}/${name}`, "2022-04-01", {
    properties: {
      roleName: role.Name,
      assignableScopes: [owner.subscription],
      permissions: [{ actions: role.Actions }],
    },
  });
  await give(name, onlyTheseRoles(assignableRoles));
  const found = await sandbox.preflight("few");
  expect(found.filter(({ status }) => status === "problem" || status === "warning")).toEqual([]);
  await sandbox.up("few");
  expect(await sandbox.changes(() => sandbox.up("few", "--expect-no-changes"))).toEqual([]);
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "few");
});
