/** One thing that is wrong with what was asked, and how to put it right. */
export interface Mistake {
  /** Where: the key with its path, e.g. `consumers[1].objectId`. */
  readonly key: string;
  /** What was given; undefined when nothing was. */
  readonly value: unknown;
  /** The rule it breaks, with the limit and what the limit depends on. A sentence. */
  readonly rule: string;
  /** What to write instead. A sentence. */
  readonly fix: string;
}

/** The mistakes whose condition holds, like `sentences`. */
export function mistakes<One extends Pick<Mistake, "rule" | "fix">>(
  ...candidates: readonly (One | false | undefined)[]
): One[] {
  return candidates.filter((candidate) => typeof candidate === "object");
}

/** All mistakes of a request at once. */
export class MistakesError extends Error {
  readonly mistakes: readonly Mistake[];
  /** Pulumi shows an error with this mark by its message, without a stack trace (`RunError` of its SDK). */
  readonly __pulumiRunError = true;

  constructor(mistakes: readonly Mistake[]) {
    super(messageOf(mistakes));
    this.name = "MistakesError";
    this.mistakes = mistakes;
  }
}

function messageOf(mistakes: readonly Mistake[]): string {
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  return [`${count} in the configuration; nothing was changed.`, ...mistakes.map(paragraph)].join("\n\n");
}

function paragraph({ key, value, rule, fix }: Mistake, index: number): string {
  return `${index + 1}. ${key}: ${asGiven(value)}\n   rule: ${rule}\n   fix: ${fix}`;
}

const longestValue = 100;
const longestId = 400;

/** A value as a person would recognize it, on one line. ARM ids stay whole, because the name is at their end. */
function asGiven(value: unknown): string {
  if (value === undefined) return "(not set)";
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  const longest = text.startsWith("/subscriptions/") ? longestId : longestValue;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
