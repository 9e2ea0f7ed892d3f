import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { progress } from "./progress.ts";
import { UserError } from "./userError.ts";

/** Empties the sandbox: the embedded Azure, the stacks' state, the logs. Refused while a command is in it. */
export function emptySandbox(directory: string): number {
  if (!existsSync(directory)) {
    progress("The sandbox is empty already.");
    return 0;
  }
  if (!existsSync(join(directory, "project")) && !existsSync(join(directory, "azure.json"))) {
    throw new UserError(`${directory} does not look like a sandbox, so nothing is deleted.`);
  }
  if (serverRuns(directory)) {
    throw new UserError("Another command is in the sandbox. Wait until it has ended, then reset.", 1);
  }
  rmSync(directory, { recursive: true });
  progress("The sandbox is empty. The next command starts with a fresh Azure subscription.");
  return 0;
}

function serverRuns(directory: string): boolean {
  const file = join(directory, "server.json");
  if (!existsSync(file)) return false;
  try {
    const { pid } = JSON.parse(readFileSync(file, "utf8")) as { pid: number };
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
