import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../cacheFolder.ts";
import { progress } from "../progress.ts";
import { UserError } from "../userError.ts";

/** The vendor's plugins are downloaded once per machine: azure-native's has some hundred MB. */
const home = () => join(cacheFolder(), "vendor");

/**
 * The program of a vendor's plugin. The Pulumi CLI downloads it if this machine does not have it.
 *
 * @param bin the folder of the Pulumi CLI
 * @throws UserError when it cannot be downloaded
 */
export async function vendorProgram({ name, version }: PluginVersion, bin: string): Promise<string> {
  const program = join(home(), "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
  if (existsSync(program)) return program;
  progress(`Downloading the vendor's ${name} plugin, version ${version} …`);
  const args = ["plugin", "install", "resource", name, version];
  const env = { ...process.env, PULUMI_HOME: home(), PULUMI_SKIP_UPDATE_CHECK: "true" };
  try {
    await promisify(execFile)(join(bin, "pulumi"), args, { env });
  } catch (error) {
    throw new UserError(
      `SANDBOX_PROVIDERS=vendor needs the ${name} plugin ${version}, which could not be downloaded (${reason(error)}): ` +
        "unset the variable to use the sandbox's stand-ins.",
      1,
    );
  }
  return program;
}

/** The last complaint of the CLI about the download, or else its last line. */
function reason(error: unknown): string {
  const { stderr = "", message } = error as { stderr?: string; message: string };
  const lines = (stderr || message).trim().split("\n");
  const download = lines.findLast((line) => line.includes("Error downloading plugin: "));
  return (download ?? lines.at(-1) ?? "").replace(/^.*Error downloading plugin: /, "");
}

/** A plugin as the engine asks for it. */
export interface PluginVersion {
  /** Such as `azure-native`. */
  readonly name: string;
  readonly version: string;
}
