import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { joinAzure } from "./azure/join.ts";
import { engineVersion, findEngine, noEngineMessage } from "./engine/engine.ts";
import { closedEnvironment } from "./environment.ts";
import { writePlugins } from "./plugins.ts";
import { Project } from "./project.ts";
import { progress } from "./progress.ts";
import { readCommand } from "./pulumiCommand.ts";
import { UserError } from "./userError.ts";

/** The checkout that this file belongs to. */
export const checkout = dirname(import.meta.dirname);

/** Where the sandbox keeps everything: the embedded Azure's state, the stacks' state, logs, certificates. */
export const defaultDirectory = () => process.env["SANDBOX_DIRECTORY"] ?? join(checkout, ".sandbox");

/** What a command printed and how it ended. */
export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** An open sandbox: an embedded Azure that runs, and a Pulumi CLI that knows no other cloud. */
export interface Sandbox {
  readonly directory: string;
  readonly project: Project;
  readonly azure: { port: number; caFile: string };
  readonly environment: Record<string, string>;
  /** Runs a command of the Pulumi CLI; its input and output are the terminal's. Returns its exit code. */
  pulumi(args: string[]): Promise<number>;
  /** The same with its output caught. */
  capture(args: string[]): Promise<Result>;
  /** Leaves the sandbox; the embedded Azure stops when nobody is in it any more. */
  close(): void;
}

/**
 * Opens the sandbox in a directory. Several may be open on one directory at once: they share the embedded Azure.
 *
 * @param options.stackFiles the folder with the stack files and `examples/`; the checkout by default.
 * @throws UserError when no Pulumi engine can be had.
 */
export async function openSandbox(
  directory = defaultDirectory(),
  options: { stackFiles?: string; user?: Record<string, string | undefined> } = {},
): Promise<Sandbox> {
  const engine = await findEngine();
  if ("tried" in engine) throw new UserError(noEngineMessage(engine.tried), 1);
  for (const folder of ["home", "pulumi"]) mkdirSync(join(directory, folder), { recursive: true });
  const azure = await joinAzure(directory);
  writePlugins(directory);
  const bin = [engine.bin, dirname(process.execPath)];
  const environment = closedEnvironment(options.user ?? process.env, { directory, bin, azure });
  const project = new Project(directory, checkout, options.stackFiles);

  async function prepare(args: string[]): Promise<string[]> {
    const command = readCommand(args);
    const stack = command.stack;
    project.refresh(stack);
    if (stack === undefined || command.makesStack) return placed(args);
    if (command.changesSettings && project.source(stack) !== undefined) {
      throw new UserError(
        `The settings of '${stack}' come from ${project.sourceName(stack)}: edit that file. ` +
          "What is written in the sandbox would be gone with the next command.",
      );
    }
    if (command.runsProgram) project.requireSource(stack);
    if (!project.hasStack(stack) && project.source(stack) !== undefined) {
      progress(`Making the stack '${stack}' from ${project.sourceName(stack)} …`);
      const made = await run(placed(["stack", "init", stack]), "pipe");
      if (made.code !== 0) throw new UserError(made.stderr.trim(), made.code);
      project.refresh(stack);
    }
    return placed(args);
  }

  const placed = (args: string[]) => ["-C", project.folder, ...args];

  function run(args: string[], output: "inherit" | "pipe"): Promise<Result> {
    return new Promise((resolve, reject) => {
      const child = spawn("pulumi", args, {
        env: environment,
        stdio: output === "inherit" ? "inherit" : ["ignore", "pipe", "pipe"],
      });
      const text = { stdout: "", stderr: "" };
      child.stdout?.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
      child.stderr?.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
      // The terminal sends Ctrl-C to the engine as well; it cancels and says so, and this process waits for it.
      const wait = () => undefined;
      process.on("SIGINT", wait);
      child.on("error", reject);
      child.on("close", (code) => {
        process.off("SIGINT", wait);
        resolve({ code: code ?? 1, ...text });
      });
    });
  }

  return {
    directory,
    project,
    azure,
    environment,
    pulumi: async (args) => (await run(await prepare(args), "inherit")).code,
    capture: async (args) => run(await prepare(args), "pipe"),
    close: () => {
      azure.release();
    },
  };
}

export { engineVersion };
