import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "../../sandbox/sandbox.ts";
import { benchmarks, type Finding, findingsIn } from "../../streaming/benchmarks/benchmarks.ts";
import { resourcesIn } from "../../tools/armResources.ts";
import { type TestSandbox, testSandbox } from "../engine/testSandbox.ts";

const sandbox: TestSandbox = await testSandbox();
const examples = readdirSync(join(checkout, "examples"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => basename(file, ".yaml"));

const findings: Finding[] = [];

/** Deploys, and holds what was asked of Azure against the benchmarks. */
async function upAndJudge(stack: string): Promise<void> {
  const before = sandbox.served().length;
  await sandbox.up(stack);
  const found = findingsIn(resourcesIn(sandbox.served().slice(before)));
  const unexplained = found.filter(({ exception }) => exception === undefined);
  expect(unexplained.map(({ rule, resource }) => `${rule.id} (${rule.asks}): ${resource.name}`)).toEqual([]);
  findings.push(...found);
}

const fresh = await sandbox.inventory();

describe.each(examples)("the example %s", (name) => {
  it("is deployed beside those before it as the benchmarks ask, and changes nothing the second time", async () => {
    sandbox.rememberExample(name);
    await upAndJudge(name);
    expect(await sandbox.changes(() => sandbox.up(name, "--expect-no-changes"))).toEqual([]);
  });
});

it("the examples leave nothing when they are destroyed, and what was there before as it was", async () => {
  for (const name of examples) await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", name);
  expect(await sandbox.inventory()).toEqual(fresh);
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
