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

/** Requests to Microsoft Graph. */
export class GraphClient {
  /** Graph's address with the version, which objects are referred to with. */
  readonly baseUri: string;
  readonly #token: () => Promise<string>;

  /** @param address such as `https://127.0.0.1:8443` */
  constructor(address: string, token: () => Promise<string>) {
    this.baseUri = `${address.replace(/\/$/, "")}/v1.0`;
    this.#token = token;
  }

  /**
   * @param path behind the version, such as `/applications/<id>`
   * @throws GraphError when it was refused
   */
  async send(method: string, path: string, body?: Properties): Promise<Properties> {
    const response = await fetch(`${this.baseUri}${path}`, {
      method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${await this.#token()}`,
        ...(body ? { "content-type": "application/json; charset=utf-8" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const answer: unknown = text === "" ? {} : JSON.parse(text);
    const properties = isObject(answer) ? answer : {};
    if (!response.ok) throw new GraphError(response.status, response.statusText, properties);
    return properties;
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
