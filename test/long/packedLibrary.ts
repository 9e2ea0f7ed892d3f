import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkout } from "defender-streaming-sandbox";

/** What npm made of the checkout. */
export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** Paths of the files in it. */
  readonly contents: string[];
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Packs the library into a folder, as somebody would who wants to use it. */
export function packLibrary(folder: string): Packed {
  // Without it the build's output would stand before the JSON.
  const quiet = ["--json", "--foreground-scripts=false"];
  const answer = execFileSync("npm", ["pack", ...quiet, "--pack-destination", folder], { cwd: checkout });
  const [packed] = JSON.parse(answer.toString()) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error("npm packed nothing.");
  return { file: join(folder, packed.filename), contents: packed.files.map(({ path }) => path) };
}

/**
 * Copies a program into a folder and installs the packed library beside it: its own files are unpacked, and what its package.json and the program's
 * ask for is linked from the checkout. What they don't ask for is not there.
 *
 * @returns the folder.
 */
export function installInto(program: string, packed: Packed, folder: string): string {
  cpSync(program, folder, { recursive: true });
  const library = join(folder, "node_modules", "defender-streaming");
  mkdirSync(library, { recursive: true });
  execFileSync("tar", ["-xzf", packed.file, "-C", library, "--strip-components=1"]);
  const asked = [folder, library].flatMap((at) => {
    const manifest = JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as Manifest;
    const isProgram = at === folder;
    return Object.keys({ ...manifest.dependencies, ...(isProgram ? manifest.devDependencies : {}) });
  });
  const names = new Set(asked);
  names.delete("defender-streaming");
  for (const name of names) {
    const place = join(folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(checkout, "node_modules", name), place);
  }
  return folder;
}
