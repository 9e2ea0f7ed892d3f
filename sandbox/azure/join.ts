import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { get } from "node:https";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { alreadyRunning } from "./exitCodes.ts";
import { requestLogsOfEnvironment } from "./requestLog.ts";
import type { ServerAddress } from "./serverFile.ts";
import { readServerFile } from "./serverFile.ts";
import { UserError } from "../userError.ts";

const startTimeoutMs = 30_000;
const pollMs = 25;

export interface JoinedAzure {
  readonly port: number;
  /** The same server, for this command alone: the port is closed when it has released the server. */
  readonly ownPort: number;
  /** PEM file to trust: `NODE_EXTRA_CA_CERTS` for Node, `SSL_CERT_FILE` for Go. */
  readonly caFile: string;
  /** Says that this command is done with the server. The process's end says the same. */
  release(): void;
}

/**
 * Joins the embedded Azure of a directory, and starts it in its own process if none runs. The server ends
 * by itself soon after the last command that joined it. Requests are logged to the file in `REQUESTS_LOG`, too.
 * @throws UserError with the end of `<directory>/azure.log` when the server does not start
 */
export async function joinAzure(directory: string): Promise<JoinedAzure> {
  const home = resolve(directory);
  mkdirSync(home, { recursive: true });
  const deadline = Date.now() + startTimeoutMs;
  let started: ChildProcess | undefined;
  try {
    while (Date.now() < deadline) {
      const joined = await tryToJoin(readServerFile(home));
      if (joined) return joined;
      if (started === undefined || started.exitCode === alreadyRunning) started = start(home);
      else if (hasEnded(started)) throw failure(home, "stopped while starting");
      await pause(pollMs);
    }
    throw failure(home, `did not answer within ${startTimeoutMs / 1000} seconds`);
  } finally {
    // From here on only the lease keeps the server. A second server that started too late ends as well.
    started?.stdin?.destroy();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Takes a lease. Undefined: no server, or one about to end, or another program has its port now. */
async function tryToJoin(address: ServerAddress | undefined): Promise<JoinedAzure | undefined> {
  if (!address || !existsSync(address.caFile)) return undefined;
  const { port, caFile } = address;
  const ca = readFileSync(caFile);
  const asked = new URLSearchParams();
  for (const file of requestLogsOfEnvironment()) asked.append("requestLog", file);
  const path = `/sandbox/lease?${asked.toString()}`;
  return new Promise((done) => {
    const request = get({ host: "127.0.0.1", port, path, ca, agent: false, timeout: 5000 }, (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        done(undefined);
        return;
      }
      response.on("error", () => undefined); // the server was killed: the next request will say so
      response.once("close", () => {
        done(undefined);
      });
      request.setTimeout(0);
      response.once("data", (ownPort: Buffer) => {
        request.socket?.unref(); // a lease does not keep the command from ending
        done({
          port,
          ownPort: Number(ownPort.toString()),
          caFile,
          release: () => {
            response.destroy();
          },
        });
      });
    });
    request.on("error", () => {
      done(undefined);
    });
    request.on("timeout", () => {
      request.destroy();
    });
  });
}

function start(home: string): ChildProcess {
  const log = openSync(join(home, "azure.log"), "a");
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  // Detached: it outlives this command when another one has joined, and Ctrl-C does not reach it.
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, home], {
    detached: true,
    stdio: ["pipe", log, log],
    cwd: home,
    env: environment(),
    windowsHide: true,
  });
  closeSync(log);
  child.stdin?.on("error", () => undefined); // it has ended already
  child.unref();
  return child;
}

/** The server needs nothing of the user's environment, and must not see their Azure account. */
function environment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot"];
  return Object.fromEntries(kept.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));
}

function failure(home: string, what: string): UserError {
  const path = join(home, "azure.log");
  const end = existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n").slice(-15).join("\n") : "";
  return new UserError(`The embedded Azure ${what}. The last lines of ${path}:\n${end}`, 1);
}
