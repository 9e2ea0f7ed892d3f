import { MistakesError } from "../streaming/wording/mistakes.ts";
import { isRefusal } from "../azure/requests.ts";
import { isSignInFailure, reasonIn } from "../azure/signIn/reason.ts";

/** What keeps a tool from its work, as a sentence for the person at the keyboard. */
export class Failure extends Error {
  /** 2: used wrongly; 1: it could not be done. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What to say about an error that is not a fault of the program; undefined for one that is. */
export function sentenceFor(error: unknown): string | undefined {
  if (error instanceof Failure || error instanceof MistakesError) return error.message;
  if (isRefusal(error)) {
    const fix =
      error.statusCode === 401 ? " Sign in again: `az login`, or renew what the ARM_ variables hold." : "";
    return `Azure refused a question that everything else depends on: ${error.message}${fix}`;
  }
  if (!(error instanceof Error)) return undefined;
  if (error.name === "SignInError") return error.message;
  const unreachable = networkError(error);
  if (unreachable)
    return `Azure cannot be reached: ${unreachable}. Look at the network, the proxy and the cloud.`;
  if (isSignInFailure(error)) {
    return `Not signed in to Azure: ${reasonIn(error.message)} Sign in with \`az login\`, or set the ARM_ variables that the azure-native provider uses.`;
  }
  return undefined;
}

/** `getaddrinfo ENOTFOUND login.microsoftonline.com`; undefined for what is no trouble with the network. */
function networkError(error: Error): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined && /^(E[A-Z_]+|UND_ERR_\w+|\w*CERT\w*|DEPTH_ZERO\w+)$/.test(code)) {
      return cause.message === "" ? code : cause.message;
    }
    if (/\bE(CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|HOSTUNREACH|AI_AGAIN)\b/.test(cause.message))
      return cause.message;
  }
  return undefined;
}
