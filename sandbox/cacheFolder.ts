import { homedir } from "node:os";
import { join } from "node:path";

/** Where what is fetched or built once a machine is kept. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base =
    process.platform === "win32"
      ? (LOCALAPPDATA ?? join(homedir(), "AppData", "Local"))
      : (XDG_CACHE_HOME ??
        (process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache")));
  return join(base, "defender-streaming");
}
