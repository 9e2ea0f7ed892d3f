/** Progress goes to stderr: stdout belongs to the command that runs in the sandbox. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** `75_000` ms as `1:15`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}
