import type { Rule } from "../rule.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { isTimeBound } from "./access.ts";
import type { NamedPortalUser } from "./principals.ts";

const wellFormed: Rule = ({ portalUsers = [] }) =>
  ends(portalUsers).flatMap(({ key, until }) => instantMistakes(key, until));

const instant =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const example = "2027-01-31T18:00:00Z";

/** What is wrong with an instant by itself. */
export function instantMistakes(key: string, value: string): Mistake[] {
  const date = instant.exec(value)?.[1];
  if (date !== undefined && isOnCalendar(date)) return [];
  const withZone = `${value.trim().replace(" ", "T")}Z`;
  const lacksZone = instant.test(withZone);
  const rule = lacksZone
    ? "An instant has a time zone: without one nobody can say when it is."
    : "It is an instant of the calendar: date, time and time zone.";
  const fix = lacksZone
    ? `Write \`until: "${withZone}"\` for UTC, or the offset of the time zone in place of the Z, such as +01:00.`
    : `Write for example \`until: "${example}"\`, in quotes.`;
  return [{ key, value, rule, fix }];
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isOnCalendar(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(date);
}

/** deployment-plan of Privileged Identity Management (MicrosoftDocs/entra-docs): an application can only have active roles. */
const activatedByPeople: Rule = ({ portalUsers = [] }) =>
  portalUsers.flatMap(({ access, principalType }, index) =>
    access === "eligible" && principalType === "ServicePrincipal"
      ? [
          {
            key: `portalUsers[${index}].access`,
            value: access,
            rule: "An application cannot be eligible for a role, because nobody would activate it.",
            fix: `Write \`access: {until: "${example}"}\` or \`access: permanent\`.`,
          },
        ]
      : [],
  );

export const accessRules: readonly Rule[] = [wellFormed, activatedByPeople];

/**
 * Ends that are over: access is never taken away by the clock of a deployment but by PIM, so that there is nothing left to give.
 *
 * @param now when the deployment is asked for
 */
export function pastEnds(portalUsers: readonly NamedPortalUser[], now: Date): Mistake[] {
  return ends(portalUsers).flatMap(({ key, until }) =>
    Date.parse(until) <= now.getTime()
      ? [
          {
            key,
            value: until,
            rule: `Access ends in the future, and it is ${now.toISOString()} already.`,
            fix: "Write a later instant, or take the entry out of `portalUsers`: PIM has ended the access by itself.",
          },
        ]
      : [],
  );
}

/** The ends that were given, with the keys they stand under. */
function ends(portalUsers: readonly NamedPortalUser[]): { readonly key: string; readonly until: string }[] {
  return portalUsers.flatMap(({ access }, index) =>
    isTimeBound(access) ? [{ key: `portalUsers[${index}].access.until`, until: access.until }] : [],
  );
}
