import { type Answer, ArmError, reason } from "./armError.ts";
import { ended } from "./longRunning.ts";
import { Pause, retryAfter } from "./pause.ts";
import { isObject, type Properties } from "../properties.ts";

type Method = "GET" | "PUT" | "PATCH" | "POST" | "DELETE";

/** MaxRetryDelay of client_azcore.go, in seconds. azcore does not try again what asks for more (`runtime/policy_retry.go`). */
const longestRetryAfter = 120;

/** Requests to ARM as azure-native's client sends them (provider/pkg/azure/client_azcore.go and azcore's pipeline under it). */
export class ArmClient {
  readonly #endpoint: string;
  readonly #token: () => Promise<string>;

  /** @param endpoint ARM's address, e.g. `https://127.0.0.1:8443` */
  constructor(endpoint: string, token: () => Promise<string>) {
    this.#endpoint = endpoint.replace(/\/$/, "");
    this.#token = token;
  }

  /** @throws ArmError unless the answer is 200 */
  async get(id: string, apiVersion: string, signal?: AbortSignal): Promise<Properties> {
    const answer = await this.send("GET", this.#url(id, apiVersion), undefined, signal);
    if (answer.status !== 200) throw new ArmError(answer);
    return answer.body;
  }

  /** @throws ArmError unless the answer is 200 */
  async list(
    collection: string,
    apiVersion: string,
    filter: string,
    signal?: AbortSignal,
  ): Promise<Properties[]> {
    const url = `${this.#url(collection, apiVersion)}&$filter=${encodeURIComponent(filter)}`;
    const answer = await this.send("GET", url, undefined, signal);
    if (answer.status !== 200) throw new ArmError(answer);
    const { value } = answer.body;
    return Array.isArray(value) ? value.filter(isObject) : [];
  }

  /** @throws ArmError unless the answer is 200 or 201 */
  async post(id: string, apiVersion: string, body: Properties, signal?: AbortSignal): Promise<Properties> {
    const answer = await this.send("POST", this.#url(id, apiVersion), body, signal);
    if (answer.status !== 200 && answer.status !== 201) throw new ArmError(answer);
    return answer.body;
  }

  /**
   * Sends the body. If the operation is long-running, or the answer is 202, it waits for the end. A body with a null goes as a PATCH:
   * in a PUT, Azure does not take it for a removal (CreateOrUpdate in provider/pkg/provider/crud/crud.go, #4640).
   *
   * @throws ArmError when it was refused
   * @throws Unfinished when it was accepted and then failed
   */
  async put(
    id: string,
    apiVersion: string,
    body: Properties,
    longRunning: boolean,
    signal?: AbortSignal,
  ): Promise<Properties> {
    const url = this.#url(id, apiVersion);
    const answer = await this.send(hasNull(body) ? "PATCH" : "PUT", url, body, signal);
    if (![200, 201, 202].includes(answer.status)) throw new ArmError(answer);
    if (!longRunning && answer.status !== 202) return answer.body;
    try {
      return await ended(this.#look(signal), "PUT", url, answer, 10, signal);
    } catch (error) {
      throw new Unfinished(error);
    }
  }

  /** Deletes, and waits for the end if the operation is long-running. A resource that is gone is no error. */
  async delete(id: string, apiVersion: string, longRunning: boolean, signal?: AbortSignal): Promise<void> {
    const url = this.#url(id, apiVersion);
    try {
      const answer = await this.send("DELETE", url, undefined, signal);
      if (![200, 202, 204].includes(answer.status)) throw new ArmError(answer);
      if (longRunning) await ended(this.#look(signal), "DELETE", url, answer, 30, signal);
    } catch (error) {
      if (!(error instanceof ArmError && error.status === 404)) throw error;
    }
  }

  /**
   * Checks that a resource can be created: it must not exist. A 200 without a body counts as absent, as some services
   * answer so; a singleton always exists; what Azure creates with its parent must still be as Azure created it.
   *
   * @param isDefault whether a response shows the default state; undefined for a resource without one
   */
  async canCreate(
    id: string,
    apiVersion: string,
    kind: { singleton: boolean; isDefault?: (response: Properties) => boolean },
    signal?: AbortSignal,
  ): Promise<void> {
    const { status, text, body } = await this.send("GET", this.#url(id, apiVersion), undefined, signal);
    if (status === 404 || status === 204) return;
    if (status !== 200)
      throw new Error(`cannot check existence of resource '${id}': status code ${status}, ${text}`);
    if (kind.singleton) return;
    if (kind.isDefault) {
      if (!kind.isDefault(body)) throw new Error(`cannot create already existing subresource '${id}'`);
    } else if (Object.keys(body).length > 0)
      throw new Error(`cannot create already existing resource '${id}'`);
  }

  /** One request, repeated as azcore does (see `isWorthAnotherTry`). It registers a provider that is not registered. */
  async send(method: Method, url: string, body?: Properties, signal?: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#patiently(method, url, body, signal);
      const provider = unregisteredProvider(answer);
      if (provider === undefined) return answer;
      if (attempt === 3) throw new Error(`exceeded attempts to register ${provider}`);
      await this.#register(url, provider, signal);
    }
  }

  async #patiently(
    method: Method,
    url: string,
    body: Properties | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const pause = new Pause(20, signal);
    for (let attempt = 1; ; attempt++) {
      const last = attempt === 4;
      try {
        const answer = await this.#once(method, url, body, signal);
        if (last || !isWorthAnotherTry(answer)) return answer;
        await pause.after(answer.headers);
      } catch (error) {
        if (last || signal?.aborted || !(error instanceof TypeError)) throw unreachable(method, url, error);
        await pause.after();
      }
    }
  }

  async #once(
    method: Method,
    url: string,
    body: Properties | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${await this.#token()}`,
        ...(body ? { "content-type": "application/json; charset=utf-8" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** As azcore's policy_register_rp.go: register, wait up to 5 minutes, and the request is sent again. */
  async #register(url: string, provider: string, signal: AbortSignal | undefined): Promise<void> {
    const subscription = /\/subscriptions\/[^/]+/i.exec(url)?.[0] ?? "";
    const id = `${subscription}/providers/${provider}`;
    const deadline = Date.now() + 5 * 60_000;
    const pause = new Pause(15, signal);
    await this.post(`${id}/register`, "2019-05-01", {}, signal);
    while ((await this.get(id, "2019-05-01", signal))["registrationState"] !== "Registered") {
      if (Date.now() > deadline)
        throw new Error(`the registration of ${provider} did not end within 5 minutes`);
      await pause.after();
    }
  }

  #look(signal: AbortSignal | undefined): (url: string) => Promise<Answer> {
    return (url) => this.send("GET", url, undefined, signal);
  }

  #url(id: string, apiVersion: string): string {
    return `${this.#endpoint}/${id.replace(/^\//, "")}?api-version=${apiVersion}`;
  }
}

/** The operation was accepted and then failed: the resource may exist. */
export class Unfinished extends Error {
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.cause = cause;
  }
}

function isWorthAnotherTry(answer: Answer): boolean {
  if ((retryAfter(answer.headers) ?? 0) > longestRetryAfter) return false;
  return [408, 429, 500, 502, 503, 504].includes(answer.status) || isPassingConflict(answer);
}

/** The second code since #4497. */
const isPassingConflict = (answer: Answer) =>
  answer.status === 409 &&
  ["AnotherOperationInProgress", "StorageAccountOperationInProgress"].includes(reason(answer).code);

const hasNull = (body: Properties): boolean =>
  Object.values(body).some((value) => value === null || (isObject(value) && hasNull(value)));

function unregisteredProvider(answer: Answer): string | undefined {
  if (answer.status !== 409 || reason(answer).code !== "MissingSubscriptionRegistration") return undefined;
  const { error } = answer.body;
  const [detail] = isObject(error) && Array.isArray(error["details"]) ? error["details"] : [];
  return isObject(detail) && typeof detail["target"] === "string" ? detail["target"] : undefined;
}

function unreachable(method: Method, url: string, error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return new Error(`${method} ${url.replace(/\?.*/, "")}: ${cause}`);
}

function parsed(text: string): Properties {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}
