import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { testSandbox } from "./testSandbox.ts";

const sandbox = await testSandbox();
const stack = "killed";
const patience = { timeout: 20_000, interval: 50 };

/**
 * Processes of this sandbox: each has its folder in the arguments or the environment. Left out are the embedded Azure, and the language
 * host, which asks the engine every five minutes whether it is there, and changes nothing.
 */
function processes(): { pid: number; text: string }[] {
  const lines = execFileSync("ps", ["axeww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 1e8 });
  return lines
    .split("\n")
    .filter((line) => line.includes(sandbox.directory) && !/azure\/main\.ts|language-nodejs/.test(line))
    .map((line) => ({ pid: Number.parseInt(line.trim(), 10), text: line }));
}

const lockFolder = () =>
  join(sandbox.directory, "state", ".pulumi", "locks", "organization", "defender-streaming", stack);

const locks = () => readdirSync(lockFolder()).filter((name) => name.endsWith(".json"));

it("an engine that was killed leaves no process that goes on, and no lock for the next command", async () => {
  sandbox.configure(stack, { tables: ["DeviceInfo"] });
  // The plugin waits for half a minute, and would then send its request again.
  await sandbox.control("faults", { method: "PUT", pathPattern: "/eventhubs/", throttle: 30, forever: true });
  const up = sandbox.run("up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack);
  let before = 0;
  // Only when nothing else is under way: an engine that is killed while it writes the state leaves half of it.
  await vi.waitFor(
    () => {
      const served = sandbox.served();
      const isQuiet = served.length === before;
      before = served.length;
      expect(isQuiet && served.some(({ status }) => status === 429)).toBe(true);
    },
    { timeout: 30_000, interval: 2000 },
  );
  expect(processes().some(({ text }) => text.includes("dynamic-provider"))).toBe(true);
  const engine = processes().find(({ text }) => /\d+ \S*\/pulumi -C /.test(text));
  process.kill(engine?.pid ?? 0, "SIGKILL");
  expect((await up).code).not.toBe(0);
  await vi.waitFor(() => {
    expect(processes()).toEqual([]);
  }, patience);
  expect(locks()).toHaveLength(1);

  await sandbox.control("faults", {}, "DELETE");
  const said = vi.spyOn(process.stderr, "write");
  await sandbox.up(stack);
  expect(said).toHaveBeenCalledWith(
    `Process ${String(engine?.pid)} has ended and left its lock on the stack '${stack}': the lock is removed.\n`,
  );
}, 120_000);

it("the lock of a process that runs is kept, and so is one of another machine", async () => {
  const lock = (name: string, pid: number, host: string) => {
    writeFileSync(
      join(lockFolder(), name),
      JSON.stringify({ pid, username: "somebody", hostname: host, timestamp: new Date() }),
    );
  };
  const kept = ["here.json", "elsewhere.json"];
  lock("here.json", process.pid, hostname());
  lock("elsewhere.json", 1_999_999, "another-machine");
  const { code, stderr } = await sandbox.run("refresh", "--yes", "--non-interactive", "--stack", stack);
  expect(code).not.toBe(0);
  expect(stderr).toContain("the stack is currently locked by 2 lock(s)");
  expect(locks().sort()).toEqual(kept.sort());
});
