import * as pulumi from "@pulumi/pulumi";
import { MistakesError } from "../streaming/wording/mistakes.ts";
import { parseSettings, underFullKey } from "./parse.ts";
import type { Settings } from "./settings.ts";

/**
 * The settings of the stack that runs.
 *
 * @param now when the deployment is asked for.
 * @throws pulumi.RunError listing every mistake: the engine shows it without a stack trace.
 */
export function loadSettings(now = new Date()): Settings {
  return orSayMistakes(() => parseSettings(pulumi.runtime.allConfig(), process.env, now).settings);
}

/** Runs something that throws `MistakesError`, such as `plan()` or `decide()`, and ends the program with the mistakes and no stack trace. */
export function orSayMistakes<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    const mistakes = error.mistakes.map(underFullKey);
    throw new pulumi.RunError(new MistakesError(mistakes).message);
  }
}
