import type { Known } from "./known.ts";
import type { Plan } from "./planned.ts";
import type { Draft, StreamingRequest } from "./request.ts";
import type { Mistake } from "./wording/mistakes.ts";

/** What is wrong with a request by itself. A rule is silent while what it needs is missing, so that the rest of a malformed request is checked anyway. */
export type Rule = (request: Draft) => Mistake[];

/** What is wrong with a sound request in view of what exists. */
export type Check = (request: StreamingRequest, known: Known, now: Date) => Mistake[];

/** What keeps a plan from being reached from what exists. */
export type PlanCheck = (plan: Plan, request: StreamingRequest, known: Known) => Mistake[];

/** What a person should know of a deployment that breaks no rule. */
export type Remark = (plan: Plan, request: StreamingRequest, known: Known, now: Date) => string[];
