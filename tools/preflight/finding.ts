/** `unknown`: Azure did not say; never taken for `ok`. */
export type Status = "ok" | "problem" | "warning" | "unknown";

/** What a check has found. */
export interface Finding {
  readonly status: Status;
  /** A sentence. */
  readonly what: string;
  /** A command, or a sentence that says what to do. */
  readonly fix?: string;
}

/** A finding with the name of its check, as it is shown. */
export interface NamedFinding extends Finding {
  readonly check: string;
}
