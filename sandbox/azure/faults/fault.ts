/** Something that goes wrong on purpose, with the next requests that match. */
export type Fault = Match & Effect & { left: number | "forever" };

interface Match {
  /** Absent: any method. */
  readonly method?: string;
  /** Regular expression on the path, letter case ignored. */
  readonly pathPattern: string;
}

/** What goes wrong, as it does with Azure and the network before it. */
type Effect =
  /** The request is refused, in the form of the service it is for, and nothing is changed. */
  | { readonly answer: Refusal }
  /** The change is applied at once; the answer arrives so many seconds later. */
  | { readonly delay: number }
  /** The connection ends without an answer: before Azure saw the request, or after the change was applied. */
  | { readonly drop: "before" | "after" }
  /** 429 with this Retry-After, in seconds. */
  | { readonly throttle: number }
  /** Azure accepts a long-running operation, which ends as failed. */
  | { readonly acceptThenFail: Failure };

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export interface Refusal extends Failure {
  readonly status: number;
}

const effects = ["answer", "delay", "drop", "throttle", "acceptThenFail"];

/** A fault as `POST /sandbox/faults` describes it. @throws Error that says what is wrong with it */
export function readFault(body: Readonly<Record<string, unknown>>): Fault {
  const { times = 1, forever = false, ...fault } = body;
  new RegExp(String(fault["pathPattern"]));
  const known = ["method", "pathPattern", ...effects];
  const unknown = Object.keys(fault).filter((name) => !known.includes(name));
  const given = effects.filter((name) => name in fault);
  if (unknown.length > 0 || given.length !== 1 || fault["pathPattern"] === undefined) {
    throw new Error(
      `A fault has a pathPattern and one of ${effects.join(", ")}; method, times and forever are optional.`,
    );
  }
  return { ...fault, left: forever === true ? "forever" : times } as unknown as Fault;
}
