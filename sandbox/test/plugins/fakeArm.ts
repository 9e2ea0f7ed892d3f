import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { ArmClient } from "../../plugins/azureNative/armClient.ts";
import { AzureNativeProvider } from "../../plugins/azureNative/azureNativeProvider.ts";
import type { Properties } from "../../plugins/properties.ts";

export const subscriptionId = "00000000-0000-0000-0000-000000000001";
export const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly apiVersion: string;
  readonly body: Properties | undefined;
}

interface Scripted {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/**
 * An ARM that keeps what is put and knows no rules. What a test says with `answer` comes first, once for each time it
 * was said.
 */
export class FakeArm {
  readonly requests: Sent[] = [];
  readonly resources = new Map<string, Properties>();
  readonly #scripted = new Map<string, Scripted[]>();
  url = "";

  /** The next answer to `METHOD path`. */
  answer(request: string, scripted: Scripted): void {
    const queue = this.#scripted.get(request) ?? [];
    queue.push(scripted);
    this.#scripted.set(request, queue);
  }

  /** Requests as `METHOD path`, in order. */
  get sent(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  lastPut(): Properties {
    return this.requests.findLast(({ method }) => method === "PUT")?.body ?? {};
  }

  handle(sent: Sent, response: ServerResponse): void {
    this.requests.push(sent);
    const { status, body, headers } =
      this.#scripted.get(`${sent.method} ${sent.path}`)?.shift() ?? this.#kept(sent);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === undefined ? "" : JSON.stringify(body));
  }

  #kept({ method, path, body }: Sent): Scripted {
    if (method === "PUT") this.resources.set(path, { ...body, id: path, name: path.split("/").at(-1) ?? "" });
    const resource = this.resources.get(path);
    if (method === "DELETE") return { status: this.resources.delete(path) ? 200 : 204 };
    if (resource) return { status: 200, body: resource };
    return { status: 404, body: { error: { code: "ResourceNotFound", message: `${path} was not found.` } } };
  }
}

export async function startFakeArm(): Promise<FakeArm> {
  const arm = new FakeArm();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { pathname, searchParams } = new URL(incoming.url ?? "/", arm.url);
      const text = Buffer.concat(chunks).toString();
      arm.handle(
        {
          method: incoming.method ?? "",
          path: pathname,
          apiVersion: searchParams.get("api-version") ?? "",
          body: text ? (JSON.parse(text) as Properties) : undefined,
        },
        response,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  arm.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return arm;
}

export const clientOf = (arm: FakeArm) => new ArmClient(arm.url, () => Promise.resolve("token"));

/** A configured provider whose ARM is the fake one. */
export function providerOn(arm: FakeArm, config: Record<string, string> = {}): AzureNativeProvider {
  const clientConfig = { clientId: "client", objectId: "object", subscriptionId, tenantId: "tenant" };
  const provider = new AzureNativeProvider("3.28.0", () => ({
    subscriptionId,
    arm: () => Promise.resolve(clientOf(arm)),
    clientConfig: () => Promise.resolve(clientConfig),
  }));
  provider.configure(config);
  return provider;
}

/** A resource as requests name it. */
export const resource = (type: string, name = "it") => ({
  type,
  urn: `urn:pulumi:test::project::${type}::${name}`,
  timeout: 60,
});
