import type { PathUncheckedResponse, RequestParameters } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/identity";

/** What a request has besides its method and path. */
export type RequestParts = Pick<RequestParameters, "body" | "headers" | "queryParameters" | "timeout">;

/**
 * Sends a request and returns the body of the answer.
 *
 * @throws Refusal
 */
export type Send = <Answer>(
  method: "get" | "post" | "put" | "patch" | "delete",
  path: string,
  parts?: RequestParts,
) => Promise<Answer>;

/** Azure answered with an error. The message names the host, the status and the code. Errors of Azure's SDKs have these fields too. */
export interface Refusal extends Error {
  readonly statusCode: number;
  /** Such as `AuthorizationFailed`. */
  readonly code?: string;
}

/** By its fields: each of Azure's SDKs has its own class. */
export function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof Error &&
    error.name === "RestError" &&
    "statusCode" in error &&
    error.statusCode !== undefined
  );
}

/**
 * Connects to an API of Azure. Without a credential the requests have no token.
 *
 * @param endpoint such as `https://graph.microsoft.com`
 * @param audience whom tokens are for
 */
export async function sender(
  endpoint: string,
  credential?: TokenCredential,
  audience = endpoint,
): Promise<Send> {
  const { createRestError, getClient } = await import("@azure-rest/core-client");
  const client = getClient(endpoint, credential, { credentials: { scopes: [`${audience}/.default`] } });
  return async <Answer>(...[method, path, parts]: Parameters<Send>) => {
    const answer = await client.pathUnchecked(path)[method](parts);
    if (Number(answer.status) >= 400) throw createRestError(sentenceFor(answer), answer);
    return answer.body as Answer;
  };
}

/** Connects with the first request. */
export function connecting(connect: () => Promise<Send>): Send {
  let connected: Promise<Send> | undefined;
  return async <Answer>(...request: Parameters<Send>) => {
    connected ??= connect();
    return (await connected)<Answer>(...request);
  };
}

function sentenceFor({ request, status, body }: PathUncheckedResponse): string {
  const { code, message } =
    (body as { error?: { code?: string; message?: string } } | undefined)?.error ?? {};
  const answer = [`status ${status}`, ...(code ? [`(${code})`] : [])].join(" ");
  return `${new URL(request.url).host} answered with ${answer}${message ? `: ${message}` : "."}`;
}

interface Page<Item> {
  readonly value?: readonly Item[];
  readonly nextLink?: string;
}

/** Everything in a collection, over all pages. */
export async function everything<Item>(send: Send, path: string, parts: RequestParts): Promise<Item[]> {
  const items: Item[] = [];
  for (let next: string | undefined = path; next;) {
    const { value = [], nextLink }: Page<Item> = await send("get", next, parts);
    items.push(...value);
    next = nextLink;
  }
  return items;
}
