import { renameSync, writeFileSync } from "node:fs";

/** Writes a file that another command may read at the same moment: it sees the old text or the new one, never a part. */
export function writeWhole(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, text);
  renameSync(aside, file);
}
