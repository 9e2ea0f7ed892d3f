import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "./generated.ts";
import { withSection } from "./section.ts";

const root = join(import.meta.dirname, "../..");

for (const { file, section, render } of generated) {
  const path = join(root, file);
  try {
    const text = await render();
    writeFileSync(
      path,
      section === undefined ? text : withSection(readFileSync(path, "utf8"), section, text),
    );
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
