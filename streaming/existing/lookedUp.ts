import type { Mistake } from "../wording/mistakes.ts";
import type { Found } from "../cloud/found.ts";
import type { ExistingFacts } from "./facts.ts";
import { parseId } from "../cloud/resourceId.ts";
import type { Kind } from "./ids.ts";

/** The mistake of naming what is in another subscription, is not there, or may not be read; none when it was found. */
export function lookedUp(
  key: string,
  id: string,
  kind: Kind,
  found: Found<object> | undefined,
  { subscriptionId }: ExistingFacts,
): Mistake[] {
  const other = parseId(id)?.subscriptionId;
  if (other !== undefined && other.toLowerCase() !== subscriptionId.toLowerCase()) {
    return [
      {
        key,
        value: id,
        rule: `Everything is in the subscription that is deployed to, ${subscriptionId}; this is in ${other}.`,
        fix: `Deploy with \`ARM_SUBSCRIPTION_ID=${other}\` (or \`azure-native:subscriptionId\`), or name ${kind.what} of ${subscriptionId}.`,
      },
    ];
  }
  if (found === "missing") {
    return [
      {
        key,
        value: id,
        rule: `There is no such thing in Azure: ${kind.what} under this id was not found.`,
        fix: `Correct the id; \`${kind.list}\` lists yours.`,
      },
    ];
  }
  if (found === "hidden") {
    return [
      {
        key,
        value: id,
        rule: "It is read before anything is planned, and the signed-in principal may not read it.",
        fix: `Grant the role Reader there: az role assignment create --role Reader --assignee <principal> --scope ${id}`,
      },
    ];
  }
  return [];
}
