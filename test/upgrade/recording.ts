import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import type { Snapshot } from "defender-streaming-sandbox";

/**
 * What a version of this project left when it deployed an example. Each recording is a folder:
 *
 * - `Pulumi.<stack>.yaml`: the settings;
 * - `state.json`: the engine's state (`pulumi stack export`), without places in the source, times and the code of dynamic providers;
 * - `azure.json`: what the embedded Azure held;
 * - `operations.json`: what the current version may do to it, each operation with the sentence of CHANGELOG.md that names it.
 *
 * `code/` holds the code of the dynamic providers, which many resources share.
 */
export interface Recording {
  readonly stackFile: string;
  readonly state: State;
  readonly azure: Snapshot;
  readonly operations: Readonly<Record<string, string>>;
}

/** The answer of `pulumi stack export`. */
export interface State {
  readonly version: number;
  readonly deployment: { readonly resources?: readonly unknown[] };
}

export const recordings = import.meta.dirname;
const files = { state: "state.json", azure: "azure.json", operations: "operations.json" };

/** The key of a dynamic resource below which the engine keeps the code of its provider. */
const codeKey = "__provider";
const codeFolder = "code";

const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

export const recordedVersions = () => foldersIn(recordings);
export const recordedExamples = (version: string) =>
  foldersIn(join(recordings, version)).filter((name) => name !== codeFolder);

export function readRecording(version: string, example: string): Recording {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(recordings, version, example, file), "utf8")) as unknown;
  const stackFile = readdirSync(join(recordings, version, example)).find((file) => file.endsWith(".yaml"));
  if (stackFile === undefined) throw new Error(`${version}/${example} has no stack file.`);
  return {
    stackFile: join(recordings, version, example, stackFile),
    state: withCode(read(files.state) as State, (file) =>
      readFileSync(join(recordings, version, file), "utf8"),
    ),
    azure: read(files.azure) as Snapshot,
    operations: read(files.operations) as Recording["operations"],
  };
}

/** What the provider code in the recorded states imports, Node's own modules left out. */
export function importedByStates(): string[] {
  const texts = recordedVersions().flatMap((version) => {
    const folder = join(recordings, version, codeFolder);
    return readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  });
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:import|require)\("([^"]+)"\)/g)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].filter((name) => !isBuiltin(name)).sort();
}

/** What a deployment left. */
export interface Deployed {
  readonly example: string;
  readonly stack: string;
  /** The text of the stack file. */
  readonly settings: string;
  readonly state: State;
  readonly azure: Snapshot;
}

/** Writes a recording; `operations.json` starts empty. */
export function writeRecording(version: string, { example, stack, settings, state, azure }: Deployed): void {
  const write = (path: string, text: string) => {
    const file = join(recordings, version, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const json = (content: unknown) => `${JSON.stringify(content, undefined, 1)}\n`;
  const { state: stripped, code } = withoutCode(lasting(state));
  for (const [file, text] of Object.entries(code)) write(file, text);
  write(join(example, `Pulumi.${stack}.yaml`), settings);
  write(join(example, files.state), json(stripped));
  write(join(example, files.azure), json(withoutTimes(azure)));
  write(join(example, files.operations), json({}));
}

/** A state without what is different in every run, or on every machine. */
export function lasting({ version, deployment }: State): State {
  const resources = deployment.resources?.map((resource) =>
    without(resource as object, ["created", "modified", "sourcePosition", "stackTrace"]),
  );
  return withoutTimes({ version, deployment: { ...without(deployment, ["manifest"]), resources } });
}

function without(content: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(content).filter(([key]) => !keys.includes(key)));
}

/** Every instant that is past becomes the same one. */
function withoutTimes<T>(content: T): T {
  const isPast = (value: string) => instant.test(value) && Date.parse(value) < Date.now();
  return replaced(content, (_key, value) => (typeof value === "string" && isPast(value) ? anInstant : value));
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const anInstant = "2026-01-01T00:00:00Z";

/** The provider code of a state moves to files, named after their content. */
export function withoutCode(state: State): { state: State; code: Record<string, string> } {
  const code: Record<string, string> = {};
  const stripped = replaced(state, (key, value) => {
    if (key !== codeKey || typeof value !== "string") return value;
    const file = `${codeFolder}/${createHash("sha256").update(value).digest("hex").slice(0, 12)}.txt`;
    code[file] = value;
    return file;
  });
  return { state: stripped, code };
}

function withCode(state: State, read: (file: string) => string): State {
  return replaced(state, (key, value) =>
    key === codeKey && typeof value === "string" ? read(value) : value,
  );
}

/** A copy with every value replaced, innermost first. */
function replaced<T>(content: T, replace: (key: string, value: unknown) => unknown): T {
  return JSON.parse(JSON.stringify(content), (key, value: unknown) => replace(key, value)) as T;
}
