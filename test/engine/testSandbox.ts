import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { join } from "node:path";
import { afterAll } from "vitest";
import { parseDocument, stringify } from "yaml";
import {
  checkout,
  newSalt,
  Project,
  type Result,
  Sandbox,
  secure,
  type Snapshot,
} from "defender-streaming-sandbox";
import type { SignIn } from "defender-streaming-sandbox/signIns";
import type { Outputs } from "../../streaming/outputs.ts";
import type { NamedFinding } from "../../tools/preflight/finding.ts";

/** A line of the log of served requests. */
export interface Served {
  method: string;
  url: string;
  status: number;
  requestBody?: unknown;
  responseBody?: unknown;
}

/** A step of `pulumi preview --json`. */
interface Step {
  op: string;
  urn: string;
}

/** A sandbox in a folder of its own, whose path has a space in it, with stack files that a test writes. */
export class TestSandbox {
  readonly stackFiles: string;
  readonly #sandbox: Sandbox;
  #seeded: ReadonlySet<string> = new Set();

  constructor(sandbox: Sandbox, stackFiles: string) {
    this.#sandbox = sandbox;
    this.stackFiles = stackFiles;
  }

  get directory(): string {
    return this.#sandbox.project.directory;
  }

  /** The embedded Azure, for those who sign in to it. */
  get azure(): Sandbox["azure"] {
    return this.#sandbox.azure;
  }

