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

/** All mistakes of a request at once. */
export class MistakesError extends Error {
  readonly mistakes: readonly Mistake[];
  /** Pulumi shows an error with this mark by its message, without a stack trace (`RunError` of its SDK). */
  readonly __pulumiRunError = true;

  constructor(mistakes: readonly Mistake[]) {
    super(inWords(mistakes));
    this.name = "MistakesError";
    this.mistakes = mistakes;
  }
}

/** Runs what may throw `MistakesError` and returns what came of each, or throws one error with the mistakes of all. */
export function together<Steps extends readonly (() => unknown)[]>(
  ...steps: Steps
): { [Index in keyof Steps]: ReturnType<Steps[Index]> } {
  const mistakes: Mistake[] = [];
  const results = steps.map((step) => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof MistakesError)) throw error;
      mistakes.push(...error.mistakes);
      return undefined;
    }
  });
  if (mistakes.length > 0) throw new MistakesError(mistakes);
  return results as { [Index in keyof Steps]: ReturnType<Steps[Index]> };
}

/** What comes of a step; undefined when it throws `MistakesError`, which is for somebody else to tell. */
export function unlessMistaken<Result>(step: () => Result): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof MistakesError) return undefined;
    throw error;
  }
}

/** Waits for work that may throw, and returns a step for `together` that gives what came of it. */
export async function settled<Result>(work: Promise<Result>): Promise<() => Result> {
  try {
    const result = await work;
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function inWords(mistakes: readonly Mistake[]): string {
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  return [`${count} in the configuration; nothing was changed.`, ...mistakes.map(paragraph)].join("\n\n");
}

function paragraph({ key, value, rule, fix }: Mistake, index: number): string {
  return `${index + 1}. ${key}: ${asGiven(value)}\n   rule: ${rule}\n   fix: ${fix}`;
}

const longestValue = 100;
const longestId = 400;

/** A value as a person would recognise it, on one line. ARM ids stay whole, because the name is at their end. */
export function asGiven(value: unknown): string {
  if (value === undefined) return "(not set)";
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  const longest = text.startsWith("/subscriptions/") ? longestId : longestValue;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
