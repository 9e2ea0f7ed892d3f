import * as pulumi from "@pulumi/pulumi";
import { MistakesError } from "../streaming/wording/mistakes.ts";
import { parseSettings, underFullKey } from "./parse.ts";
import type { Settings } from "./settings.ts";

/**
 * The settings of the running stack. Warnings about them are logged.
 *
 * @param now when the deployment runs.
 * @throws pulumi.RunError listing every mistake: the engine shows it without a stack trace.
 */
export function loadSettings(now = new Date()): Settings {
  const { settings, warnings } = orSayMistakes(() =>
    parseSettings(pulumi.runtime.allConfig(), process.env, now),
  );
  for (const warning of warnings) void pulumi.log.warn(warning);
  return settings;
}

/** Runs something that may throw `MistakesError`, such as `decide()`, and ends the program with the mistakes and no stack trace. */
export function orSayMistakes<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    const mistakes = error.mistakes.map(underFullKey);
    throw new pulumi.RunError(new MistakesError(mistakes).message);
  }
}
