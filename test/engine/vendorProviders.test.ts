import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it, vi } from "vitest";
import { findEngine } from "defender-streaming-sandbox";
import { testSandbox } from "./testSandbox.ts";

const folder = mkdtempSync(join(tmpdir(), "vendor plugins "));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const { version } = createRequire(import.meta.url)("@pulumi/azure-native/package.json") as {
  version: string;
};
const started = join(folder, "started");

/** A fetched plugin of the vendor's: it notes how it is started, and then does what the stand-in does. */
function writeVendorPlugin(name: string, sdk: string, standIn: string): void {
  const { version: asked } = createRequire(import.meta.url)(`${sdk}/package.json`) as { version: string };
  const home = join(folder, "defender-streaming", "vendor", "plugins", `resource-${name}-v${asked}`);
  mkdirSync(home, { recursive: true });
  const program = fileURLToPath(import.meta.resolve(`defender-streaming-sandbox/plugins/${standIn}`));
  const script = `#!/bin/sh
{ echo "PROGRAM=$0"; env; } > '${started} ${name}'
exec '${process.execPath}' '${program}' "$@"
`;
  writeFileSync(join(home, `pulumi-resource-${name}`), script, { mode: 0o755 });
}

it("starts the vendor's plugin in the version of the SDK, with the embedded Azure as its only cloud", async () => {
  const engine = await findEngine();
  vi.stubEnv("PATH", ["bin" in engine ? engine.bin : "", process.env["PATH"]].join(delimiter));
  vi.stubEnv("XDG_CACHE_HOME", folder);
  writeVendorPlugin("azure-native", "@pulumi/azure-native", "azureNative");
  writeVendorPlugin("azuread", "@pulumi/azuread", "azuread");
  const secret = "planted-secret";
  const user = {
    ...process.env,
    SANDBOX_PROVIDERS: "vendor",
    ARM_CLIENT_SECRET: secret,
    HTTPS_PROXY: secret,
  };
  const sandbox = await testSandbox(user);
  sandbox.configure("vendor", { tables: ["DeviceInfo"], protect: false });
  expect(await sandbox.preview("vendor")).toContain("create Namespace defender-ns1");

  const lines = readFileSync(`${started} azure-native`, "utf8").trim().split("\n");
  const given = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Record<
    string,
    string
  >;
  const { directory } = sandbox;
  expect(given).toMatchObject({
    PROGRAM: join(
      directory,
      "pulumi",
      "plugins",
      `resource-azure-native-v${version}`,
      "pulumi-resource-azure-native",
    ),
    PULUMI_HOME: join(directory, "pulumi"),
    HOME: join(directory, "home"),
    ARM_METADATA_HOSTNAME: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    SSL_CERT_FILE: expect.stringContaining(directory) as string,
  });
  expect(JSON.stringify(given)).not.toContain(secret);
});
