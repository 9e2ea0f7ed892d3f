import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../writeWhole.ts";

/** `<directory>/server.json`: where the running server is found. */
export interface ServerAddress {
  readonly pid: number;
  readonly port: number;
  readonly caFile: string;
}

/** Undefined: no server has written one. It may be that of a dead server. */
export function readServerFile(directory: string): ServerAddress | undefined {
  try {
    return JSON.parse(readFileSync(pathIn(directory), "utf8")) as ServerAddress;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export function writeServerFile(directory: string, address: ServerAddress): void {
  writeWhole(pathIn(directory), JSON.stringify(address));
}

export function removeServerFile(directory: string): void {
  rmSync(pathIn(directory), { force: true });
}

function pathIn(directory: string): string {
  return join(directory, "server.json");
}
