import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderBenchmarkTables } from "./benchmarkTables.ts";
import { withGenerated } from "./markdownTable.ts";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderSettingsTable } from "./settingsTable.ts";

// Writes what is made from the settings' schema (settings.schema.json, the table in README.md) and from the benchmarks (docs/security.md).
const root = join(import.meta.dirname, "..");

function renew(file: string, name: string, text: string): void {
  try {
    const path = join(root, file);
    writeFileSync(path, withGenerated(readFileSync(path, "utf8"), name, text));
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

writeFileSync(join(root, "settings.schema.json"), renderSettingsSchema());
renew("README.md", "settings", await renderSettingsTable());
renew("docs/security.md", "benchmarks", await renderBenchmarkTables());
