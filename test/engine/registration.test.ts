import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

// A user's shell may hold real credentials and a proxy: none of it may be used, kept or reached from inside.
const planted = {
  ARM_CLIENT_SECRET: "planted-arm-secret-8Q~kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
  AZURE_CLIENT_SECRET: "planted-azure-secret-8Q~kkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
  PULUMI_ACCESS_TOKEN: "pul-0123456789abcdef0123456789abcdef01234567",
  PULUMI_CONFIG_PASSPHRASE: "planted-passphrase",
  AZURE_TENANT_ID: "99999999-9999-4999-8999-999999999999",
  ARM_SUBSCRIPTION_ID: "99999999-9999-4999-8999-999999999999",
  SOME_API_KEY: "planted-other-secret",
};
const proxied: string[] = [];
const proxy = createServer((request, response) => {
  proxied.push(request.url ?? "");
  response.writeHead(502).end();
}).on("connect", (request, socket) => {
  proxied.push(request.url ?? "");
  socket.end("HTTP/1.1 502 no\r\n\r\n");
});
await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
afterAll(() => proxy.close());
const proxyAddress = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;

const sandbox = await testSandbox({
  ...process.env,
  ...planted,
  HTTPS_PROXY: proxyAddress,
  HTTP_PROXY: proxyAddress,
  https_proxy: proxyAddress,
  http_proxy: proxyAddress,
});
const stack = "registers";
const settings = { tables: ["DeviceInfo"], protect: false };
const registered = (changes: string[]) =>
  changes.filter((change) => change.startsWith("POST Microsoft.")).sort();

it("says which permission is missing when the registration is refused, and has created nothing that holds events", async () => {
  sandbox.configure(stack, settings);
  await sandbox.control("faults", {
    method: "POST",
    pathPattern: "/providers/Microsoft.Insights/register$",
    answer: {
      status: 403,
      code: "AuthorizationFailed",
      message:
        "The client does not have authorization to perform action 'Microsoft.Insights/register/action'.",
    },
  });
  const result = await sandbox.run("up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack);
  expect(result.code).not.toBe(0);
  expect(result.stdout + result.stderr).toMatch(
    /Microsoft\.Insights\/register\/action[\s\S]*az provider register --namespace Microsoft\.Insights/,
  );
  expect(sandbox.served().some(({ method, url }) => method === "PUT" && url.includes("/namespaces/"))).toBe(
    false,
  );
});

it("waits for a registration that takes its time", async () => {
  await sandbox.control("registration", { namespace: "Microsoft.Insights", delaySeconds: 3 });
  expect(registered(await sandbox.changes(() => sandbox.up(stack)))).toEqual([
    "POST Microsoft.Insights/register",
  ]);
});

it("registers nothing that is registered already", async () => {
  sandbox.configure("again", settings);
  expect(registered(await sandbox.changes(() => sandbox.up("again")))).toEqual([]);
});

it("keeps no secret in its state, and uses nothing of the user's environment", () => {
  const texts = filesBelow(sandbox.directory).map((file) => readFileSync(file, "latin1"));
  for (const [name, value] of Object.entries(planted)) {
    expect(
      texts.some((text) => text.includes(value)),
      name,
    ).toBe(false);
  }
  const states = filesBelow(join(sandbox.directory, "state")).map((file) => readFileSync(file, "latin1"));
  expect(states.length).toBeGreaterThan(0);
  expect(states.some((text) => text.includes("sandbox-only-not-a-secret"))).toBe(false);
});

it("sends requests only to the embedded Azure", () => {
  expect(proxied).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
