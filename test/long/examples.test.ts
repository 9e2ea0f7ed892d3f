import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "../../sandbox/sandbox.ts";
import { type TestSandbox, testSandbox } from "../engine/testSandbox.ts";

const sandbox: TestSandbox = await testSandbox();
const examples = readdirSync(join(checkout, "examples"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => basename(file, ".yaml"));

describe.each(examples)("the example %s", (name) => {
  it("is deployed, changes nothing the second time, and leaves nothing when destroyed", async () => {
    sandbox.rememberExample(name);
    const before = await sandbox.inventory();
    await sandbox.up(name);
    expect(await sandbox.changes(() => sandbox.up(name, "--expect-no-changes"))).toEqual([]);
    await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", name);
    expect(await sandbox.inventory()).toEqual(before);
  });
});

describe.each(["dev", "prod"])("Pulumi.%s.yaml", (stack) => {
  it("can be deployed as it is", async () => {
    sandbox.copyStackFile(stack);
    await sandbox.up(stack);
  });
});
