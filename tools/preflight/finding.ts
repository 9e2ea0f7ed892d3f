/** `unknown`: Azure did not answer; this never counts as `ok`. */
export type Status = "ok" | "problem" | "warning" | "unknown";

/** What a check has found. */
export interface Finding {
  readonly status: Status;
  /** A sentence. */
  readonly what: string;
  /** A command or a sentence. */
  readonly fix?: string;
}

/** A finding with the name of its check, as it is shown. */
export interface NamedFinding extends Finding {
  readonly check: string;
}
