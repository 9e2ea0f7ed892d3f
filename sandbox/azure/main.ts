/** The server as a process of its own: `node sandbox/azure/main.ts <directory>`. Started by join.ts. */
import { delimiter, join, resolve } from "node:path";

import { alreadyRunning } from "./exitCodes.ts";
import { takeProcessLock } from "./processLock.ts";
import { startAzure } from "./server.ts";
import { removeServerFile, writeServerFile } from "./serverFile.ts";

/** How long it waits for the first command, and after the last one for another. */
const firstLeaseMs = 10_000;
const nextLeaseMs = 300;

const directory = resolve(process.argv[2] ?? ".sandbox");
if (!takeProcessLock(join(directory, "server.lock"))) process.exit(alreadyRunning);

const requestLogs = (process.env["REQUESTS_LOG"] ?? "").split(delimiter).filter(Boolean);
const azure = await startAzure({ directory, requestLogs });
let idle = setTimeout(stop, firstLeaseMs);
azure.leases.onEmpty(() => {
  clearTimeout(idle);
  idle = setTimeout(stop, nextLeaseMs);
});
writeServerFile(directory, { pid: process.pid, port: azure.port, caFile: azure.caFile });
process.on("SIGTERM", leave).on("SIGINT", leave);

function stop(): void {
  if (azure.leases.count === 0) leave();
}

/** Nobody joins any more, the file goes, then the process and with it the lock: the next server can't overlap. */
function leave(): void {
  azure.leases.close();
  removeServerFile(directory);
  void azure.close().then(() => process.exit(0));
}
