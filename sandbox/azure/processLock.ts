import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes a lock that ends with this process, however it ends: the operating system holds it for SQLite, so no stale
 * file is ever in the way. False: another process has it.
 */
export function takeProcessLock(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE"); // no journal file: nothing is ever written
    held.push(database); // collected as garbage, it would let go
    return true;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return false;
    throw error;
  }
}

const sqliteBusy = 5;
const held: DatabaseSync[] = [];
