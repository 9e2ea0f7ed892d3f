/** Why Azure does not show what was looked up: nothing is there, or the signed-in principal may not see it. */
export type Unread = "missing" | "hidden";

/** What was looked up in Azure, or why it could not be read. */
export type Found<Facts> = Facts | Unread;

/** What was read, if anything was. */
export function asFound<Facts>(found: Found<Facts> | undefined): Facts | undefined {
  return found === "missing" || found === "hidden" ? undefined : found;
}
