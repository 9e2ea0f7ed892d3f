import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generated, root, upToDate } from "./generated.ts";

for (const one of generated) {
  try {
    writeFileSync(join(root, one.file), await upToDate(one));
  } catch (error) {
    process.stderr.write(`${one.file}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
