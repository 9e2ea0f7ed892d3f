import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const patience = { timeout: 20_000, interval: 20 };
const running: ChildProcess[] = [];
let cache = "";
let tools = "";
const engine = () => join(cache, "pulumi-1.2.3-built");
const gate = () => join(tools, "gate");
const lines = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "engine cache "));
  tools = mkdtempSync(join(tmpdir(), "go "));
  // A Go that notes each build, names a package as `go build -v` does, and ends once the gate is open.
  writeFileSync(
    join(tools, "go"),
    `#!/bin/sh
[ "$1" = version ] && exit 0
echo build >> '${tools}/builds'
echo example.com/package >&2
while [ ! -e '${tools}/gate' ]; do sleep 0.02; done
while [ "$1" != -o ]; do shift; done
echo engine > "$2"
`,
    { mode: 0o755 },
  );
});

afterEach(() => {
  writeFileSync(gate(), "");
  for (const child of running.splice(0)) child.kill("SIGKILL");
  for (const folder of [cache, tools]) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

/** A process of its own that builds the engine. */
function firstRun() {
  const module = pathToFileURL(join(import.meta.dirname, "../../engine/build.ts")).href;
  const script = `
    const { buildEngine } = await import(${JSON.stringify(module)});
    process.exitCode = (await buildEngine(${JSON.stringify(engine())}, "1.2.3")) === undefined ? 0 : 1;`;
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "pipe"],
    env: { PATH: `${tools}:${process.env["PATH"] ?? ""}` },
  });
  running.push(child);
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, ended, said: () => said.join("") };
}

const builds = () => lines(join(tools, "builds")).length;
const waitFor = (check: () => void) => vi.waitFor(check, patience);

test("a second first run waits for the first, shows its progress, and builds nothing", async () => {
  const first = firstRun();
  await waitFor(() => expect(builds()).toBe(1));
  const second = firstRun();
  await waitFor(() => expect(second.said()).toMatch(/waiting for it[\s\S]*Building the Pulumi CLI/));
  expect([first.child.exitCode, second.child.exitCode]).toEqual([null, null]);

  writeFileSync(gate(), "");
  expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
  expect(builds()).toBe(2); // the CLI and its language host, once each
  expect(readdirSync(engine()).toSorted()).toEqual([
    "pulumi",
    "pulumi-language-nodejs",
    "pulumi-resource-pulumi-nodejs",
  ]);
});

test("when the first is killed, the second removes what it left and builds", async () => {
  const first = firstRun();
  await waitFor(() => expect(builds()).toBe(1));
  const second = firstRun();
  await waitFor(() => expect(second.said()).toContain("waiting for it"));
  first.child.kill("SIGKILL");
  await waitFor(() => expect(builds()).toBe(2));

  writeFileSync(gate(), "");
  expect(await second.ended).toBe(0);
  expect(builds()).toBe(3);
  expect(readdirSync(cache).toSorted()).toEqual(["pulumi-1.2.3-built", "pulumi-1.2.3-built.lock"]);
});

test("a build that an old run left behind is removed", async () => {
  const left = `${engine()}-AbCdEf`;
  mkdirSync(left);
  writeFileSync(join(left, "pulumi"), "half");
  writeFileSync(gate(), "");
  expect(await firstRun().ended).toBe(0);
  expect(existsSync(left)).toBe(false);
});
