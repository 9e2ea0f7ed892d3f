import { Pause } from "../azureNative/pause.ts";
import { isObject, type Properties } from "../properties.ts";

/** What Graph refused, in the words of the client under azuread (sdk/client/client.go, hashicorp/go-azure-sdk). */
class GraphError extends Error {
  readonly status: number;

  constructor(status: number, reason: string, body: Properties) {
    const { code, message } = (body["error"] ?? {}) as { code?: string; message?: string };
    super(
      `unexpected status ${String(status)} (${String(status)} ${reason}) with error: ${code ?? ""}: ${message ?? ""}`,
    );
    this.status = status;
  }
}

/** RetryMax of the client under go-azure-sdk (hashicorp/go-retryablehttp). */
const retries = 4;
/** How often it looks for what it has just created. */
const looks = 40;

/** Requests to Microsoft Graph, repeated as go-azure-sdk does (sdk/client/client.go). */
export class GraphClient {
  /** Graph's address with the version, which objects are referred to with. */
  readonly baseUri: string;
  readonly #address: string;
  readonly #token: () => Promise<string>;
  readonly #isCreating: boolean;

  /**
   * @param address such as `https://127.0.0.1:8443`
   * @param isCreating whether a 404 can be of something that is not everywhere yet
   */
  constructor(address: string, token: () => Promise<string>, isCreating = false) {
    this.baseUri = `${address.replace(/\/$/, "")}/v1.0`;
    this.#address = address;
    this.#token = token;
    this.#isCreating = isCreating;
  }

  /** The client for what follows a creation: a 404 is tried again until Graph shows the object. */
  creating(): GraphClient {
    return new GraphClient(this.#address, this.#token, true);
  }

  /**
   * @param path behind the version, such as `/applications/<id>`
   * @throws GraphError when it was refused
   */
  async send(method: string, path: string, body?: Properties): Promise<Properties> {
    const pause = new Pause(2);
    for (let attempt = 1; ; attempt++) {
      const response = await this.#once(method, path, body);
      const text = await response.text();
      const answer: unknown = text === "" ? {} : JSON.parse(text);
      const properties = isObject(answer) ? answer : {};
      if (response.ok) return properties;
      const mayHelp =
        response.status === 404
          ? this.#isCreating && attempt <= looks
          : isPassing(response) && attempt <= retries;
      if (!mayHelp) throw new GraphError(response.status, response.statusText, properties);
      await pause.after(response.headers);
    }
  }

  async #once(method: string, path: string, body: Properties | undefined): Promise<Response> {
    return fetch(`${this.baseUri}${path}`, {
      method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${await this.#token()}`,
        ...(body ? { "content-type": "application/json; charset=utf-8" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  get(path: string): Promise<Properties> {
    return this.send("GET", path);
  }

  /** The object, or undefined if there is none. */
  async find(path: string): Promise<Properties | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof GraphError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The address of an object, as references to it are written. */
  reference(objectId: string): string {
    return `${this.baseUri}/directoryObjects/${objectId}`;
  }
}

/** DefaultRetryPolicy of hashicorp/go-retryablehttp. */
const isPassing = ({ status }: Response) => status === 429 || (status >= 500 && status !== 501);
