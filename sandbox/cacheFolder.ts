import { homedir } from "node:os";
import { join } from "node:path";

/** The folder for what is downloaded or built once per machine. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base =
    process.platform === "win32"
      ? (LOCALAPPDATA ?? join(homedir(), "AppData", "Local"))
      : (XDG_CACHE_HOME ??
        (process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache")));
  return join(base, "defender-streaming");
}
