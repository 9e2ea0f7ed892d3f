import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { progress } from "../progress.ts";

/**
 * Runs work in one process of this machine at a time. The next process waits and shows the progress of the first; then it
 * runs the work itself, which finds what the first one left.
 *
 * @param path the start of the paths of the lock and of the log that the waiting ones read
 */
export async function oneAtATime<T>(
  path: string,
  work: (report: (line: string) => void) => Promise<T>,
): Promise<T> {
  const { takeProcessLock } = await import("../processLock.ts");
  const log = `${path}.log`;
  let release = takeProcessLock(`${path}.lock`);
  if (!release) progress("Another command does this already; waiting for it. Its progress:");
  for (let shown = 0; !release; release = takeProcessLock(`${path}.lock`)) {
    shown += show(log, shown);
    await pause(100);
  }
  writeFileSync(log, "");
  try {
    return await work((line) => {
      progress(line);
      appendFileSync(log, `${line}\n`);
    });
  } finally {
    rmSync(log, { force: true });
    release();
  }
}

/** Shows the log's lines from the given one on. Returns how many. */
function show(log: string, from: number): number {
  const lines = linesOf(log).slice(from);
  for (const line of lines) progress(line);
  return lines.length;
}

function linesOf(log: string): string[] {
  try {
    return readFileSync(log, "utf8").split("\n").slice(0, -1);
  } catch (error) {
    // The first one has not begun it, or has ended.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
