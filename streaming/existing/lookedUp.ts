import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { Found } from "../cloud/found.ts";
import type { ExistingFacts } from "./facts.ts";
import { parseId } from "../cloud/resourceId.ts";
import type { ExistingType } from "./ids.ts";

/** The mistake of naming something in another subscription, or something that does not exist or may not be read. */
export function lookedUp(
  key: string,
  value: string | undefined,
  kind: ExistingType,
  found: Found<object> | undefined,
  { subscriptionId }: ExistingFacts,
): Mistake[] {
  if (value === undefined) return [];
  const other = parseId(value)?.subscriptionId ?? subscriptionId;
  const isHere = other.toLowerCase() === subscriptionId.toLowerCase();
  return mistakes(
    !isHere && {
      key,
      value,
      rule: `Everything must be in the subscription of the deployment, ${subscriptionId}. This is in ${other}.`,
      fix: `Deploy with \`ARM_SUBSCRIPTION_ID=${other}\` (or \`azure-native:subscriptionId\`), or name ${kind.what} of ${subscriptionId}.`,
    },
    isHere &&
      found === "missing" && {
        key,
        value,
        rule: `Azure has no ${kind.what.replace(/^an? /, "")} with this id.`,
        fix: `Correct the id; \`${kind.list}\` lists yours.`,
      },
    isHere &&
      found === "hidden" && {
        key,
        value,
        rule: "The signed-in principal may not read it.",
        fix: `Grant the role Reader there: az role assignment create --role Reader --assignee <principal> --scope ${value}`,
      },
  );
}
