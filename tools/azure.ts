import type { TokenCredential } from "@azure/identity";
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  type Pipeline,
} from "@azure/core-rest-pipeline";

/** Azure has answered with an error. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The action that the caller may not perform, where Azure names it. */
  get action(): string | undefined {
    return /perform action '([^']+)'/.exec(this.message)?.[1];
  }
}

/** Asks an API of Azure; what was asked before is not asked again. */
export class Azure {
  readonly #endpoint: string;
  readonly #pipeline: Pipeline;
  readonly #client = createDefaultHttpClient();
  readonly #answers = new Map<string, Promise<unknown>>();

  /** @param endpoint such as `https://management.azure.com` */
  constructor(endpoint: string, credential: TokenCredential, scope: string) {
    this.#endpoint = endpoint;
    this.#pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 2, retryDelayInMs: 500 } });
    this.#pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }));
  }

  /** @throws Refusal */
  get<Answer>(path: string, apiVersion: string): Promise<Answer> {
    return this.#ask<Answer>("GET", this.#address(path, apiVersion));
  }

  /** A question that needs a body. */
  post<Answer>(path: string, apiVersion: string, body: unknown): Promise<Answer> {
    return this.#ask<Answer>("POST", this.#address(path, apiVersion), body);
  }

  /** Everything of a collection, over all pages. */
  async list<Item>(path: string, apiVersion: string): Promise<Item[]> {
    const items: Item[] = [];
    let address: string | undefined = this.#address(path, apiVersion);
    while (address !== undefined) {
      const page: { value: Item[]; nextLink?: string } = await this.#ask("GET", address);
      items.push(...page.value);
      address = page.nextLink;
    }
    return items;
  }

  #address(path: string, apiVersion: string): string {
    return `${this.#endpoint}${path}${path.includes("?") ? "&" : "?"}api-version=${apiVersion}`;
  }

  #ask<Answer>(method: HttpMethods, url: string, body?: unknown): Promise<Answer> {
    const key = `${method} ${url} ${JSON.stringify(body)}`;
    const answer = this.#answers.get(key) ?? this.#send(method, url, body);
    this.#answers.set(key, answer);
    return answer as Promise<Answer>;
  }

  async #send(method: HttpMethods, url: string, body: unknown): Promise<unknown> {
    const request = createPipelineRequest({
      method,
      url,
      headers: createHttpHeaders({ accept: "application/json", "content-type": "application/json" }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status, bodyAsText } = await this.#pipeline.sendRequest(this.#client, request);
    if (status < 300) return JSON.parse(bodyAsText ?? "null");
    throw refusal(status, bodyAsText ?? "");
  }
}

function refusal(status: number, text: string): Refusal {
  try {
    const { code, message } = (JSON.parse(text) as { error: { code: string; message: string } }).error;
    return new Refusal(status, code, message);
  } catch {
    return new Refusal(status, "", `Azure answered with status ${String(status)}.`);
  }
}
