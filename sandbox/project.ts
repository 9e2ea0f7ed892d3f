import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join, relative } from "node:path";
import { parseDocument } from "yaml";
import { stateFolder } from "./environment.ts";
import type { PluginVersion } from "./plugins/vendor.ts";
import type { PulumiCommand } from "./pulumiCommand.ts";
import { sandboxStackFile } from "./stackFile.ts";
import { UserError } from "./userError.ts";
import { writeWhole } from "./writeWhole.ts";

/** The example that `npm run sandbox` deploys, and the stack it deploys it to. */
export const tour = { stack: "tour", example: "event-hubs-per-table" };

/** What is read of a resource in a stack's state. */
interface StateResource {
  readonly type?: string;
  readonly protect?: boolean;
  readonly inputs?: { readonly version?: unknown };
}

/**
 * The project as the engine sees it in the sandbox: a folder with a Pulumi.yaml that points at the checkout's program
 * and with copies of the stack files, so that the engine writes its salts there and the checkout does not change.
 */
export class Project {
  readonly directory: string;
  readonly folder: string;
  readonly #checkout: string;
  readonly #stackFiles: string;

  /**
   * @param directory the sandbox's directory.
   * @param checkout the folder with Pulumi.yaml and index.ts.
   * @param stackFiles the folder with `Pulumi.<stack>.yaml` and `examples/`; the checkout by default.
   */
  constructor(directory: string, checkout: string, stackFiles = checkout) {
    this.directory = directory;
    this.folder = join(directory, "project");
    this.#checkout = checkout;
    this.#stackFiles = stackFiles;
  }

