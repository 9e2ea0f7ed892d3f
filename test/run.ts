// `npm test`: types, lint, unused exports, format, and all tests but the long ones; `npm run test:long`: those.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duration, findEngine, forgetClouds, noEngineMessage } from "defender-streaming-sandbox";

const root = join(import.meta.dirname, "..");
const long = process.argv.includes("--long");

/** What vitest counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

function run(title: string, module: string, args: string[]): Promise<boolean> {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "node_modules", module), ...args], {
      cwd: root,
      stdio: "inherit",
    });
    child.on("error", reject);
    child.on("close", (code) => {
      console.log(`${code === 0 ? "✓" : "✗"} ${title} (${duration(Date.now() - started)})`);
      resolve(code === 0);
    });
  });
}

const checks = long
  ? []
  : [
      () => run("types", "typescript/bin/tsc", ["-p", "."]),
      () =>
        run("lint", "eslint/bin/eslint.js", [
          "--cache",
          "--cache-location",
          "node_modules/.cache/eslint",
          ".",
        ]),
      () => run("unused exports", "knip/bin/knip.js", []),
      () => run("format", "prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]),
    ];

// What real clouds are called in this shell must not reach a test, nor a download.
forgetClouds(process.env);

let failedChecks = 0;
for (const check of checks) if (!(await check())) failedChecks++;

const engine = await findEngine();
const withEngine = "bin" in engine;
const projects = [...(long ? [] : ["fast"]), ...(withEngine ? [long ? "long" : "engine"] : [])];

let report: Report = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};
let testsRan = true;
if (projects.length > 0) {
  const folder = mkdtempSync(join(tmpdir(), "defender-streaming-"));
  const file = join(folder, "report.json");
  const selected = projects.flatMap((project) => ["--project", project]);
  testsRan = await run("tests", "vitest/vitest.mjs", [
    "run",
    ...selected,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  try {
    report = JSON.parse(readFileSync(file, "utf8")) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (!withEngine) {
  console.log(
    `\nLeft out: the tests that need the Pulumi engine (test/engine, test/long). ${noEngineMessage(engine.tried)}`,
  );
}
const failed = report.numFailedTests + failedChecks + (testsRan || report.numFailedTests > 0 ? 0 : 1);
const passed = report.numPassedTests + checks.length - failedChecks;
console.log(
  `\n${String(passed)} passed, ${String(failed)} failed, ${String(report.numPendingTests + report.numTodoTests)} skipped`,
);
process.exitCode = failed === 0 ? 0 : 1;
