import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderSettingsTable, withSettingsTable } from "./settingsTable.ts";

// Writes what is made from the settings' schema: settings.schema.json, and the table in README.md.
const root = join(import.meta.dirname, "..");
const readme = join(root, "README.md");

try {
  writeFileSync(join(root, "settings.schema.json"), renderSettingsSchema());
  const document = existsSync(readme) ? readFileSync(readme, "utf8") : "";
  writeFileSync(readme, withSettingsTable(document, await renderSettingsTable()));
} catch (error) {
  process.stderr.write(`README.md: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
