import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { JoinedAzure } from "../../azure/join.ts";
import { joinAzure } from "../../azure/join.ts";
import { trust } from "../../testing/trust.ts";

const root = mkdtempSync(join(tmpdir(), "joined azure "));
let directory: string;
let joined: JoinedAzure[] = [];
let commands: ChildProcess[] = [];
let count = 0;

// Each start is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

beforeEach(() => {
  directory = join(root, `with spaces ${String(++count)}`);
  mkdirSync(directory);
});
afterEach(async () => {
  for (const azure of joined) azure.release();
  for (const child of commands) child.kill("SIGKILL");
  joined = [];
  commands = [];
  await gone();
  rmSync(directory, { recursive: true, maxRetries: 20, retryDelay: 100 });
});

const patience = { timeout: 15_000, interval: 20 };
const serverFile = () => join(directory, "server.json");
const server = () => JSON.parse(readFileSync(serverFile(), "utf8")) as { pid: number; port: number };

async function enter(): Promise<JoinedAzure> {
  const azure = await joinAzure(directory);
  joined.push(azure);
  trust(azure.caFile);
  return azure;
}

/** Waits until no server runs in the directory. */
async function gone(pid?: number): Promise<void> {
  await vi.waitFor(() => {
    expect(existsSync(serverFile()) && isAlive(server().pid)).toBe(false);
    if (pid !== undefined) expect(isAlive(pid)).toBe(false);
  }, patience);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const answers = async ({ port }: JoinedAzure) =>
  (await fetch(`https://127.0.0.1:${String(port)}/metadata/endpoints?api-version=2022-09-01`)).status;

/** A command of its own that joins, says so, and then stays. */
async function command(
  environment: Record<string, string> = {},
): Promise<{ port: number; kill: () => void }> {
  const script = `
    const { joinAzure } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../azure/join.ts")).href)});
    const { port } = await joinAzure(${JSON.stringify(directory)});
    console.log(port);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  commands.push(child);
  for await (const line of createInterface(child.stdout)) {
    return { port: Number(line), kill: () => child.kill("SIGKILL") };
  }
  throw new Error("The command ended before it had joined.");
}

test("the first command starts a server, the second one joins it, and it ends after the last one", async () => {
  const first = await enter();
  const second = await enter();
  expect(second.port).toBe(first.port);
  const { pid } = server();
  first.release();
  expect(await answers(second)).toBe(200);
  second.release();
  await gone(pid);
});

test("a command has a port of its own, which is closed with all connections when it ends", async () => {
  const first = await enter();
  const second = await enter();
  const own = ({ ownPort }: JoinedAzure) => answers({ ...first, port: ownPort });
  expect(new Set([first.port, first.ownPort, second.ownPort]).size).toBe(3);
  expect([await own(first), await own(second)]).toEqual([200, 200]);
  first.release();
  await vi.waitFor(() => expect(own(first)).rejects.toThrow(), patience);
  expect([await answers(first), await own(second)]).toEqual([200, 200]);
});

test("commands that start at the same moment share one server", async () => {
  const all = await Promise.all([enter(), enter(), enter(), enter()]);
  expect(new Set(all.map(({ port }) => port)).size).toBe(1);
});

test("processes that start at the same moment share one server, which ends after both were killed", async () => {
  const both = await Promise.all([command(), command()]);
  expect(both[0].port).toBe(both[1].port);
  const { pid } = server();
  for (const { kill } of both) kill();
  await gone(pid);
});

test("a command that starts right after the last one ended finds a server that works", async () => {
  for (let round = 0; round < 8; round++) {
    const azure = await enter();
    expect(await answers(azure)).toBe(200);
    azure.release();
    // Each round meets the server at another moment of its end.
    const until = Date.now() + round * 20;
    await vi.waitFor(
      () => {
        expect(Date.now()).toBeGreaterThanOrEqual(until);
      },
      { timeout: 5000, interval: 1 },
    );
  }
});

test("what a dead server left behind does not stop the next one", async () => {
  await enter();
  const { pid, port } = server();
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => {
    expect(isAlive(pid)).toBe(false);
  }, patience);
  expect(server().port).toBe(port);
  const next = await enter();
  expect(server().pid).not.toBe(pid);
  expect(await answers(next)).toBe(200);
});

test("a crash while starting is reported with what the server printed", async () => {
  writeFileSync(join(directory, "azure.json"), "{ this is no JSON");
  await expect(joinAzure(directory)).rejects.toThrow(/azure\.log[^]*SyntaxError/);
});

test("the next server continues with the state of the one before", async () => {
  const control = async ({ port }: JoinedAzure, method: string, path: string, body?: object) => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    return (await fetch(`https://127.0.0.1:${String(port)}/sandbox/${path}`, init)).json();
  };
  const first = await enter();
  await control(first, "POST", "registration", { namespace: "Microsoft.Insights", state: "Registered" });
  const { pid } = server();
  first.release();
  await gone(pid);
  expect(await control(await enter(), "GET", "state")).toMatchObject({
    registrations: { "Microsoft.Insights": "Registered" },
  });
});

test("each command's request log gets what is served while the command runs", async () => {
  const azure = await enter();
  const log = join(directory, "of a command.jsonl");
  const other = await command({ REQUESTS_LOG: log });
  expect(other.port).toBe(azure.port);
  await answers(azure);
  expect(readFileSync(log, "utf8").trim().split("\n")).toHaveLength(1);
  other.kill();
});

test("an old lock file and an old log are no obstacle", async () => {
  writeFileSync(join(directory, "server.lock"), "");
  appendFileSync(join(directory, "azure.log"), "of yesterday\n");
  expect(await answers(await enter())).toBe(200);
});
