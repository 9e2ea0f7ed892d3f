import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const resolve = createRequire(import.meta.url).resolve;

/** The providers that stand-ins exist for: the SDK whose version the engine asks for, and the program that serves it. */
const standIns = [
  { name: "azure-native", sdk: "@pulumi/azure-native", program: "azureNative/main.ts" },
  { name: "azuread", sdk: "@pulumi/azuread", program: "azuread/main.ts" },
];

/** A plugin as the engine asks for it. */
export interface PluginVersion {
  /** Such as `azure-native`. */
  readonly name: string;
  readonly version: string;
}

/**
 * Puts the provider stand-ins where the engine looks for the real ones (`plugins/` of its home), under the versions
 * that the SDKs ask for.
 *
 * @param inState those that a stack's state asks for besides: the engine refreshes a resource with the version that wrote it last.
 */
export function writePlugins(directory: string, inState: readonly PluginVersion[] = []): void {
  for (const { name, sdk, program } of standIns) {
    const { version } = JSON.parse(readFileSync(resolve(`${sdk}/package.json`), "utf8")) as {
      version: string;
    };
    const asked = inState.filter((plugin) => plugin.name === name).map((plugin) => plugin.version);
    for (const one of new Set([version, ...asked])) {
      const folder = join(directory, "pulumi", "plugins", `resource-${name}-v${one}`);
      writeScript(join(folder, `pulumi-resource-${name}`), join(import.meta.dirname, program));
    }
  }
}

function writeScript(file: string, program: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`);
  chmodSync(file, 0o755);
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
