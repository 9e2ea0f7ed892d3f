import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderBenchmarkTables } from "./benchmarkTables.ts";
import { renderConfigurations } from "./configurations.ts";
import { withSection } from "./section.ts";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderSettingsTable } from "./settingsTable.ts";

// Writes what is made from the settings' schema, the kinds of consumers and the benchmarks: settings.schema.json, README's table, the
// configurations in docs/consumers.md, and the lists of rules in docs/security.md.
const root = join(import.meta.dirname, "..");

writeFileSync(join(root, "settings.schema.json"), renderSettingsSchema());
rewrite("README.md", "settings", await renderSettingsTable());
rewrite("docs/consumers.md", "configurations", await renderConfigurations());
rewrite("docs/security.md", "benchmarks", await renderBenchmarkTables());

function rewrite(name: string, section: string, text: string): void {
  const file = join(root, name);
  try {
    const document = existsSync(file) ? readFileSync(file, "utf8") : "";
    writeFileSync(file, withSection(document, section, text));
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
