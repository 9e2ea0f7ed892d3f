import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UserError } from "../userError.ts";
import { type PluginVersion, vendorProgram } from "./vendor.ts";

const resolve = createRequire(import.meta.url).resolve;

/** The providers with stand-ins: the SDK whose version the engine asks for, and the program that serves it. */
const standIns = [
  { name: "azure-native", sdk: "@pulumi/azure-native", program: "azureNative/main.ts" },
  { name: "azuread", sdk: "@pulumi/azuread", program: "azuread/main.ts" },
];

/** Whose plugins serve the sandbox. */
export type Providers = "stand-ins" | "vendor";

/** @throws UserError for an unknown value of `SANDBOX_PROVIDERS` */
export function providersAsked(environment: Readonly<Record<string, string | undefined>>): Providers {
  const value = environment["SANDBOX_PROVIDERS"] || "stand-ins";
  if (value === "stand-ins" || value === "vendor") return value;
  throw new UserError(
    `SANDBOX_PROVIDERS is '${value}': set it to vendor for the vendor's own plugins, or unset it for the sandbox's stand-ins.`,
  );
}

/** Where plugins are installed. */
export interface PluginHome {
  readonly providers: Providers;
  /** The sandbox's directory; the engine looks into `pulumi/plugins/` of it. */
  readonly directory: string;
  /** The folder of the Pulumi CLI. */
  readonly bin: string;
}

/**
 * Installs the plugins where the engine looks for them, under the versions that the SDKs ask for: the sandbox's stand-ins, or those
 * of the vendor.
 *
 * @param inState those that a stack's state asks for besides: the engine refreshes a resource with the version that wrote it last
 * @throws UserError when the vendor's cannot be downloaded
 */
export async function installPlugins(
  { providers, directory, bin }: PluginHome,
  inState: readonly PluginVersion[] = [],
): Promise<void> {
  for (const { name, sdk, program } of standIns) {
    const { version } = JSON.parse(readFileSync(resolve(`${sdk}/package.json`), "utf8")) as {
      version: string;
    };
    const asked = inState.filter((plugin) => plugin.name === name).map((plugin) => plugin.version);
    for (const one of new Set([version, ...asked])) {
      const folder = join(directory, "pulumi", "plugins", `resource-${name}-v${one}`);
      const file = join(folder, `pulumi-resource-${name}`);
      if (providers === "vendor") copy(await vendorProgram({ name, version: one }, bin), file);
      else writeScript(file, join(import.meta.dirname, program));
    }
  }
}

function copy(program: string, file: string): void {
  if (existsSync(file) && statSync(file).size === statSync(program).size) return;
  put(file, (aside) => copyFileSync(program, aside, constants.COPYFILE_FICLONE));
}

function writeScript(file: string, program: string): void {
  const script = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`;
  put(file, (aside) => writeFileSync(aside, script, { mode: 0o755 }));
}

/** Replaces a program as a whole: another command may be starting it. */
function put(file: string, write: (aside: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}`;
  write(aside);
  renameSync(aside, file);
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
