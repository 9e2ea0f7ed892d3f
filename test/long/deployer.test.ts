import { afterAll, expect, it } from "vitest";
import { covers } from "defender-streaming-sandbox/rbac";
import { withSecret } from "defender-streaming-sandbox/signIns";
import { restrictedDeployer } from "defender-streaming-sandbox/tenant";
import { contributor } from "../../streaming/roles/roles.ts";
import { testSandbox } from "../engine/testSandbox.ts";
import {
  actionsIn,
  assignmentIn,
  defineDeployerRole,
  deployerRole,
  give,
  notInExamples,
} from "./leastPrivilege.ts";

const owner = await testSandbox();
const sandbox = await owner.as(withSecret(restrictedDeployer));
afterAll(() => {
  sandbox.close();
});

/** The actions that Azure refused in a deployment. */
const refusedActions = (said: string) =>
  new Set([...said.matchAll(/to perform action '([^']+)'/g)].map(([, action = ""]) => action.toLowerCase()));

const problemsIn = async (stack: string) =>
  (await sandbox.preflight(stack)).filter(({ status }) => status === "problem" || status === "warning");

const people = {
  tables: ["DeviceInfo"],
  destinations: ["eventHub", "storage"],
  protect: false,
  portalUsers: [{ name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" }],
};
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};

it("fails on what preflight said is missing, and on nothing else", async () => {
  sandbox.configure("few", { ...people, storage: { privateEndpoint: true }, consumers: [siem] });
  const take = await give(owner, { role: contributor.id, scope: owner.subscription });
  const problems = await problemsIn("few");
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
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "few");
  await take();
});

it("deploys into an existing group with the role for that group, and outside it only with its reads, registrations and checks of names", async () => {
  const { group, network, subnet } = await groupAndNetwork();
  const deployer = await defineDeployerRole(owner);
  const Actions = deployerRole.Actions.filter((action) =>
    /\/(read|(register|checkNameAvailability)\/action)$/.test(action),
  );
  await give(owner, { ...deployer, scope: group });
  await give(owner, {
    ...(await defineDeployerRole(owner, { Name: "Streaming reader", Actions })),
    scope: owner.subscription,
  });
  sandbox.configure("grouped", {
    ...people,
    existing: { resourceGroupId: group },
    privateEndpoints: { subnetId: subnet, dnsZones: "create" },
    eventHubNetwork: { publicAccess: "disabled" },
    consumers: [{ ...siem, auth: "sas", sasScope: "namespace", reads: ["eventHub"] }],
    "pulumi:autonaming": { pattern: "${name}grouped" },
  });

  const missing = (await problemsIn("grouped")).map(({ fix = "" }) => assignmentIn(fix));
  expect(missing.map(({ scope }) => scope)).toEqual([subnet, network]);
  for (const assignment of missing) await give(owner, assignment);
  expect(await problemsIn("grouped")).toEqual([]);

  const before = sandbox.served().length;
  await sandbox.up("grouped");
  expect(await sandbox.changes(() => sandbox.up("grouped", "--expect-no-changes"))).toEqual([]);
  expect((await problemsIn("grouped")).map(({ check }) => check)).toEqual(["names", "names"]);
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "grouped");
  const taken = [...actionsIn(sandbox.served().slice(before))];
  const rest = Object.values(notInExamples).flat();
  expect(rest.filter((action) => !taken.some((one) => covers(action, one)))).toEqual([]);
});

/** A group for the stack, and a network of somebody else's that resolves no such zones yet. */
async function groupAndNetwork(): Promise<{ group: string; network: string; subnet: string }> {
  await owner.control("registration", { namespace: "Microsoft.Network", state: "Registered" });
  const groupOf = async (name: string) => {
    const id = `${owner.subscription}/resourceGroups/${name}`;
    await owner.arm("PUT", id, "2024-03-01", { location: "westeurope" });
    return id;
  };
  const network = `${await groupOf("rg-spoke")}/providers/Microsoft.Network/virtualNetworks/vnet-spoke`;
  await owner.arm("PUT", network, "2024-05-01", {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.30.0.0/16"] },
      subnets: [{ name: "endpoints", properties: { addressPrefix: "10.30.1.0/24" } }],
    },
  });
  return { group: await groupOf("rg-streaming"), network, subnet: `${network}/subnets/endpoints` };
}
