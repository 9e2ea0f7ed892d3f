import type { Arm } from "../../azure/arm.ts";
import type { DeployedOutputs } from "../../streaming/readOutputs.ts";

/** `not yet`: what is there does not tell, and `needs` says what would. */
type Answer = "yes" | "no" | "not yet";

/** What a question came to. */
export interface Conclusion {
  readonly answer: Answer;
  /** What was seen, a line each: names, times, numbers; never a secret. */
  readonly evidence: readonly string[];
  /** What has to be done first, with `not yet`. */
  readonly needs?: string;
}

/** Where it is looked. */
export interface Scene {
  readonly stack: DeployedOutputs;
  /** Azure Resource Manager, as the signed-in principal. */
  readonly azure: Arm;
  readonly now: Date;
}

/** Something that Microsoft does not document and a tenant with traffic shows, to somebody who may read. */
export interface Question {
  /** Its name on the command line and in docs/unknowns.md. */
  readonly name: string;
  /** A sentence to be answered with yes or no. */
  readonly question: string;
  /** What must be there for an answer beside the signed-in reader. */
  readonly needs: string;
  readonly prove: (scene: Scene) => Promise<Conclusion>;
}

/** What is there does not tell. */
export function notYet(needs: string, evidence: readonly string[] = []): Conclusion {
  return { answer: "not yet", evidence, needs };
}