  /** Writes `Pulumi.<stack>.yaml`. Keys without a namespace are this project's. */
  configure(stack: string, settings: Record<string, unknown>): void {
    const config = Object.entries({ "azure-native:location": "westeurope", ...settings }).map(
      ([key, value]) => [key.includes(":") ? key : `defender-streaming:${key}`, value],
    );
    writeFileSync(
      join(this.stackFiles, `Pulumi.${stack}.yaml`),
      // In quotes text stays text, whatever it looks like.
      stringify(
        { config: Object.fromEntries(config) as unknown },
        { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
      ),
    );
  }

  /** Adds secrets to `Pulumi.<stack>.yaml`, as `pulumi config set --secret` does. */
  addSecrets(stack: string, secrets: Readonly<Record<string, string>>): void {
    const file = join(this.stackFiles, `Pulumi.${stack}.yaml`);
    const document = parseDocument(readFileSync(file, "utf8"));
    const salt = newSalt();
    document.set("encryptionsalt", salt);
    for (const [key, text] of Object.entries(secrets)) {
      document.setIn(["config", key], { secure: secure(salt, text) });
    }
    writeFileSync(file, document.toString());
  }

  /** Takes a stack file of the checkout as it is. */
  copyStackFile(stack: string): void {
    const file = `Pulumi.${stack}.yaml`;
    cpSync(join(checkout, file), join(this.stackFiles, file));
  }

  /** From here on the stack of this name is made from the example of that name. */
  rememberExample(name: string): void {
    this.#sandbox.project.rememberExample(name);
  }

  run(...args: string[]): Promise<Result> {
    return this.#sandbox.capture(args);
  }

  /** Runs a tool of the project in the sandbox. */
  tool(name: string, ...args: string[]): Promise<Result> {
    return this.#sandbox.captureTool(name, args);
  }

  /** Runs a command that must succeed. */
  async ok(...args: string[]): Promise<string> {
    const result = await this.run(...args);
    if (result.code !== 0)
      throw new Error(
        `pulumi ${args.join(" ")} ended with ${String(result.code)}:\n${result.stdout}\n${result.stderr}`,
      );
    return result.stdout;
  }

  /** Runs a command that must fail. Returns all that it said, and what it changed in Azure all the same. */
  async refused(...args: string[]): Promise<{ said: string; changes: string[] }> {
    let said = "";
    const changes = await this.changes(async () => {
      const { code, stdout, stderr } = await this.run(...args);
      said = stdout + stderr;
      if (code === 0) throw new Error(`pulumi ${args.join(" ")} succeeded:\n${said}`);
    });
    return { said, changes };
  }

  up = (stack: string, ...args: string[]) =>
    this.ok("up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack, ...args);

  /** The stack's outputs, as this version writes them. */
  outputs = async <T = Outputs>(stack: string) =>
    JSON.parse(await this.ok("stack", "output", "--json", "--stack", stack)) as T;

  /** What a preview would do: `update Namespace defender-ns1`, without what stays the same. */
  async preview(stack: string, ...args: string[]): Promise<string[]> {
    const said = await this.ok("preview", "--json", "--stack", stack, ...args);
    const { steps } = JSON.parse(said) as { steps: Step[] };
    return steps
      .filter(({ op }) => !["same", "read", "refresh"].includes(op))
      .map(({ op, urn }) => `${op} ${shortName(urn)}`);
  }

  /** All requests that the embedded Azure has served. */
  served(): Served[] {
    const file = join(this.directory, "requests.jsonl");
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Served);
  }

  /** The changes that a piece of work made in Azure: `PUT namespaces/x`, in order. */
  async changes(work: () => Promise<unknown>): Promise<string[]> {
    const before = this.served().length;
    await work();
    return this.served()
      .slice(before)
      .filter(({ method, url }) => method !== "GET" && method !== "HEAD" && url.includes("/subscriptions/"))
      .map(({ method, url }) => `${method} ${lastPart(url)}`);
  }

  get subscription(): string {
    return `/subscriptions/${this.#sandbox.environment["ARM_SUBSCRIPTION_ID"] ?? ""}`;
  }

  /** Everything there is in Azure with its properties, by id. */
  async inventory(): Promise<Record<string, unknown>> {
    const response = await fetch(`https://127.0.0.1:${String(this.#sandbox.azure.port)}/sandbox/inventory`);
    return (await response.json()) as Record<string, unknown>;
  }

  /** The ids of what has been made in the subscription, role assignments included. */
  async resources(): Promise<string[]> {
    const { subscription } = this;
    const list = async (path: string, apiVersion: string) =>
      (await this.arm<{ value: { id: string }[] }>("GET", `${subscription}/${path}`, apiVersion)).value.map(
        ({ id }) => id,
      );
    const all = [
      ...(await list("resources", "2021-04-01")),
      ...(await list("resourcegroups", "2021-04-01")),
      ...(await list("providers/Microsoft.Authorization/roleAssignments", "2022-04-01")),
    ];
    return all.filter((id) => !this.#seeded.has(id));
  }

  /** Takes what is there now as the subscription's own. */
  async begin(): Promise<void> {
    this.#seeded = new Set(Object.keys(await this.inventory()));
  }

  /** Puts a snapshot in the place of all that there is in Azure. */
  restore = (snapshot: Snapshot) => this.control("snapshot", snapshot, "PUT");

  /** A request to the embedded Azure's controls, which stand for what happens in Azure by itself. */
  async control(path: string, body: unknown, method = "POST"): Promise<void> {
    const response = await fetch(`https://127.0.0.1:${String(this.#sandbox.azure.port)}/sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`/sandbox/${path}: ${String(response.status)} ${await response.text()}`);
  }

  /** A request of somebody else, behind the stack's back. */
  async arm<T = unknown>(
    method: string,
    id: string,
    apiVersion = "2024-01-01",
    body?: unknown,
    ifMatch?: string,
  ): Promise<T> {
    const response = await fetch(`${this.#origin}${id}?api-version=${apiVersion}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#token(this.#origin)}`,
        "content-type": "application/json",
        ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${id}: ${String(response.status)} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** The same sandbox with somebody else signed in, or in another way. */
  async as(signIn: SignIn): Promise<TestSandbox> {
    const sandbox = await Sandbox.open(this.#sandbox.project, process.env, signIn);
    return new TestSandbox(sandbox, this.stackFiles);
  }

  /** What preflight finds for a stack file. */
  async preflight(stack: string): Promise<NamedFinding[]> {
    const program = join(checkout, "tools", "preflight", "main.ts");
    const args = [program, "--stack", stack, "--cwd", this.stackFiles, "--json"];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { env: this.#sandbox.environment }, (_error, stdout, stderr) => {
        if (stdout === "") reject(new Error(stderr));
        else resolve(JSON.parse(stdout) as NamedFinding[]);
      });
    });
  }

  /** A request of somebody else to Microsoft Graph. @param path behind `/v1.0/` */
  async graph<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#origin}/v1.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#token("https://graph.microsoft.com")}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  get #origin(): string {
    return `https://127.0.0.1:${String(this.#sandbox.azure.port)}`;
  }

  async #token(audience: string): Promise<string> {
    const { ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET } = this.#sandbox.environment;
    const login = await fetch(`${this.#origin}/${ARM_TENANT_ID ?? ""}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: ARM_CLIENT_ID ?? "",
        client_secret: ARM_CLIENT_SECRET ?? "",
        scope: `${audience}/.default`,
      }),
    });
    return ((await login.json()) as { access_token: string }).access_token;
  }

  close(): void {
    this.#sandbox.close();
  }
}

/**
 * Opens a sandbox for the tests of a file, and takes it away after them.
 *
 * @param program the folder with Pulumi.yaml and the program.
 * @param atEnd when to take it away; after the tests of the file by default.
 */
export async function testSandbox(
  user: Record<string, string | undefined> = process.env,
  program = checkout,
  atEnd: (work: () => void) => void = afterAll,
): Promise<TestSandbox> {
  const folder = mkdtempSync(join(tmpdir(), "defender streaming "));
  const stackFiles = join(folder, "stacks");
  mkdirSync(stackFiles);
  cpSync(join(checkout, "examples"), join(stackFiles, "examples"), { recursive: true });
  const sandbox = await Sandbox.open(new Project(join(folder, "sandbox"), program, stackFiles), user);
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(sandbox.azure.caFile, "utf8")]);
  atEnd(() => {
    sandbox.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  const opened = new TestSandbox(sandbox, stackFiles);
  await opened.begin();
  return opened;
}

/** `…defender-streaming:index:EventHubDestination$azure-native:eventhub:EventHub::defender-ns1-deviceinfo` → `EventHub defender-ns1-deviceinfo`. */
function shortName(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split(":").at(-1) ?? ""} ${name}`;
}

/** The resource's type and name: `…/namespaces/n/eventhubs/h?api-version=…` → `eventhubs/h`. */
function lastPart(url: string): string {
  return new URL(url, "https://azure").pathname.split("/").slice(-2).join("/");
}
