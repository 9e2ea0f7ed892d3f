import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "defender-streaming-sandbox";
import { installInto, type Packed, packLibrary } from "../long/packedLibrary.ts";

/**
 * Finds the program that deploys an example: the project's own for a stack file; a library program with today's library packed and
 * installed below `folder`.
 */
export function programsIn(folder: string): (example: string) => string {
  let packed: Packed | undefined;
  return (example) => {
    const program = join(checkout, "examples", example);
    if (!existsSync(program)) return checkout;
    mkdirSync(folder, { recursive: true });
    packed ??= packLibrary(folder);
    return installInto(program, packed, join(folder, example));
  };
}
