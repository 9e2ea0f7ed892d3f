import type { Rule } from "../rule.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { isTimeBound } from "./access.ts";
import { exampleInstant, instantMistakes } from "./instants.ts";
import type { NamedPortalUser } from "./principals.ts";

const wellFormed: Rule = ({ portalUsers = [] }) =>
  ends(portalUsers).flatMap(({ key, until }) => instantMistakes(key, until));

/** deployment-plan of Privileged Identity Management (MicrosoftDocs/entra-docs): an application can only have active roles. */
const activatedByPeople: Rule = ({ portalUsers = [] }) =>
  portalUsers.flatMap(({ access, principalType }, index) => {
    if (access !== "eligible" || principalType !== "ServicePrincipal") return [];
    const rule = "An application cannot be eligible for a role, because nobody would activate the role.";
    const fix = `Write \`access: {until: "${exampleInstant}"}\` or \`access: permanent\`.`;
    return [{ key: `portalUsers[${index}].access`, value: access, rule, fix }];
  });

export const accessRules: readonly Rule[] = [wellFormed, activatedByPeople];

/**
 * Ends in the past. PIM ends the access, not a deployment, so there is nothing left to grant.
 *
 * @param now when the deployment runs
 */
export function pastEnds(portalUsers: readonly NamedPortalUser[], now: Date): Mistake[] {
  return ends(portalUsers).flatMap(({ key, until: value }) => {
    if (!(Date.parse(value) <= now.getTime())) return [];
    const rule = `Access must end in the future, and it is now ${now.toISOString()}.`;
    const fix =
      "PIM has already ended this access. Write a later date, or remove the entry from `portalUsers`.";
    return [{ key, value, rule, fix }];
  });
}

/** The ends that were given, with their keys. */
function ends(portalUsers: readonly NamedPortalUser[]): { readonly key: string; readonly until: string }[] {
  return portalUsers.flatMap(({ access }, index) =>
    isTimeBound(access) ? [{ key: `portalUsers[${index}].access.until`, until: access.until }] : [],
  );
}
