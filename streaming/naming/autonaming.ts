/**
 * The engine's setting for names in the cloud: a mode or a pattern, for everything, a provider, or a type of resource. What it means is
 * taken from the engine itself (pulumi/pulumi, `pkg/cmd/pulumi/autonaming` and `pkg/resource/autonaming`).
 */
export const autonamingKey = "pulumi:autonaming";

/** The stack whose engine makes the names. */
export interface NamingStack {
  readonly project: string;
  readonly stack: string;
  /** Undefined: not known. */
  readonly organization: string | undefined;
  /** Its configuration: full keys, values as text. */
  readonly config: Readonly<Record<string, string>>;
}

/** A resource that the program leaves without a name in the cloud. */
export interface Unnamed {
  /** Example: `azure-native:eventhub:Namespace`. */
  readonly type: string;
  /** Its name in the program. */
  readonly logicalName: string;
}

/** What a resource will be called. */
export interface Naming {
  /** `default`: as the provider does it, with random digits behind; `disabled`: not at all. */
  readonly mode: "default" | "disabled" | "pattern";
  /** The name; where something in it is not known before the engine makes it, `x` and `0` stand for that. */
  readonly name: string;
  /** Whether all of it is known. */
  readonly isFixed: boolean;
  /** Which names it may be. */
  readonly form: RegExp;
}

/** What a resource of a stack will be called. */
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

/** The most special rule that says something. The engine has refused a malformed setting before. */
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

/** What the engine makes up. */
const madeUp = /(\$\{(?:(?:hex|alphanum|string|num)\(\d+\)|uuid)\})/;

/** In place of what only the engine knows; it makes up nothing of no length. */
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
  const pieces = text.split(madeUp).map((piece, index) => (index % 2 === 0 ? fixed(piece) : random(piece)));
  return {
    mode,
    name: pieces.map(({ sample }) => sample).join(""),
    isFixed: pieces.length === 1,
    form: new RegExp(`^${pieces.map(({ form }) => form).join("")}$`, "i"),
  };
}

/** A part of a name: how it may look, and all that it can be. */
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
