import { ArmError } from "../arm/error.ts";
import { failLater } from "../arm/lifecycle.ts";
import { GraphError } from "../graph/error.ts";
import { isGraph } from "../graph/graph.ts";
import type { Answer, Request } from "../http.ts";
import { isSignIn } from "../signIn/signIn.ts";
import type { World } from "../state.ts";
import type { Fault, Refusal } from "./fault.ts";

/** How a request ends for the caller. */
export interface Outcome {
  /** What Azure answers; absent: the request never reaches it. */
  readonly answer?: Answer;
  /** Seconds until the answer arrives. */
  readonly delay?: number;
  /** The connection ends without an answer. */
  readonly isDropped?: true;
}

/** Serves a request, unless a fault that a test has set strikes it. */
export function serveUnderFaults(world: World, request: Request, serve: () => Answer): Outcome {
  const fault = faultFor(world, request);
  if (!fault) return { answer: serve() };
  const refuse = (refusal: Refusal) => refusalAt(request.url.pathname, refusal, world.now());
  if ("acceptThenFail" in fault) {
    const answer = serve();
    // If Azure refuses the request at once, the fault waits for the next one.
    if (answer.status >= 300) return { answer };
    use(world, fault);
    if (failLater(world, request.url.pathname, fault.acceptThenFail)) return { answer };
    const message = "This change is applied at once, so it cannot fail later: use the fault 'answer'.";
    return { answer: refuse({ status: 500, code: "SandboxFault", message }) };
  }
  use(world, fault);
  if ("answer" in fault) return { answer: refuse(fault.answer) };
  if ("throttle" in fault) {
    const message = `The request is throttled. Try again after ${fault.throttle} seconds.`;
    const answer = refuse({ status: 429, code: "TooManyRequests", message });
    return { answer: { ...answer, headers: { "Retry-After": String(fault.throttle) } } };
  }
  if ("drop" in fault)
    return fault.drop === "before" ? { isDropped: true } : { answer: serve(), isDropped: true };
  return { answer: serve(), delay: fault.delay };
}

function faultFor({ state }: World, { method, url }: Request): Fault | undefined {
  return state.faults.find(
    (one) =>
      (one.method ?? method).toUpperCase() === method && new RegExp(one.pathPattern, "i").test(url.pathname),
  );
}

function use({ state }: World, fault: Fault): void {
  if (fault.left !== "forever") fault.left -= 1;
  state.faults = state.faults.filter(({ left }) => left !== 0);
}

/** A refusal in the form of the service behind a path. */
function refusalAt(path: string, { status, code, message }: Refusal, now: number): Answer {
  if (isGraph(path)) return new GraphError(status, code, message).answer(now);
  if (isSignIn(path)) return { status, body: { error: code, error_description: message } };
  return new ArmError(status, code, message).answer();
}
