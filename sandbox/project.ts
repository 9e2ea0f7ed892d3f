import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseDocument } from "yaml";
import { stateFolder } from "./environment.ts";
import { sandboxStackFile } from "./stackFile.ts";
import { UserError } from "./userError.ts";

/** The example that `npm run sandbox` deploys, and the stack it deploys it to. */
export const tour = { stack: "tour", example: "event-hubs-per-table" };

/**
 * The project as the engine sees it in the sandbox: a folder with a Pulumi.yaml that points at the checkout's program
 * and with copies of the stack files, so that the engine writes its salts there and the checkout stays as it is.
 */
export class Project {
  readonly folder: string;
  readonly #directory: string;
  readonly #checkout: string;
  readonly #stackFiles: string;

  /**
   * @param directory the sandbox's directory.
   * @param checkout the folder with Pulumi.yaml and index.ts.
   * @param stackFiles the folder with `Pulumi.<stack>.yaml` and `examples/`; the checkout by default.
   */
  constructor(directory: string, checkout: string, stackFiles = checkout) {
    this.folder = join(directory, "project");
    this.#directory = directory;
    this.#checkout = checkout;
    this.#stackFiles = stackFiles;
  }

  /** Brings the folder up to date with the checkout. */
  refresh(stack: string | undefined): void {
    mkdirSync(this.folder, { recursive: true });
    mkdirSync(stateFolder(this.#directory), { recursive: true });
    const project = parseDocument(readFileSync(join(this.#checkout, "Pulumi.yaml"), "utf8"));
    const main = project.get("main");
    project.set("main", relative(this.folder, join(this.#checkout, typeof main === "string" ? main : ".")));
    writeFileSync(join(this.folder, "Pulumi.yaml"), project.toString());
    if (stack !== undefined) this.#refreshStack(stack);
  }

  #refreshStack(stack: string): void {
    const source = this.source(stack);
    if (source === undefined) return;
    const copy = join(this.folder, `Pulumi.${stack}.yaml`);
    const previous = existsSync(copy) ? readFileSync(copy, "utf8") : undefined;
    const text = sandboxStackFile(
      { name: this.sourceName(stack), text: readFileSync(source, "utf8") },
      previous,
    );
    if (text !== previous) writeFileSync(copy, text);
  }

  /** The file that a stack's settings come from: its own stack file, else the example it was made from. */
  source(stack: string): string | undefined {
    const own = join(this.#stackFiles, `Pulumi.${stack}.yaml`);
    if (existsSync(own)) return own;
    const example = this.#examples()[stack] ?? (stack === tour.stack ? tour.example : undefined);
    if (example === undefined) return undefined;
    const file = this.#exampleFile(example);
    return existsSync(file) ? file : undefined;
  }

  /** The source as a person names it: its path in the checkout. */
  sourceName(stack: string): string {
    return relative(this.#stackFiles, this.source(stack) ?? `Pulumi.${stack}.yaml`);
  }

  /** Ends with the sentence that says what to write when the stack has no source. */
  requireSource(stack: string): void {
    if (this.source(stack) !== undefined) return;
    throw new UserError(
      `The stack '${stack}' has no settings: write Pulumi.${stack}.yaml, or make the stack from an example with ` +
        `\`npm run sandbox -- example <name>\` (${this.exampleNames().join(", ")}).`,
    );
  }

  /** Remembers that the stack of this name is made from the example of the same name. */
  rememberExample(name: string): void {
    if (!existsSync(this.#exampleFile(name))) {
      throw new UserError(`There is no example '${name}'. There are: ${this.exampleNames().join(", ")}.`);
    }
    if (existsSync(join(this.#stackFiles, `Pulumi.${name}.yaml`))) {
      throw new UserError(
        `Pulumi.${name}.yaml exists: the stack '${name}' is that file's, not the example's.`,
      );
    }
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.#examplesFile(), JSON.stringify({ ...this.#examples(), [name]: name }, undefined, 2));
  }

  exampleNames(): string[] {
    return readdirSync(join(this.#stackFiles, "examples"))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => basename(file, ".yaml"))
      .sort();
  }

  /** Whether the engine knows the stack. */
  hasStack(stack: string): boolean {
    const name = String(parseDocument(readFileSync(join(this.#checkout, "Pulumi.yaml"), "utf8")).get("name"));
    return existsSync(join(stateFolder(this.#directory), ".pulumi", "stacks", name, `${stack}.json`));
  }

  #exampleFile = (name: string) => join(this.#stackFiles, "examples", `${name}.yaml`);
  #examplesFile = () => join(this.folder, "examples.json");

  #examples(): Record<string, string> {
    return existsSync(this.#examplesFile())
      ? (JSON.parse(readFileSync(this.#examplesFile(), "utf8")) as Record<string, string>)
      : {};
  }
}
