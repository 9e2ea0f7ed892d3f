/**
 * The server as a separate process: `node sandbox/azure/main.ts <directory>`, started by join.ts. It runs while a
 * command holds a lease, or the command that started it keeps its standard input open (until that one holds a lease, or dies).
 */
import { join, resolve } from "node:path";

import { alreadyRunning } from "./exitCodes.ts";
import { takeProcessLock } from "../processLock.ts";
import { startAzure } from "./server.ts";
import { removeServerFile, writeServerFile } from "./serverFile.ts";

/** How long it waits for another command after the last one. */
const idleMs = 100;

const directory = resolve(process.argv[2] ?? ".sandbox");
if (!takeProcessLock(join(directory, "server.lock"))) process.exit(alreadyRunning);

const azure = await startAzure({ directory });
let starterIsThere = true;
azure.leases.onEmpty(leaveSoon);
process.stdin.resume().on("end", () => {
  starterIsThere = false;
  leaveSoon();
});
writeServerFile(directory, { pid: process.pid, port: azure.port, caFile: azure.caFile });
process.on("SIGTERM", leave).on("SIGINT", leave);

function leaveSoon(): void {
  setTimeout(() => {
    if (azure.leases.count === 0 && !starterIsThere) leave();
  }, idleMs);
}

/** No more commands join. The file is deleted, then the process ends, and with it the lock: the next server cannot overlap. */
function leave(): void {
  azure.leases.close();
  removeServerFile(directory);
  void azure.close().then(() => process.exit(0));
}
