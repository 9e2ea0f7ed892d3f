import type { Known } from "./known.ts";
import type { Plan } from "./planned.ts";
import type { Draft, StreamingRequest } from "./request.ts";
import type { Mistake } from "./wording/mistakes.ts";

/** What is wrong with a request by itself. A rule is silent while what it needs is missing, so that the rest of a malformed request is checked anyway. */
export type Rule = (request: Draft) => Mistake[];

/** A sound request, and what exists when the deployment is asked for. */
interface Situation extends Known {
  readonly request: StreamingRequest;
  readonly now: Date;
}

/** What is wrong with a request in view of what exists. */
export type Check = (situation: Situation) => Mistake[];

/** What a person should know of a deployment that breaks no rule. */
export type Remark = (situation: Situation & { readonly plan: Plan }) => string[];
