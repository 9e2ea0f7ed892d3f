import type { Mistake } from "./wording/mistakes.ts";
import type { Draft } from "./request.ts";

/** One rule: silent while what it needs is missing, so that the rest of a malformed request is checked all the same. */
export type Rule = (request: Draft) => Mistake[];