  /**
   * Finds what is wrong with a command before anything is started for it.
   *
   * @param stack the stack it works on; undefined when that is not known yet.
   * @throws UserError
   */
  check(command: PulumiCommand, stack: string | undefined): void {
    if (command.leadsAway.length > 0) {
      throw new UserError(
        `${command.leadsAway.join(" and ")} cannot be used in the sandbox: it has its own project folder, and the ` +
          "settings of a stack come from its stack file. Edit that file instead.",
      );
    }
    if (!command.needsStack || stack === undefined) return;
    const source = this.#source(stack);
    if (source !== undefined) this.#stackFile(stack, source);
    else if (!this.#hasState(stack)) throw this.#unknownStack(stack);
    if (command.changesSettings) throw this.#settingsElsewhere(stack);
    if (command.runsProgram && source === undefined) throw this.#noSettings(stack);
  }

  /** Brings the folder up to date with the checkout: the checkout wins. */
  refresh(stack: string | undefined): void {
    mkdirSync(this.folder, { recursive: true });
    mkdirSync(stateFolder(this.directory), { recursive: true });
    const project = parseDocument(readFileSync(join(this.#checkout, "Pulumi.yaml"), "utf8"));
    const main = project.get("main");
    project.set("main", relative(this.folder, join(this.#checkout, typeof main === "string" ? main : ".")));
    writeWhole(join(this.folder, "Pulumi.yaml"), project.toString());
    const source = stack === undefined ? undefined : this.#source(stack);
    if (stack === undefined || source === undefined) return;
    const text = this.#stackFile(stack, source);
    if (text !== this.#copyOf(stack)) writeWhole(this.#copyFile(stack), text);
  }

  /** Whether the stack must be created: it has settings, and the engine does not know it. */
  mustBeCreated(stack: string): boolean {
    return !this.#hasState(stack) && this.#source(stack) !== undefined;
  }

  /** The file that a stack's settings come from, as people name it. */
  sourceName(stack: string): string {
    return relative(this.#stackFiles, this.#source(stack) ?? `Pulumi.${stack}.yaml`);
  }

  /** Remembers that the stack of this name is created from the example of the same name. */
  rememberExample(name: string): void {
    if (!this.#exampleNames().includes(name)) {
      throw new UserError(`There is no example '${name}'. There are: ${this.#exampleNames().join(", ")}.`);
    }
    if (existsSync(join(this.#stackFiles, `Pulumi.${name}.yaml`))) {
      throw new UserError(
        `Pulumi.${name}.yaml exists, so the stack '${name}' uses that file and not the example.`,
      );
    }
    mkdirSync(this.folder, { recursive: true });
    writeWhole(this.#examplesFile(), JSON.stringify({ ...this.#examples(), [name]: name }, undefined, 2));
  }

  /** How to take the protection off a stack that a `destroy` stopped at; undefined when nothing of it is protected. */
  protectionHint(stack: string): string | undefined {
    const count = this.#resourcesOf(stack).filter(({ protect }) => protect).length;
    if (count === 0) return undefined;
    const unprotect =
      this.#source(stack) === undefined
        ? `npm run sandbox -- state unprotect --all --yes --stack ${stack}`
        : `set \`defender-streaming:protect: false\` in ${this.sourceName(stack)} and deploy it: npm run sandbox -- up --yes --stack ${stack}`;
    return (
      `\n${String(count)} resources are protected, because they hold events. To delete the stack anyway:\n` +
      `  1. ${unprotect}\n  2. npm run sandbox -- destroy --yes --stack ${stack}`
    );
  }

  /** The provider plugins that the stack's state asks for. */
  pluginsOf(stack: string): PluginVersion[] {
    if (!this.#hasState(stack)) return [];
    return this.#resourcesOf(stack).flatMap(({ type = "", inputs }) => {
      const name = /^pulumi:providers:(.+)$/.exec(type)?.[1];
      return name !== undefined && typeof inputs?.version === "string"
        ? [{ name, version: inputs.version }]
        : [];
    });
  }

  /**
   * Removes the locks of processes of this machine that have ended (`lockContent` in pulumi's `pkg/backend/diy/lock.go`), as
   * `pulumi cancel` does. Returns those processes.
   */
  breakDeadLocks(stack: string): number[] {
    const folder = join(this.#backend(), "locks", "organization", this.#name(), stack);
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => {
      const lock = join(folder, name);
      const pid = ownerOf(lock);
      if (pid === undefined || isRunning(pid)) return [];
      for (const file of [lock, `${lock}.attrs`]) rmSync(file, { force: true });
      return [pid];
    });
  }

  #resourcesOf(stack: string): StateResource[] {
    const file = JSON.parse(readFileSync(this.#stateFile(stack), "utf8")) as {
      checkpoint?: { latest?: { resources?: StateResource[] } };
    };
    return file.checkpoint?.latest?.resources ?? [];
  }

  /** The file that a stack's settings come from: its own stack file, else the example it was created from. */
  #source(stack: string): string | undefined {
    const own = join(this.#stackFiles, `Pulumi.${stack}.yaml`);
    if (existsSync(own)) return own;
    const example = this.#examples()[stack] ?? (stack === tour.stack ? tour.example : undefined);
    const file = join(this.#stackFiles, "examples", `${example ?? ""}.yaml`);
    return example !== undefined && existsSync(file) ? file : undefined;
  }

  #stackFile(stack: string, source: string): string {
    return sandboxStackFile(
      { name: this.sourceName(stack), text: readFileSync(source, "utf8") },
      this.#copyOf(stack),
    );
  }

  #copyOf(stack: string): string | undefined {
    return existsSync(this.#copyFile(stack)) ? readFileSync(this.#copyFile(stack), "utf8") : undefined;
  }

  #unknownStack(stack: string): UserError {
    const stacks = this.#stacks();
    return new UserError(
      `There is no stack '${stack}'. ${stacks.length > 0 ? `There are: ${stacks.join(", ")}. ` : ""}${this.#newStack(stack)}`,
    );
  }

  #noSettings(stack: string): UserError {
    return new UserError(
      `The stack '${stack}' has no settings. ${this.#newStack(stack)} To take it down as it is: ` +
        `npm run sandbox -- state unprotect --all --yes --stack ${stack}, then destroy.`,
    );
  }

  #newStack(stack: string): string {
    return (
      `Write Pulumi.${stack}.yaml, or create a stack from an example with \`npm run sandbox -- example <name>\` ` +
      `(${this.#exampleNames().join(", ")}).`
    );
  }

  #settingsElsewhere(stack: string): UserError {
    return new UserError(
      `The settings of '${stack}' come from ${this.sourceName(stack)}: edit that file. ` +
        "The next command would overwrite what you write in the sandbox.",
    );
  }

  #exampleNames(): string[] {
    return readdirSync(join(this.#stackFiles, "examples"))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => basename(file, ".yaml"))
      .sort();
  }

  #examples(): Record<string, string> {
    return existsSync(this.#examplesFile())
      ? (JSON.parse(readFileSync(this.#examplesFile(), "utf8")) as Record<string, string>)
      : {};
  }

  #stacks(): string[] {
    const folder = this.#stacksFolder();
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  }

  #hasState = (stack: string) => existsSync(this.#stateFile(stack));
  #stateFile = (stack: string) => join(this.#stacksFolder(), `${stack}.json`);
  #copyFile = (stack: string) => join(this.folder, `Pulumi.${stack}.yaml`);
  #examplesFile = () => join(this.folder, "examples.json");

  #backend = () => join(stateFolder(this.directory), ".pulumi");
  #stacksFolder = () => join(this.#backend(), "stacks", this.#name());
  #name = () => String(parseDocument(readFileSync(join(this.#checkout, "Pulumi.yaml"), "utf8")).get("name"));
}

/** The process of this machine that holds a lock of the engine. Undefined: not known. */
function ownerOf(lock: string): number | undefined {
  try {
    const { pid, hostname: host } = JSON.parse(readFileSync(lock, "utf8")) as {
      pid?: unknown;
      hostname?: unknown;
    };
    return host === hostname() && typeof pid === "number" ? pid : undefined;
  } catch {
    return undefined; // it is being written, or gone
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
