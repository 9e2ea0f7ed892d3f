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
  try {
    const { settings, warnings } = parseSettings(pulumi.runtime.allConfig(), process.env, now);
    for (const warning of warnings) void pulumi.log.warn(warning);
    return settings;
  } catch (error) {
    return sayMistakes(error);
  }
}

/** Ends the program with the mistakes of a `MistakesError`, under their full keys and without a stack trace. */
export function sayMistakes(error: unknown): never {
  if (!(error instanceof MistakesError)) throw error;
  throw new pulumi.RunError(new MistakesError(error.mistakes.map(underFullKey)).message);
}
