import { assignableRoles } from "../../streaming/deployer/role.ts";
import { renderBenchmarks } from "./benchmarkLists.ts";
import { renderConfigurations } from "./configurations.ts";
import { renderDeployerCondition, renderDeployerRole } from "./deployerRole.ts";
import { renderOutputs } from "./outputsReference.ts";
import { renderSettings } from "./settingsReference.ts";
import { renderSettingsSchema } from "./settingsSchema.ts";
import { renderTables } from "./tablesList.ts";
import { renderTiers } from "./tiersTable.ts";

/** A text that `npm run generate` writes: a whole file, or a section of one. */
export interface Generated {
  readonly file: string;
  /** What stands between the markers `<!-- section -->` and `<!-- /section -->`. */
  readonly section?: string;
  readonly render: () => string | Promise<string>;
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
