import { randomUUID } from "node:crypto";
import type { Answer } from "../http.ts";

/** A refusal, in the form Microsoft Graph gives it (concepts/errors.md, microsoftgraph/microsoft-graph-docs-contrib). */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  answer(now: number): Answer {
    const { status, code, message } = this;
    const requestId = randomUUID();
    const innerError = {
      date: new Date(now).toISOString().slice(0, 19),
      "request-id": requestId,
      "client-request-id": requestId,
    };
    return { status, body: { error: { code, message, innerError } } };
  }
}

export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function badRequest(message: string): GraphError {
  return new GraphError(400, "Request_BadRequest", message);
}

export function unknownSegment(segment: string): GraphError {
  return new GraphError(400, "BadRequest", `Resource not found for the segment '${segment}'.`);
}

export function methodNotAllowed(): GraphError {
  return new GraphError(
    405,
    "Request_BadRequest",
    "Specified HTTP method is not allowed for the request target.",
  );
}
