/**
 * The engine's setting for names in the cloud: a mode or a pattern, for everything, a provider, or a type of resource. Its meaning is
 * taken from the engine itself (pulumi/pulumi, `pkg/cmd/pulumi/autonaming` and `pkg/resource/autonaming`).
 */
export const autonamingKey = "pulumi:autonaming";

/** The stack whose resources get names. */
export interface NamingStack {
  readonly project: string;
  readonly stack: string;
  /** Undefined: unknown. */
  readonly organization: string | undefined;
  /** Its configuration: full keys, values as text. */
  readonly config: Readonly<Record<string, string>>;
}

/** A resource that gets its name in the cloud from the engine. */
export interface Unnamed {
  /** Example: `azure-native:eventhub:Namespace`. */
  readonly type: string;
  /** Its name in the program. */
  readonly logicalName: string;
}

/** The future name of a resource. */
export interface Naming {
  /** `default`: the provider's way, with random digits at the end; `disabled`: no name. */
  readonly mode: "default" | "disabled" | "pattern";
  /** The name, with `x` and `0` in place of parts that only the engine knows. */
  readonly name: string;
  /** Whether the whole name is known. */
  readonly isFixed: boolean;
  /** All names that are possible. */
  readonly form: RegExp;
}

/** The future name of a resource in a stack. */
export function namingOf(resource: Unnamed, stack: NamingStack): Naming {
  const { mode, pattern } = ruleFor(resource.type, stack.config[autonamingKey]);
  if (pattern !== undefined) return named("pattern", resource, pattern, stack);
  if (mode === "verbatim") return named("pattern", resource, "${name}", stack);
  if (mode === "disabled") return { ...named("disabled", resource, "", stack), isFixed: false };
  return named("default", resource, "${name}${hex(8)}", stack);
}

interface Rule {
  readonly mode?: string;
  readonly pattern?: string;
}

interface Rules extends Rule {
  readonly providers?: Readonly<Record<string, Rule & { resources?: Readonly<Record<string, Rule>> }>>;
}

/** The most specific rule with a mode or pattern. The engine refuses a malformed setting earlier. */
function ruleFor(type: string, setting = "{}"): Rule {
  const general = parsed(setting);
  const provider = general.providers?.[type.split(":")[0] ?? ""];
  const says = (rule: Rule | undefined) => rule?.mode !== undefined || rule?.pattern !== undefined;
  return [provider?.resources?.[type], provider, general].find(says) ?? {};
}

function parsed(setting: string): Rules {
  try {
    const rules: unknown = JSON.parse(setting);
    return typeof rules === "object" && rules !== null ? rules : {};
  } catch {
    return {};
  }
}

/** Expressions for random parts. */
const randomPart = /(\$\{(?:(?:hex|alphanum|string|num)\(\d+\)|uuid)\})/;

/** For parts that only the engine knows. A pattern cannot contain it, because its length is 0. */
const unknown = "${string(0)}";

function named(
  mode: Naming["mode"],
  { logicalName }: Unnamed,
  pattern: string,
  { project, stack, organization = unknown, config }: NamingStack,
): Naming {
  const text = pattern
    .replaceAll("${organization}", () => organization)
    .replaceAll("${project}", () => project)
    .replaceAll("${stack}", () => stack)
    .replaceAll(/\$\{config\.([^}]+)\}/g, (_, key: string) => config[`${project}:${key}`] ?? unknown)
    .replaceAll("${name}", () => logicalName);
  // Every second piece is an expression.
  const pieces = text
    .split(randomPart)
    .map((piece, index) => (index % 2 === 0 ? fixed(piece) : random(piece)));
  return {
    mode,
    name: pieces.map(({ sample }) => sample).join(""),
    isFixed: pieces.length === 1,
    form: new RegExp(`^${pieces.map(({ form }) => form).join("")}$`, "i"),
  };
}

/** A part of a name: an example, and all that it can be. */
interface Piece {
  readonly sample: string;
  readonly form: string;
}

function fixed(text: string): Piece {
  return { sample: text, form: literally(text) };
}

/** @param expression such as `${hex(4)}`. The sample has a digit where there may be one. */
function random(expression: string): Piece {
  const [, kind, length = "0"] = /^\$\{(\w+)(?:\((\d+)\))?/.exec(expression) ?? [];
  if (kind === "uuid") return { sample: "00000000-0000-0000-0000-000000000000", form: "[0-9a-f-]{36}" };
  if (expression === unknown) return { sample: "x", form: ".+" };
  return { sample: (kind === "string" ? "x" : "0").repeat(Number(length)), form: `[a-z0-9]{${length}}` };
}

/** A text as a regular expression matches just it. */
export function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
