import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readServerFile } from "./azure/serverFile.ts";
import { progress } from "./progress.ts";
import { UserError } from "./userError.ts";

/** Empties the sandbox: the embedded Azure, the stacks' state, the logs. Refused while a command uses it. */
export async function emptySandbox(directory: string): Promise<number> {
  if (!existsSync(directory)) {
    progress("The sandbox is empty already.");
    return 0;
  }
  if (existsSync(join(directory, "package.json")) || !existsSync(join(directory, "azure.json"))) {
    throw new UserError(`${directory} does not look like a sandbox, so nothing is deleted.`);
  }
  // The server of the last command needs a moment to end.
  for (let waited = 0; serverRuns(directory) && waited < 3000; waited += 100) await pause(100);
  if (serverRuns(directory)) {
    throw new UserError("Another command uses the sandbox. Wait until it has ended, then reset.", 1);
  }
  rmSync(directory, { recursive: true });
  progress("The sandbox is empty. The next command starts with a fresh Azure subscription.");
  return 0;
}

function serverRuns(directory: string): boolean {
  const server = readServerFile(directory);
  if (!server) return false;
  try {
    return process.kill(server.pid, 0);
  } catch {
    return false;
  }
}
