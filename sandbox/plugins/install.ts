import { constants, copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { putProgram, writeProgram } from "../program.ts";
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
      else writeProgram(file, join(import.meta.dirname, program));
    }
  }
}

function copy(program: string, file: string): void {
  if (existsSync(file) && statSync(file).size === statSync(program).size) return;
  putProgram(file, (aside) => copyFileSync(program, aside, constants.COPYFILE_FICLONE));
}
