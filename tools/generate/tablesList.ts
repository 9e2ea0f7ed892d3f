import { catalog, observedTables, type Table } from "../../streaming/defender/tables.ts";

/** docs/tables.md's lists: the documented tables, and those that were only observed, by where their events come from. */
export function renderTables(): string {
  return [
    `## The ${catalog.length} documented tables`,
    "These are streamed unless you name others. Microsoft documents them as generally available in all clouds.",
    byGroup(catalog),
    "## Observed tables",
    "Microsoft does not document that these can be streamed, but streams of real tenants contain them. Name them under `tables`; a warning reminds you.",
    byGroup(observedTables),
  ].join("\n\n");
}

function byGroup(tables: readonly Table[]): string {
  const groups = new Set(tables.map(({ group }) => group));
  const names = (of: string) => tables.filter(({ group }) => group === of).map(({ name }) => `\`${name}\``);
  return [...groups].map((group) => `- **${group}**: ${names(group).join(", ")}`).join("\n");
}
