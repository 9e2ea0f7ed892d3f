import type { Role } from "../../streaming/roles/roles.ts";
import type { Account } from "./account.ts";

/** The command that assigns the signed-in principal a role; someone with more rights has to run it. */
export function grantCommand(
  { objectId, principalType }: Account,
  role: Role,
  scope: string,
  condition?: string,
): string {
  const limited =
    condition === undefined ? "" : ` --condition ${inQuotes(condition)} --condition-version 2.0`;
  return (
    `az role assignment create --assignee-object-id ${objectId} --assignee-principal-type ${principalType} ` +
    `--role ${inQuotes(role.name)} --scope ${scope}${limited}`
  );
}

/** Quoted for a shell: a condition has single quotes and exclamation marks. */
function inQuotes(text: string): string {
  return /['!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
