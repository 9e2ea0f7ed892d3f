import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type JoinedAzure, joinAzure } from "./azure/join.ts";
import { findEngine, noEngineMessage } from "./engine/engine.ts";
import { deployer } from "./azure/tenant.ts";
import { installAzureCli } from "./azureCli/install.ts";
import { closedEnvironment, metadataAt } from "./environment.ts";
import { installPlugins, type PluginHome, providersAsked } from "./plugins/install.ts";
import { progress } from "./progress.ts";
import { Project } from "./project.ts";
import { readCommand } from "./pulumiCommand.ts";
import { type SignIn, withSecret } from "./signIn.ts";
import { UserError } from "./userError.ts";

/** The checkout that this file belongs to. */
export const checkout = dirname(import.meta.dirname);

/** Where the sandbox keeps everything: the embedded Azure's state, the stacks' state, logs, certificates. */
export const defaultDirectory = () => resolve(process.env["SANDBOX_DIRECTORY"] || join(checkout, ".sandbox"));

/** What a command printed and how it ended. */
export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Whether a command's output goes to the terminal or is caught. */
type Output = "inherit" | "pipe";

/** An open sandbox: an embedded Azure that runs, and a Pulumi CLI that knows no other cloud. */
export class Sandbox {
  readonly project: Project;
  readonly azure: { readonly port: number; readonly caFile: string };
  /** The environment of everything that runs in it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #lease: JoinedAzure;
  readonly #plugins: PluginHome;

  private constructor(
    project: Project,
    azure: JoinedAzure,
    environment: Record<string, string>,
    plugins: PluginHome,
  ) {
    this.project = project;
    this.#plugins = plugins;
    this.azure = azure;
    this.environment = environment;
    this.#lease = azure;
  }

  /**
   * Opens the sandbox of a project. Several may be open on one directory at once: they share the embedded Azure.
   *
   * @param user the environment, of which only harmless variables are kept; the process's by default.
   * @param signIn who is signed in, and how; the deployer with its secret by default.
   * @throws UserError when there is no Pulumi engine, or when the vendor's plugins are needed and cannot be downloaded.
   */
  static async open(
    project: Project,
    user: Record<string, string | undefined> = process.env,
    signIn: SignIn = withSecret(deployer),
  ): Promise<Sandbox> {
    const providers = providersAsked(user);
    const engine = await findEngine();
    if ("tried" in engine) throw new UserError(noEngineMessage(engine.tried), 1);
    const { directory } = project;
    // Downloads happen before the sandbox is closed.
    const plugins = { providers, directory, bin: engine.bin };
    await installPlugins(plugins);
    for (const folder of ["home", "pulumi"]) mkdirSync(join(directory, folder), { recursive: true });
    const azure = await joinAzure(directory);
    const bin = [installAzureCli(directory), dirname(process.execPath), engine.bin];
    const environment = closedEnvironment(user, { directory, bin, azure }, await signIn(azure));
    return new Sandbox(project, azure, environment, plugins);
  }

  /** Runs a command of the Pulumi CLI; its input and output are the terminal's. Returns its exit code. */
  async pulumi(args: string[]): Promise<number> {
    const stack = await this.#prepare(args);
    const { code } = await this.#run(args, "inherit");
    if (
      code !== 0 &&
      stack !== undefined &&
      ["destroy", "down", "dn"].includes(readCommand(args).words[0] ?? "")
    ) {
      progress(this.project.protectionHint(stack) ?? "");
    }
    return code;
  }

  /** The same with its output caught, and no input. */
  async capture(args: string[]): Promise<Result> {
    await this.#prepare(args);
    return this.#run(args, "pipe");
  }

  /** Runs a tool of the checkout where the engine runs, so that it finds the stacks and their settings. Returns its exit code. */
  async tool(name: string, args: string[]): Promise<number> {
    return (await this.#runTool(name, args, "inherit")).code;
  }

  /** The same with its output caught, and no input. */
  async captureTool(name: string, args: string[]): Promise<Result> {
    return this.#runTool(name, args, "pipe");
  }

  /** Leaves the sandbox; the embedded Azure stops when nobody is in it any more. */
  close(): void {
    this.#lease.release();
  }

  /** Checks the command, brings the project folder up to date and creates a missing stack. Returns the stack. */
  async #prepare(args: string[]): Promise<string | undefined> {
    const command = readCommand(args);
    this.project.check(command, command.stack);
    if (!command.needsStack) {
      this.project.refresh(undefined);
      return undefined;
    }
    const stack = command.stack ?? (await this.#selectedStack());
    this.project.check(command, stack);
    this.project.refresh(stack);
    if (this.project.mustBeCreated(stack)) {
      progress(`Creating the stack '${stack}' from ${this.project.sourceName(stack)} …`);
      const created = await this.#run(["stack", "init", stack], "pipe");
      if (created.code !== 0) throw new UserError(created.stderr.trim(), created.code);
      this.project.refresh(stack);
    }
    await installPlugins(this.#plugins, this.project.pluginsOf(stack));
    for (const pid of this.project.breakDeadLocks(stack)) {
      progress(
        `Process ${String(pid)} has ended and left its lock on the stack '${stack}': the lock is removed.`,
      );
    }
    return stack;
  }

  async #selectedStack(): Promise<string> {
    this.project.refresh(undefined);
    const { code, stdout } = await this.#run(["stack", "--show-name", "--non-interactive"], "pipe");
    if (code !== 0) throw new UserError("No stack is selected: name one with `--stack <name>`.");
    return stdout.trim();
  }

  #run(args: string[], output: Output): Promise<Result> {
    return this.#spawn(join(this.#plugins.bin, "pulumi"), ["-C", this.project.folder, ...args], output);
  }

  #runTool(name: string, args: string[], output: Output): Promise<Result> {
    this.project.refresh(readCommand(args).stack);
    return this.#spawn(process.execPath, [join(checkout, "tools", name, "main.ts"), ...args], output);
  }

  /** Runs a program. What is left over of it cannot reach the embedded Azure any more. */
  async #spawn(command: string, args: string[], output: Output): Promise<Result> {
    const azure = await joinAzure(this.project.directory);
    try {
      return await this.#runTo(azure.ownPort, command, args, output);
    } finally {
      azure.release();
    }
  }

  #runTo(port: number, command: string, args: string[], output: Output): Promise<Result> {
    return new Promise((done, failed) => {
      const child = spawn(command, args, {
        cwd: this.project.folder,
        env: { ...this.environment, ...metadataAt(port) },
        stdio: output === "inherit" ? "inherit" : ["ignore", "pipe", "pipe"],
      });
      const text = { stdout: "", stderr: "" };
      child.stdout?.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
      child.stderr?.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
      // Whatever ends this process: the engine cancels, leaves its state whole, and is waited for. A Ctrl-C in the
      // terminal reaches the engine by itself.
      const interrupt = () => child.kill("SIGINT");
      const wait = () => undefined;
      const handlers = [
        ["SIGINT", wait],
        ["SIGTERM", interrupt],
        ["SIGHUP", interrupt],
      ] as const;
      for (const [signal, handler] of handlers) process.on(signal, handler);
      child.on("error", failed);
      child.on("close", (code) => {
        for (const [signal, handler] of handlers) process.off(signal, handler);
        done({ code: code ?? 1, ...text });
      });
    });
  }
}
