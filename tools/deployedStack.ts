import { execFile } from "node:child_process";
import type { Command } from "commander";
import { type DeployedOutputs, readOutputs } from "../streaming/readOutputs.ts";
import { Failure } from "./failure.ts";

/** Which stack, as a person names it on the command line. */
export interface StackOptions {
  readonly stack?: string;
  /** The folder with Pulumi.yaml. */
  readonly cwd: string;
  /** The stack output that holds all the others, in a program that uses the library. */
  readonly output?: string;
}

/** The options of a command that reads a deployed stack. */
export function stackOptions(command: Command): Command {
  return command
    .option("-s, --stack <name>", "the deployed stack")
    .option("--output <name>", "the stack output that holds the others, in a program that uses the library")
    .option("-C, --cwd <folder>", "the folder with Pulumi.yaml", ".");
}

/**
 * The outputs of a deployed stack. The CLI masks its secrets.
 *
 * @throws Failure when there are none
 */
export async function readStack({ stack, cwd, output }: StackOptions): Promise<DeployedOutputs> {
  if (stack === undefined) throw new Failure("Name a deployed stack: add --stack <stack>.", 2);
  const all = JSON.parse(await stackOutputs(stack, cwd)) as Record<string, unknown>;
  const outputs = readOutputs(all, output);
  if (outputs.exportSettings.length === 0) {
    const fix =
      output === undefined
        ? "Deploy it; for a program that uses the library, name the output that holds `.outputs` with --output."
        : `It has ${Object.keys(all).join(", ") || "none"}.`;
    throw new Failure(
      `The stack '${stack}' has no export settings${output === undefined ? "" : ` under the output '${output}'`}. ${fix}`,
    );
  }
  return outputs;
}

/** A stack's configuration as the CLI decrypts it: texts by full keys. */
export async function readConfiguration(
  stack: string,
  cwd: string,
): Promise<Readonly<Record<string, string>>> {
  const args = ["config", "--show-secrets", "--json"];
  const said = await pulumi(args, stack, cwd, `The configuration of '${stack}' cannot be read`);
  const entries = Object.entries(JSON.parse(said) as Record<string, { value?: string }>);
  return Object.fromEntries(entries.map(([key, { value = "" }]) => [key, value]));
}

const stackOutputs = (stack: string, cwd: string) =>
  pulumi(["stack", "output", "--json"], stack, cwd, `The outputs of '${stack}' cannot be read`);

/** @param problem what to say of a failure */
function pulumi(args: readonly string[], stack: string, cwd: string, problem: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const all = [...args, "--non-interactive", "--stack", stack];
    execFile("pulumi", all, { cwd }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new Failure("The Pulumi CLI is not on the PATH."));
      else reject(new Failure(`${problem}: ${stderr.trim()}`));
    });
  });
}
