import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes a lock that ends with this process, however it ends: the operating system holds it for SQLite, so no stale
 * file is ever in the way.
 *
 * @returns how to release it; undefined while another process has it
 */
export function takeProcessLock(path: string): (() => void) | undefined {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE"); // no journal file: nothing is ever written
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
  held.add(database); // collected as garbage, it would release the lock
  return () => {
    held.delete(database);
    database.close();
  };
}

const sqliteBusy = 5;
const held = new Set<DatabaseSync>();
