import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { providersAsked } from "../../plugins/install.ts";
import { vendorProgram } from "../../plugins/vendor.ts";

let folder = "";
const plugin = { name: "azure-native", version: "3.28.0" };
const directory = () => join(folder, "sandbox");
const asked = () => {
  const file = join(folder, "asked");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};

/** A Pulumi CLI that notes what it is asked to install. */
function writeCli(install: string): void {
  const script = `#!/bin/sh
[ "$1" = version ] && { echo v9.0.0; exit 0; }
echo "$*" >> '${folder}/asked'
${install}
`;
  writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vendor "));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the Pulumi CLI downloads the vendor's plugin, once per machine", async () => {
  const program = "plugins/resource-azure-native-v3.28.0/pulumi-resource-azure-native";
  writeCli(`mkdir -p "$PULUMI_HOME/$(dirname ${program})" && echo vendor > "$PULUMI_HOME/${program}"`);
  const found = await vendorProgram(plugin, folder);
  expect(found).toBe(join(folder, "cache", "defender-streaming", "vendor", program));
  expect(readFileSync(found, "utf8")).toBe("vendor\n");
  expect(await vendorProgram(plugin, folder)).toBe(found);
  expect(asked()).toEqual(["plugin install resource azure-native 3.28.0"]);
});

test("if the vendor's plugins cannot be downloaded, the sandbox says so in one sentence and leaves nothing behind", async () => {
  writeCli(`echo 'warning: Error downloading plugin: Get "https://get.pulumi.com/": no such host' >&2
echo 'error: failed all 5 attempts' >&2
exit 255`);
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    const env = {
      ...process.env,
      PATH: [folder, process.env["PATH"]].join(delimiter),
      SANDBOX_DIRECTORY: directory(),
      SANDBOX_PROVIDERS: "vendor",
    };
    const main = join(import.meta.dirname, "..", "..", "main.ts");
    execFile(process.execPath, [main, "stack", "ls"], { env }, (error, _stdout, text) => {
      resolve({ code: error?.code, stderr: text });
    });
  });
  expect(code).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([
    expect.stringMatching(/^Downloading the vendor's azure-native plugin, version \d+\.\d+\.\d+ …$/),
    expect.stringMatching(
      /^SANDBOX_PROVIDERS=vendor needs the azure-native plugin \d+\.\d+\.\d+, which could not be downloaded \(Get "https:\/\/get\.pulumi\.com\/": no such host\): unset the variable to use the sandbox's stand-ins\.$/,
    ),
  ]);
  expect(existsSync(directory())).toBe(false);
});

test("other values of SANDBOX_PROVIDERS are refused, and no value means the stand-ins", () => {
  expect(providersAsked({})).toBe("stand-ins");
  expect(providersAsked({ SANDBOX_PROVIDERS: "" })).toBe("stand-ins");
  expect(() => providersAsked({ SANDBOX_PROVIDERS: "real" })).toThrow("SANDBOX_PROVIDERS is 'real'");
});
