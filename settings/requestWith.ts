import type { z } from "zod";
import { MistakesError } from "../streaming/mistakes.ts";
import { inKeyOrder, judge } from "./judge.ts";
import { readValues } from "./read.ts";
import type { schema } from "./schema.ts";
import type { Settings } from "./settings.ts";

/** What is to differ from the defaults. README's table of settings lists the keys, their values and their defaults. */
export type Wishes = z.input<typeof schema>;

/** A request with all its parts: what `plan()` takes, and what of it `DefenderStreaming` takes as well. */
export type FullRequest = Omit<Settings, "location">;

/**
 * A request for `plan()` that is everywhere the default but where you say otherwise; the same settings, defaults and rules
 * as those of a stack file, without the project's name before the keys.
 *
 * @example requestWith({ product: "endpoint", layout: "single", hubName: "defender" })
 * @param now when the deployment is asked for: ends of access lie behind it.
 * @throws MistakesError with every mistake at once.
 */
export function requestWith(wishes: Wishes = {}, now = new Date()): FullRequest {
  const { draft, mistakes } = judge(readValues(wishes), now);
  if (mistakes.length > 0) throw new MistakesError(inKeyOrder(mistakes));
  // Without a mistake nothing is missing: each key was well formed, or has a default.
  return draft as FullRequest;
}
