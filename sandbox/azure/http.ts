import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** One request, read to its end. */
export interface Request {
  readonly method: string;
  /** Full address, with the host and port the caller used. */
  readonly url: URL;
  readonly authorization: string | undefined;
  /** The ETag that the caller has seen. */
  readonly ifMatch: string | undefined;
  /** What the machine's identity endpoint wants to see. */
  readonly identityHeader: string | undefined;
  /** The body as text, `""` when there is none. */
  readonly text: string;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON. Absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds until it is sent. Default: none. */
  readonly delay?: number | undefined;
}

export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? "GET",
    // Joined as text: some clients begin a path with two slashes, which is no host.
    url: new URL(`https://${incoming.headers.host ?? "localhost"}${incoming.url ?? "/"}`),
    authorization: incoming.headers.authorization,
    ifMatch: incoming.headers["if-match"],
    identityHeader: incoming.headers["x-identity-header"]?.toString(),
    text: Buffer.concat(chunks).toString("utf8"),
  };
}

/** The value of a query parameter; names are compared without regard to case, as Azure does. */
export function query(url: URL, name: string): string | undefined {
  for (const [key, value] of url.searchParams) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

export function send(response: ServerResponse, answer: Answer): void {
  const text = answer.body === undefined ? "" : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    "Cache-Control": "no-cache",
    "x-ms-request-id": randomUUID(),
    ...(text === "" ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    ...(answer.status === 204 ? {} : { "Content-Length": Buffer.byteLength(text) }),
    ...answer.headers,
  });
  response.end(text);
}
