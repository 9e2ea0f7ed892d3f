import type { RequiredRoleAssignment } from "../outputs.ts";
import { isTimeBound } from "../people/access.ts";
import type { PortalUser } from "../people/principals.ts";
import type { RoleHandling } from "../request.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { contributor } from "./roles.ts";

/** A grant of the last deployment. */
export type DeployedGrant = Pick<RequiredRoleAssignment, "role" | "principalId" | "managed" | "access">;

interface Situation {
  readonly request: { readonly roles: RoleHandling };
  readonly principals: { readonly found: { readonly portalUsers: readonly PortalUser[] } };
  readonly last: { readonly grants: readonly DeployedGrant[] };
  /** When the deployment runs. */
  readonly now: Date;
}

/**
 * A role can be assigned once. PIM refuses a time-bound assignment if there is a permanent one, and Azure the other way round.
 * The engine creates the new one before it deletes the old one. Eligibility is possible beside both.
 */
export function accessChangeMistakes({ request, last, principals, now }: Situation): Mistake[] {
  if (request.roles === "expect") return [];
  return principals.found.portalUsers.flatMap(({ objectId, access = "permanent" }, index): Mistake[] => {
    const before = last.grants.find(
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
        rule: `Azure assigns a role once, and this stack already has a ${isTimeBound(access) ? "permanent" : "time-bound"} assignment.`,
        fix: "Remove the entry from `portalUsers` and run `pulumi up`, which deletes the assignment. Then put it back and run `pulumi up` again.",
      },
    ];
  });
}
