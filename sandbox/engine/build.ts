import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { duration, progress } from "../progress.ts";
import { sdkVariable } from "./sdkVariable.ts";

/** What is built: the CLI, and the language host that starts TypeScript programs (each a Go module of ours). */
const programs = [
  {
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    program: "pulumi",
    what: "the Pulumi CLI",
    packages: 1650,
    estimate: "4 to 6 minutes on two cores",
  },
  {
    module: "language-host",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    program: "pulumi-language-nodejs",
    what: "its Node.js language host",
    packages: 260,
    estimate: "half a minute",
  },
];

/**
 * Builds the engine from its Go modules into `folder`. Built aside and renamed when whole, so that two builds at once
 * and a build that is interrupted leave either a complete folder or none. Returns why it could not, or nothing.
 */
export async function buildEngine(folder: string, version: string): Promise<string | undefined> {
  if (!(await hasGo())) return "go is not on PATH";
  mkdirSync(dirname(folder), { recursive: true });
  const aside = mkdtempSync(`${folder}-`);
  const stop = () => {
    rmSync(aside, { recursive: true, force: true });
  };
  process.once("exit", stop);
  try {
    for (const { module, package: source, program, what, packages, estimate } of programs) {
      progress(`Building ${what} from its Go module: once a machine, about ${estimate} …`);
      // A copy, because a checkout may be read-only or in a folder whose go.work says otherwise.
      const work = join(aside, `${module}-source`);
      cpSync(join(import.meta.dirname, module), work, { recursive: true });
      const problem = await goBuild(work, source, join(aside, program), version, packages);
      if (problem) return problem;
      rmSync(work, { recursive: true });
    }
    writeDynamicProvider(aside);
    moveInto(aside, folder);
    return undefined;
  } finally {
    process.off("exit", stop);
    stop();
  }
}

/** The official CLI brings it along: the program that runs dynamic providers, on the SDK of the checkout that deploys. */
function writeDynamicProvider(folder: string): void {
  const file = join(folder, "pulumi-resource-pulumi-nodejs");
  writeFileSync(file, `#!/bin/sh\nexec node "$${sdkVariable}/cmd/dynamic-provider" "$@"\n`, { mode: 0o755 });
}

/** Another build may have been faster: then its folder stays. */
function moveInto(aside: string, folder: string): void {
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

async function hasGo(): Promise<boolean> {
  try {
    await promisify(execFile)("go", ["version"]);
    return true;
  } catch {
    return false;
  }
}

async function goBuild(
  module: string,
  source: string,
  output: string,
  version: string,
  packages: number,
): Promise<string | undefined> {
  const environment = { ...process.env, GOWORK: "off", GOFLAGS: "-mod=readonly" };
  const started = Date.now();
  let compiled = 0;
  const tick = setInterval(() => {
    const stage =
      compiled === 0
        ? "fetching modules"
        : `${String(compiled)} of about ${String(packages)} packages compiled`;
    progress(`  ${duration(Date.now() - started)}: ${stage}`);
  }, 15_000);
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  try {
    const build = spawn(
      "go",
      ["build", "-v", "-trimpath", "-ldflags", `-s -w ${versionFlag}`, "-o", output, source],
      {
        cwd: module,
        env: environment,
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const complaints: string[] = [];
    createInterface({ input: build.stderr }).on("line", (line) => {
      // With -v, go names each package that it compiles; all else but downloads is a complaint.
      if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) compiled++;
      else if (!line.startsWith("go: downloading")) complaints.push(line);
    });
    const code = await new Promise<number>((resolve) => {
      build.on("error", () => {
        resolve(127);
      });
      build.on("close", (status) => {
        resolve(status ?? 1);
      });
    });
    return code === 0 ? undefined : `go build ended with ${String(code)}: ${complaints.slice(-3).join(" ")}`;
  } finally {
    clearInterval(tick);
  }
}
