import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderConfigurations } from "./configurations.ts";
import { withSection } from "./section.ts";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderSettingsTable } from "./settingsTable.ts";

// Writes what is made from the settings' schema and the kinds of consumers: settings.schema.json, README's table, and the
// configurations in docs/consumers.md.
const root = join(import.meta.dirname, "..");

writeFileSync(join(root, "settings.schema.json"), renderSettingsSchema());
rewrite("README.md", "settings", await renderSettingsTable());
rewrite("docs/consumers.md", "configurations", await renderConfigurations());

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
