import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assignableRoles } from "../../streaming/deployer/role.ts";
import { renderBenchmarkTables } from "./benchmarkTables.ts";
import { renderConfigurations } from "./configurations.ts";
import { renderDeployerCondition, renderDeployerRole } from "./deployerRole.ts";
import { withSection } from "./section.ts";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderSettingsTable } from "./settingsTable.ts";

// Writes what is made from the settings' schema, the kinds of consumers, the parts of a deployment and the benchmarks:
// settings.schema.json, README's table, the configurations in docs/consumers.md, the deployer's role, and the lists of rules in
// docs/security.md.
const root = join(import.meta.dirname, "../..");

writeFileSync(join(root, "settings.schema.json"), renderSettingsSchema());
writeFileSync(join(root, "docs", "deployer-role.json"), renderDeployerRole());
rewrite("docs/deployer.md", "condition", renderDeployerCondition(assignableRoles));
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
