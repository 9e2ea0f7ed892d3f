import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { covers } from "defender-streaming-sandbox/rbac";
import { withSecret } from "defender-streaming-sandbox/signIns";
import { restrictedDeployer } from "defender-streaming-sandbox/tenant";
import { checkout } from "defender-streaming-sandbox";
import { benchmarks, type UnmetRule, findingsIn } from "../../streaming/benchmarks/benchmarks.ts";
import { resourcesIn } from "../../tools/template/armResources.ts";
import type { NamedFinding } from "../../tools/preflight/finding.ts";
import { type Served, type TestSandbox, testSandbox } from "../engine/testSandbox.ts";
import {
  actionsIn,
  assignmentIn,
  defineDeployerRole,
  deployerRole,
  give,
  notInExamples,
} from "./leastPrivilege.ts";

const owner: TestSandbox = await testSandbox();
// Who deploys has the role of docs/deployer.md, and for one example more only where preflight asks for it.
const sandbox = await owner.as(withSecret(restrictedDeployer));
afterAll(() => {
  sandbox.close();
});
await give(owner, { ...(await defineDeployerRole(owner)), scope: owner.subscription });
await assignAPolicy();

const examples = readdirSync(join(checkout, "examples"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => basename(file, ".yaml"));

const findings: UnmetRule[] = [];
const served: Served[] = [];
/** The commands that preflight wants run before an example is deployed. */
const commands = new Map<string, readonly string[]>();

/** What the deployer does, who has for that time what these commands give. */
async function having<Result>(given: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const takers = await Promise.all(given.map((command) => give(owner, assignmentIn(command))));
  const before = sandbox.served().length;
  try {
    return await work();
  } finally {
    served.push(...sandbox.served().slice(before));
    for (const take of takers) await take();
  }
}

/** Deploys, and holds what was asked of Azure against the benchmarks. */
async function upAndJudge(stack: string): Promise<void> {
  const before = sandbox.served().length;
  await sandbox.up(stack);
  const found = findingsIn(resourcesIn(sandbox.served().slice(before)));
  const unexplained = found.filter(({ exception }) => exception === undefined);
  expect(unexplained.map(({ rule, resource }) => `${rule.id} (${rule.asks}): ${resource.name}`)).toEqual([]);
  findings.push(...found);
}

async function preflight(stack: string): Promise<NamedFinding[]> {
  const { stdout, stderr } = await sandbox.tool("preflight", "--stack", stack, "--json");
  if (stdout === "") throw new Error(stderr);
  return (JSON.parse(stdout) as NamedFinding[]).filter(({ status }) => !["ok", "unknown"].includes(status));
}

const fresh = await sandbox.inventory();

describe.each(examples)("the example %s", (name) => {
  it("needs only the deployer's role, and what preflight names with the command for it", async () => {
    sandbox.rememberExample(name);
    const missing = await having([], () => preflight(name));
    expect(missing.filter(({ check }) => check !== "permissions")).toEqual([]);
    const given = missing.map(({ fix = "" }) => fix);
    commands.set(name, given);
    expect(await having(given, () => preflight(name))).toEqual([]);
  });

  it("is deployed beside the examples before it as the benchmarks ask, and changes nothing the second time", async () => {
    await having(commands.get(name) ?? [], async () => {
      await upAndJudge(name);
      expect(await sandbox.changes(() => sandbox.up(name, "--expect-no-changes"))).toEqual([]);
    });
  });
});

it("the examples leave nothing when they are destroyed, and existing resources unchanged", async () => {
  for (const name of examples) {
    await having(commands.get(name) ?? [], () =>
      sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", name),
    );
  }
  expect(await sandbox.inventory()).toEqual(fresh);
});

it("a cluster, a subnet and a key need what docs/deployer.md lists beside the role", () => {
  const needed = [...commands].filter(([, given]) => given.length > 0);
  const rolesIn = (given: readonly string[]) => given.map((command) => /--role "([^"]+)"/.exec(command)?.[1]);
  expect(needed.map(([name, given]) => [name, rolesIn(given)])).toEqual([
    ["dedicated-cluster", ["Reader"]],
    ["premium-private", ["Network Contributor", "Reader", "Role Based Access Control Administrator"]],
  ]);
});

it("an example uses every action of the deployer's role, except those for other settings", () => {
  const taken = [...actionsIn(served)];
  const untaken = deployerRole.Actions.filter((action) => !taken.some((one) => covers(action, one)));
  const known = Object.values(notInExamples).flat();
  expect(untaken.filter((action) => !known.some((one) => covers(one, action)))).toEqual([]);
  expect(known.filter((one) => !untaken.some((action) => covers(one, action)))).toEqual([]);
});

describe.each(["dev", "prod"])("Pulumi.%s.yaml", (stack) => {
  it("can be deployed as it is", async () => {
    sandbox.copyStackFile(stack);
    await upAndJudge(stack);
  });
});

it("every exception of docs/security.md occurs in what was deployed", () => {
  const used = new Set(findings.map(({ exception }) => exception));
  const unused = benchmarks.flatMap(({ id, exceptions = [] }) =>
    exceptions.filter((one) => !used.has(one)).map(({ which }) => `${id}: ${which}`),
  );
  expect(unused).toEqual([]);
});

/** One that has no effect: preflight asks for its rule, its initiative, exemptions, and what it would refuse. */
async function assignAPolicy(): Promise<void> {
  await owner.control("registration", { namespace: "Microsoft.PolicyInsights", state: "Registered" });
  const put = async (type: string, properties: object): Promise<string> => {
    const id = `${owner.subscription}/providers/Microsoft.Authorization/${type}/watched`;
    await owner.arm("PUT", id, "2023-04-01", { properties });
    return id;
  };
  const policyRule = {
    if: { field: "type", equals: "Microsoft.EventHub/namespaces" },
    then: { effect: "audit" },
  };
  const policyDefinitionId = await put("policyDefinitions", { policyRule });
  const initiative = await put("policySetDefinitions", { policyDefinitions: [{ policyDefinitionId }] });
  await put("policyAssignments", { policyDefinitionId: initiative });
}
