import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll } from "vitest";

import type { Azure } from "../azure/server.ts";
import { startAzure } from "../azure/server.ts";
import { clientSecret, deployer, subscriptionId, tenantId } from "../azure/tenant.ts";
import { trust } from "./trust.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export const subscription = `/subscriptions/${subscriptionId}`;

const versions: readonly [RegExp, string][] = [
  [/microsoft\.authorization\/[^/]+(\/[^/]+)?$/i, "2022-04-01"],
  [/microsoft\.eventhub\/./i, "2024-01-01"],
  [/./, "2022-09-01"],
];

/** An embedded Azure for one test file, with a clock that only the tests move. */
export class TestAzure {
  readonly directory = mkdtempSync(join(tmpdir(), "embedded azure "));
  #azure: Azure | undefined;
  #graphToken: string | undefined;
  readonly #tokens = new Map<string, string>();
  #time = Date.now();

  /** What its clock shows, ms since 1970. */
  get now(): number {
    return this.#time;
  }

  /** Where it is, for those who sign in to it. */
  get address(): { port: number; caFile: string } {
    if (!this.#azure) throw new Error("It has not started.");
    return this.#azure;
  }

  get origin(): string {
    return `https://127.0.0.1:${String(this.#azure?.port)}`;
  }

  async start(requestLogs?: readonly string[]): Promise<void> {
    this.#azure = await startAzure({
      directory: this.directory,
      ...(requestLogs && { requestLogs }),
      now: () => this.#time,
    });
    trust(this.#azure.caFile);
  }

  async stop(): Promise<void> {
    await this.#azure?.close();
  }

  /** Lets time pass, by default enough for anything Azure has begun to be finished; in an hour tokens expire. */
  pass(ms = 60_000): void {
    this.#time += ms;
    if (ms >= 3_600_000) this.#tokens.clear();
  }

  async signIn(form: Record<string, string> = {}, tenant: string = tenantId): Promise<Reply> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: deployer.appId,
      ...(!("client_assertion" in form) && { client_secret: clientSecret }),
      scope: "https://management.azure.com/.default",
      ...form,
    });
    return reply(await fetch(`${this.origin}/${tenant}/oauth2/v2.0/token`, { method: "POST", body }));
  }

  /** A request to ARM, with a token and the api-version that goes with the path (`""`: none). */
  async arm(
    method: string,
    path: string,
    body?: unknown,
    version = versionFor(path),
    ifMatch?: string,
  ): Promise<Reply> {
    return this.armAs(deployer.appId, method, path, body, version, ifMatch);
  }

  /** The same from another application. */
  async armAs(
    appId: string,
    method: string,
    path: string,
    body?: unknown,
    version = versionFor(path),
    ifMatch?: string,
  ): Promise<Reply> {
    const token =
      this.#tokens.get(appId) ??
      ((await this.signIn({ client_id: appId })).body as { access_token: string }).access_token;
    this.#tokens.set(appId, token);
    const mark = path.includes("?") ? "&" : "?";
    const url = `${this.origin}${path}${version === "" ? "" : `${mark}api-version=${version}`}`;
    const headers = { authorization: `Bearer ${token}`, ...(ifMatch && { "if-match": ifMatch }) };
    return reply(
      await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
    );
  }

  /** A request to Microsoft Graph, with a token for it. @param path behind `/v1.0/` */
  async graph(method: string, path: string, body?: unknown): Promise<Reply> {
    this.#graphToken ??= (
      (await this.signIn({ scope: "https://graph.microsoft.com/.default" })).body as { access_token: string }
    ).access_token;
    const headers = { authorization: `Bearer ${this.#graphToken}` };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return reply(await fetch(`${this.origin}/v1.0/${path}`, init));
  }

  async control(method: string, path: string, body?: unknown): Promise<Reply> {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await reply(await fetch(`${this.origin}/sandbox/${path}`, init));
    if (answer.status >= 400) throw new Error(`The sandbox refuses this: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** A group in a subscription whose providers are registered. @returns its id */
  async group(name = "rg", location = "westus"): Promise<string> {
    await this.control("POST", "registration", { namespace: "Microsoft.EventHub", state: "Registered" });
    await this.arm("PUT", `${subscription}/resourceGroups/${name}`, { location });
    return `${subscription}/resourceGroups/${name}`;
  }

  /** A finished namespace. @returns its id */
  async namespace(
    name: string,
    sku: object = { name: "Standard" },
    properties: object = {},
  ): Promise<string> {
    const id = `${await this.group()}/providers/Microsoft.EventHub/namespaces/${name}`;
    const created = await this.arm("PUT", id, { location: "westus", sku, properties });
    if (created.status !== 200) throw new Error(JSON.stringify(created.body));
    this.pass();
    return id;
  }

  log(): Record<string, unknown>[] {
    const lines = readFileSync(join(this.directory, "requests.jsonl"), "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** Starts before a file's tests, and ends after them. */
export async function testAzure(): Promise<TestAzure> {
  const azure = new TestAzure();
  await azure.start();
  afterAll(async () => {
    await azure.stop();
    rmSync(azure.directory, { recursive: true });
  });
  return azure;
}

/** `409 ScopeLocked`: what a caller has to know of a refusal. */
export function refusal({ status, body }: Reply): string {
  return `${String(status)} ${(body as { error: { code: string } }).error.code}`;
}

export function message({ body }: Reply): string {
  return (body as { error: { message: string } }).error.message;
}

function versionFor(path: string): string {
  return versions.find(([pattern]) => pattern.test(path))?.[1] ?? "";
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
    headers: response.headers,
  };
}
