import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "proves";
const prove = (...args: string[]) => sandbox.tool("prove", ...args, "--stack", stack);

it("answers from a stack's outputs and what Azure reports about it", async () => {
  sandbox.configure(stack, { tables: ["AlertInfo"], protect: false });
  await sandbox.up(stack);
  const [namespace] = (await sandbox.outputs(stack)).namespaces;
  const early = await prove("own-hubs");
  expect([early.code, early.stderr]).toEqual([1, ""]);
  expect(early.stdout).toMatch(
    /^Does Defender create its own hubs .*\? not yet\n {2}defender-.*: 1 hub of the stack, 0 messages/,
  );

  const [hub = ""] = namespace?.hubs ?? [];
  await sandbox.control("metrics", {
    resourceId: namespace?.resourceId,
    metric: "IncomingMessages",
    value: 17,
    dimensions: { EntityName: hub },
    minutesAgo: 5,
  });
  const changes = await sandbox.changes(async () => {
    const { code, stdout } = await prove("own-hubs", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "own-hubs",
      answer: "no",
      evidence: [expect.stringContaining("17 messages") as string],
    });
  });
  expect(changes).toEqual([]);
});

it("says which stack has nothing to show", async () => {
  const { code, stderr } = await sandbox.tool("prove", "own-hubs", "--stack", "nowhere");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The outputs of 'nowhere' cannot be read: .*nowhere/);
});
