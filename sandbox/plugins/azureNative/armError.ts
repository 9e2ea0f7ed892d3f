import { isObject, type Properties, type Value } from "../properties.ts";

/** What ARM refused, in azure-native's words (`newResponseError` in provider/pkg/azure/client_azcore.go). */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(answer: Answer) {
    const { code, message } = reason(answer);
    super(`Status=${answer.status}${code ? ` Code="${code}"` : ""} Message="${message}"`);
    this.status = answer.status;
    this.code = code;
  }
}

/** A response that was read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body if it is a JSON object; otherwise empty. */
  readonly body: Properties;
}

/** The error code of a response, and its message: the whole body if it does not look like ARM's. */
export function reason(answer: Answer): { code: string; message: string } {
  const { error } = answer.body;
  const within = isObject(error) ? error : {};
  const code = answer.headers.get("x-ms-error-code") ?? (text(within["code"]) || text(answer.body["code"]));
  return { code, message: text(within["message"]) || answer.text };
}

const text = (value: Value | undefined) => (typeof value === "string" ? value : "");
