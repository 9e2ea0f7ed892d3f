import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import semver from "semver";
import { cacheFolder } from "../cacheFolder.ts";
import { progress } from "../progress.ts";
import { buildEngine } from "./build.ts";

/** The version that is installed or built, and the oldest one that is taken from PATH (`replacementTrigger` needs it). */
const engineVersion = "3.250.0";

/** Where the engine was found: the folder that holds `pulumi`, or none with what was tried. */
export type EngineSearch = { bin: string } | { tried: string[] };

/**
 * The folder of the Pulumi CLI that runs in the sandbox. Looked for in this order: a new enough `pulumi` on PATH; the
 * copy in the user's cache folder; Pulumi's own installer; a build of the CLI's Go module. What is installed or built
 * is kept in the cache folder, once per machine and not once per checkout. Runs programs with the process's
 * environment, which must hold nothing of a real cloud (`forgetClouds`).
 */
export async function findEngine(): Promise<EngineSearch> {
  const tried: string[] = [];

  const onPath = await pulumiOnPath();
  if (onPath?.newEnough) return { bin: onPath.bin };
  tried.push(
    onPath ? `pulumi on PATH: ${onPath.version} is older than ${engineVersion}` : "pulumi on PATH: none",
  );

  const cached = [installedIn(), builtIn()].find((bin) => existsSync(join(bin, "pulumi")));
  if (cached) return { bin: cached };

  const installError = await install();
  if (!installError) return { bin: installedIn() };
  tried.push(`Pulumi's installer: ${installError}`);

  const buildError = await buildEngine(builtIn(), engineVersion);
  if (!buildError) return { bin: builtIn() };
  tried.push(`a build with Go: ${buildError}`);
  return { tried };
}

/** The message for a user without an engine. */
export function noEngineMessage(tried: string[]): string {
  return [
    `There is no Pulumi CLI ${engineVersion} or newer on this machine, and none could be installed or built:`,
    ...tried.map((attempt) => `  - ${attempt}`),
    "Install the CLI (https://www.pulumi.com/docs/install/) or Go 1.25 or newer (https://go.dev/dl/), then run the command again.",
  ].join("\n");
}

async function pulumiOnPath(): Promise<{ bin: string; version: string; newEnough: boolean } | undefined> {
  const names = process.platform === "win32" ? ["pulumi.exe"] : ["pulumi"];
  const folders = (process.env["PATH"] ?? "").split(process.platform === "win32" ? ";" : ":");
  const file = folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (!file) return undefined;
  try {
    const { stdout } = await promisify(execFile)(file, ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = semver.coerce(stdout)?.version ?? "0.0.0";
    return { bin: dirname(file), version, newEnough: semver.gte(version, engineVersion) };
  } catch {
    return { bin: dirname(file), version: "one that does not run", newEnough: false };
  }
}

async function install(): Promise<string | undefined> {
  progress(`Looking for Pulumi's installer (${engineVersion}) …`);
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  try {
    await PulumiCommand.install({
      root: dirname(installedIn()),
      version: new semver.SemVer(engineVersion),
    });
    return undefined;
  } catch (error) {
    return `not reached (${(error instanceof Error ? error.message : String(error)).split("\n")[0] ?? ""})`;
  }
}

const installedIn = () => join(cacheFolder(), `pulumi-${engineVersion}-installed`, "bin");

/** A build is named by what it was built from, so that a change of the modules leads to a new build. */
function builtIn(): string {
  const recipe = createHash("sha256");
  for (const file of ["cli/go.sum", "language-host/go.sum"])
    recipe.update(readFileSync(join(import.meta.dirname, file)));
  return join(cacheFolder(), `pulumi-${engineVersion}-built-${recipe.digest("hex").slice(0, 8)}`);
}
