import { isTimeBound, type PimAccess } from "../people/access.ts";
import type { PortalUser } from "../people/principals.ts";
import type { RoleHandling } from "../request.ts";
import { MistakesError, type Mistake } from "../wording/mistakes.ts";
import { contributor } from "./roles.ts";

/** A grant as it was deployed last. */
export interface DeployedGrant {
  /** The role's display name. */
  readonly role: string;
  readonly principalId: string;
  /** Whether the stack made it. */
  readonly managed: boolean;
  /** Absent: permanent. */
  readonly access?: PimAccess;
}

/**
 * A role is assigned once: neither does PIM take a time-bound assignment beside a permanent one, nor Azure a permanent one
 * beside PIM's, and the engine makes the new one before it takes the old one away. Eligibility stands beside both.
 *
 * @param deployed the grants of the last deployment
 * @param now when the deployment is asked for
 * @throws MistakesError before anything is touched.
 */
export function checkAccessChanges(
  request: { readonly portalUsers: readonly PortalUser[]; readonly roles: RoleHandling },
  deployed: readonly DeployedGrant[],
  now: Date,
): void {
  if (request.roles === "expect") return;
  const mistakes = request.portalUsers.flatMap(({ objectId, access = "permanent" }, index): Mistake[] => {
    const before = deployed.find(
      ({ role, managed, principalId }) =>
        managed && role === contributor.name && principalId === objectId.toLowerCase(),
    );
    if (!before || access === "eligible" || before.access === "eligible") return [];
    const isOver = isTimeBound(before.access) && Date.parse(before.access.until) <= now.getTime();
    if (isOver || isTimeBound(access) === isTimeBound(before.access)) return [];
    return [
      {
        key: `portalUsers[${index}].access`,
        value: access,
        rule: `Azure assigns a role once, and a ${isTimeBound(access) ? "permanent" : "time-bound"} assignment of this stack stands.`,
        fix: "Take the entry out of `portalUsers` and run `pulumi up`, which takes the assignment away; then put it back and run `pulumi up` again.",
      },
    ];
  });
  if (mistakes.length > 0) throw new MistakesError(mistakes);
}
