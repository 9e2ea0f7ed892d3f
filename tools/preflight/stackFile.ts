import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, type ScalarTag } from "yaml";
import { inFull } from "../../settings/keys.ts";
import { instantOf } from "../../streaming/people/instants.ts";
import { Failure } from "../failure.ts";

/** The configuration of a stack. */
interface StackFile {
  /** As the engine hands it to the program: full keys, values as text, lists and maps as JSON. Without the encrypted ones. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of a sign-in whose values are encrypted. */
  readonly encrypted: readonly string[];
}

/** @throws Failure when there is no such file, or it cannot be read */
export function readStackFile(folder: string, stack: string): StackFile {
  const name = `Pulumi.${stack}.yaml`;
  const file = join(folder, name);
  if (!existsSync(file))
    throw new Failure(`There is no ${name} in ${resolve(folder)}. ${stacksIn(folder)}`, 2);
  const { config = {} } = (yamlIn(file, name) ?? {}) as { config?: unknown };
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new Failure(
      `${name}: \`config:\` must hold settings such as \`azure-native:location: westeurope\`, one per line.`,
    );
  }
  const entries = Object.entries(config).map(([key, value]) => [inFull(key), value] as const);
  const secrets = entries.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
  const encrypted = secrets.filter((key) => /^azure(-native|ad):/.test(key));
  const other = secrets.find((key) => !encrypted.includes(key));
  if (other !== undefined) {
    throw new Failure(
      `${name}: ${other} is encrypted, and preflight cannot decrypt it. No setting needs encryption.`,
    );
  }
  const plain = entries.filter(([key]) => !secrets.includes(key));
  return { config: Object.fromEntries(plain.map(([key, value]) => [key, textOf(value)])), encrypted };
}

function yamlIn(file: string, name: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"), { customTags: [time] });
  } catch (error) {
    throw new Failure(`${name} is not valid YAML: ${(error as Error).message}`);
  }
}

/** The engine reads a date without quotes as a time, and passes Go's text of it (here in UTC). No date of the calendar: text. */
const time: ScalarTag = {
  tag: "tag:yaml.org,2002:timestamp",
  default: true,
  test: /^\d{4}-\d\d-\d\d(T\S+)?$/,
  resolve: (text) => instantOf(text)?.replace("T", " ").replace("Z", " +0000 UTC") ?? text,
};

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function stacksIn(folder: string): string {
  const stacks = existsSync(folder)
    ? readdirSync(folder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    : [];
  return stacks.length > 0
    ? `The stacks here: ${stacks.join(", ")}.`
    : "Write one, or copy one from examples/.";
}
