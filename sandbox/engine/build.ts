import { execFile, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { duration } from "../progress.ts";
import { oneAtATime } from "./oneAtATime.ts";
import { sdkVariable } from "./sdkVariable.ts";

/** What is built: the CLI, and the language host that starts TypeScript programs (each a Go module in this folder). */
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

type Report = (line: string) => void;

/**
 * Builds the engine from its Go modules into `folder`, once for all processes of this machine. It builds in a folder beside it,
 * which it renames at the end: an interrupted build leaves no `folder`, and the next one removes what it left. Returns why it
 * failed, or undefined.
 */
export async function buildEngine(folder: string, version: string): Promise<string | undefined> {
  if (!(await hasGo())) return "go is not on PATH";
  mkdirSync(dirname(folder), { recursive: true });
  return oneAtATime(folder, async (report) => {
    if (existsSync(folder)) return undefined;
    clearAside(folder);
    const aside = mkdtempSync(`${folder}-`);
    const problem = await buildInto(aside, version, report);
    if (problem) rmSync(aside, { recursive: true });
    else renameSync(aside, folder);
    return problem;
  });
}

/** Removes what builds that were interrupted left beside `folder`. */
function clearAside(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}-`)) rmSync(join(dirname(folder), name), { recursive: true });
  }
}

async function buildInto(folder: string, version: string, report: Report): Promise<string | undefined> {
  for (const { module, package: source, program, what, packages, estimate } of programs) {
    report(`Building ${what} from its Go module: once per machine, about ${estimate} …`);
    // A copy, because a checkout may be read-only or in a folder whose go.work says otherwise.
    const work = join(folder, `${module}-source`);
    cpSync(join(import.meta.dirname, module), work, { recursive: true });
    const output = join(folder, program);
    const problem = await goBuild({ work, source, output, version, packages, report });
    if (problem) return problem;
    rmSync(work, { recursive: true });
  }
  writeDynamicProvider(folder);
  return undefined;
}

/** The official CLI contains it: the program that runs dynamic providers, on the SDK of the checkout that deploys. */
function writeDynamicProvider(folder: string): void {
  const file = join(folder, "pulumi-resource-pulumi-nodejs");
  writeFileSync(file, `#!/bin/sh\nexec node "$${sdkVariable}/cmd/dynamic-provider" "$@"\n`, { mode: 0o755 });
}

async function hasGo(): Promise<boolean> {
  try {
    await promisify(execFile)("go", ["version"]);
    return true;
  } catch {
    return false;
  }
}

interface GoBuild {
  /** Folder of the Go module. */
  readonly work: string;
  /** What is built of it. */
  readonly source: string;
  readonly output: string;
  readonly version: string;
  /** About how many packages it has. */
  readonly packages: number;
  readonly report: Report;
}

async function goBuild(build: GoBuild): Promise<string | undefined> {
  const { work, source, output, version, packages, report } = build;
  const environment = { ...process.env, GOWORK: "off", GOFLAGS: "-mod=readonly" };
  const started = Date.now();
  let compiled = 0;
  const tick = setInterval(() => {
    const stage =
      compiled === 0
        ? "fetching modules"
        : `${String(Math.min(compiled, packages))} of about ${String(packages)} packages compiled`;
    report(`  ${duration(Date.now() - started)}: ${stage}`);
  }, 15_000);
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  try {
    const go = spawn(
      "go",
      ["build", "-v", "-trimpath", "-ldflags", `-s -w ${versionFlag}`, "-o", output, source],
      {
        cwd: work,
        env: environment,
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const complaints: string[] = [];
    createInterface({ input: go.stderr }).on("line", (line) => {
      // With -v, go names each package that it compiles; everything else except downloads is a complaint.
      if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) compiled++;
      else if (!line.startsWith("go: downloading")) complaints.push(line);
    });
    const code = await new Promise<number>((resolve) => {
      go.on("error", () => {
        resolve(127);
      });
      go.on("close", (status) => {
        resolve(status ?? 1);
      });
    });
    return code === 0 ? undefined : `go build ended with ${String(code)}: ${complaints.slice(-3).join(" ")}`;
  } finally {
    clearInterval(tick);
  }
}
