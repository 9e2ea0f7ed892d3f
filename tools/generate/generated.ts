import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { assignableRoles } from "../../streaming/deployer/role.ts";
import { renderBenchmarks } from "./benchmarkLists.ts";
import { renderConfigurations } from "./configurations.ts";
import { renderDeployerCondition, renderDeployerRole } from "./deployerRole.ts";
import { renderOutputs } from "./outputsReference.ts";
import { withSection } from "./section.ts";
import { renderSettings } from "./settingsReference.ts";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderTables } from "./tablesList.ts";
import { renderTiers } from "./tiersTable.ts";

/** A text that `npm run generate` writes: a whole file, or a section of one. */
export interface Generated {
  readonly file: string;
  /** What stands between the markers `<!-- section -->` and `<!-- /section -->`. */
  readonly section?: string;
  readonly render: () => string;
}

export const generated: readonly Generated[] = [
  { file: "settings.schema.json", render: renderSettingsSchema },
  { file: "docs/settings.md", section: "settings", render: renderSettings },
  { file: "docs/outputs.md", section: "outputs", render: renderOutputs },
  { file: "docs/tables.md", section: "tables", render: renderTables },
  { file: "docs/limits.md", section: "tiers", render: renderTiers },
  { file: "docs/consumers.md", section: "configurations", render: renderConfigurations },
  { file: "docs/deployer-role.json", render: renderDeployerRole },
  { file: "docs/deployer.md", section: "condition", render: () => renderDeployerCondition(assignableRoles) },
  { file: "docs/security.md", section: "benchmarks", render: renderBenchmarks },
];

export const root = join(import.meta.dirname, "../..");

/** The file as it must be, formatted like all pages. */
export async function upToDate({ file, section, render }: Generated): Promise<string> {
  if (section === undefined) return render();
  const text = withSection(readFileSync(join(root, file), "utf8"), section, render());
  return format(text, { parser: "markdown", printWidth: 110 });
}
