import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkout } from "defender-streaming-sandbox";
import type { Outputs } from "../../streaming/outputs.ts";

const folder = mkdtempSync(join(tmpdir(), "defender streaming tour "));
const directory = join(folder, "sandbox");
afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** What a user's shell may hold: none of it may get into the sandbox. */
const planted = {
  ARM_CLIENT_SECRET: "planted-arm-secret-8Q~kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
  AZURE_CLIENT_SECRET: "planted-azure-secret-8Q~kkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
  PULUMI_ACCESS_TOKEN: "pul-0123456789abcdef0123456789abcdef01234567",
  SOME_API_KEY: "planted-other-secret",
};

/** Types a command as a user would, with a sandbox directory of its own. */
function npmRun(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const environment = { ...process.env, ...planted, SANDBOX_DIRECTORY: directory };
  return new Promise((resolve) => {
    execFile(
      "npm",
      ["run", "-s", "sandbox", ...args],
      { cwd: checkout, env: environment, maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
      },
    );
  });
}

const served = () => readFileSync(join(directory, "requests.jsonl"), "utf8").trim().split("\n");
const gitStatus = () =>
  new Promise<string>((resolve) => {
    execFile("git", ["status", "--porcelain"], { cwd: checkout }, (_error, stdout) => {
      resolve(stdout);
    });
  });

describe("the tour", () => {
  it("deploys all 21 tables and ends with the values for the portal", async () => {
    const before = await gitStatus();
    const { code, stdout } = await npmRun();
    expect(code, stdout).toBe(0);
    expect(
      stdout.match(/Event-Hub resource ID.*\/providers\/Microsoft\.EventHub\/namespaces\//g),
    ).toHaveLength(3);
    expect(stdout).toContain("No problem. Nothing was changed.");
    expect(stdout).toContain("(leave blank)");
    const outputs = JSON.parse(
      (await npmRun("--", "stack", "output", "--json", "--stack", "tour")).stdout,
    ) as Outputs;
    expect(outputs.namespaces.map(({ hubs }) => hubs.length)).toEqual([10, 10, 1]);
    expect(new Set(outputs.exportSettings.flatMap(({ eventTypes }) => eventTypes)).size).toBe(21);
    expect(outputs.requiredRoleAssignments).toHaveLength(9);
    expect(await gitStatus()).toBe(before);
  });

  it("succeeds a second time and changes nothing", async () => {
    const before = served().length;
    const { code, stdout } = await npmRun();
    expect(code, stdout).toBe(0);
    const changes = served()
      .slice(before)
      .map((line) => JSON.parse(line) as { method: string; url: string })
      .filter(({ method, url }) => method !== "GET" && url.includes("/subscriptions/"));
    expect(changes).toEqual([]);
  });

  it("keeps nothing of the user's environment", () => {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
    for (const [name, value] of Object.entries(planted)) {
      expect(
        texts.some((text) => text.includes(value)),
        name,
      ).toBe(false);
    }
  });

  it("lets two commands at once share one Azure", async () => {
    const both = await Promise.all([
      npmRun("--", "stack", "output", "--json", "--stack", "tour"),
      npmRun("--", "preview", "--expect-no-changes", "--stack", "tour"),
    ]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
  });
});

describe("a command", () => {
  it("ends with the exit code of the engine", async () => {
    const { code, stderr } = await npmRun("--", "preview", "--no-such-flag", "--stack", "tour");
    expect(code).not.toBe(0);
    expect(stderr).toContain("no-such-flag");
  });

  it("is shown with -- when npm swallowed its flags", async () => {
    const { code, stderr } = await npmRun("up", "--yes", "--stack", "tour");
    expect(code).toBe(2);
    expect(stderr).toContain("npm run sandbox -- up --yes --stack tour\n");
  });

  it("names the examples when no example has that name", async () => {
    const { code, stderr } = await npmRun("--", "example", "event-hub");
    expect(code).toBe(2);
    expect(stderr).toContain("event-hubs-per-table");
  });

  it("creates a missing stack from its stack file", async () => {
    const { code, stdout, stderr } = await npmRun("--", "preview", "--stack", "dev");
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("defender-ns1-deviceinfo");
  });

  it("says how to take the protection off when a destroy stops at it", async () => {
    expect((await npmRun("--", "up", "--yes", "--skip-preview", "--stack", "dev")).code).toBe(0);
    const { code, stderr } = await npmRun("--", "destroy", "--yes", "--stack", "dev");
    expect(code).not.toBe(0);
    expect(stderr).toContain("defender-streaming:protect: false` in Pulumi.dev.yaml");
  });

  it("empties the sandbox with `reset`, and takes no arguments there", async () => {
    expect((await npmRun("--", "reset", "tour")).code).toBe(2);
    const { code, stderr } = await npmRun("--", "reset");
    expect(code, stderr).toBe(0);
  });
});
