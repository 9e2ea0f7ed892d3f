import type { TargetHub } from "./kind.ts";

/** The table that gets the events of a hub: their own, or one for all. */
export const tableOf = ({ tables: [table = "", ...others] }: TargetHub) =>
  others.length === 0 ? table : "DefenderEvents";

/** The table that gets the messages of a hub unchanged. */
export const rawTableOf = (hub: TargetHub) => `${tableOf(hub)}Raw`;

/** The ingestion mapping of such a table. */
export const mapping = "records";

/**
 * The tables for a hub: messages come into one as they are and stay for a day, and an update policy takes their records apart for the
 * other (ingest-data-no-code.md, MicrosoftDocs/dataexplorer-docs).
 */
export function tables(hub: TargetHub): string {
  const [table, raw] = [tableOf(hub), rawTableOf(hub)];
  const path = JSON.stringify([{ column: "records", Properties: { path: "$.records" } }]);
  const split = { IsEnabled: true, Source: raw, Query: `${table}Records()`, IsTransactional: true };
  return `.create-merge table ${raw} (records: dynamic)

.create-or-alter table ${raw} ingestion json mapping "${mapping}" '${path}'

.alter-merge table ${raw} policy retention softdelete = 1d

.create-merge table ${table} (Received: datetime, Category: string, Properties: dynamic)

.create-or-alter function ${table}Records() {
  ${raw}
  | mv-expand record = records
  | project Received = todatetime(record["time"]), Category = tostring(record.category), Properties = record.properties
}

.alter table ${table} policy update @'${JSON.stringify([split])}'
`;
}
