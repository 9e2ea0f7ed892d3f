import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes an executable that runs a file of the sandbox on this very Node. */
export function writeProgram(file: string, main: string): void {
  const script = `#!/bin/sh\nexec ${quoted(process.execPath)} --disable-warning=ExperimentalWarning ${quoted(main)} "$@"\n`;
  putProgram(file, (aside) => writeFileSync(aside, script, { mode: 0o755 }));
}

/** Replaces a program as a whole: another command may be starting it. */
export function putProgram(file: string, write: (aside: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  const aside = `${file}.${String(process.pid)}`;
  write(aside);
  renameSync(aside, file);
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
