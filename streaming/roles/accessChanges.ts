import type { RequiredRoleAssignment } from "../outputs.ts";
import { isTimeBound } from "../people/access.ts";
import type { PortalUser } from "../people/principals.ts";
import type { RoleHandling } from "../request.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { contributor } from "./roles.ts";

/** A grant as it was deployed last. */
export type DeployedGrant = Pick<RequiredRoleAssignment, "role" | "principalId" | "managed" | "access">;

interface AccessBefore {
  readonly principals: { readonly found: { readonly portalUsers: readonly PortalUser[] } };
  readonly last: { readonly grants: readonly DeployedGrant[] };
}

/**
 * A role is assigned once: neither does PIM take a time-bound assignment beside a permanent one, nor Azure a permanent one
 * beside PIM's, and the engine makes the new one before it takes the old one away. Eligibility stands beside both.
 *
 * @param now when the deployment is asked for
 */
export function accessChangeMistakes(
  { roles }: { readonly roles: RoleHandling },
  { last, principals }: AccessBefore,
  now: Date,
): Mistake[] {
  if (roles === "expect") return [];
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
        rule: `Azure assigns a role once, and a ${isTimeBound(access) ? "permanent" : "time-bound"} assignment of this stack stands.`,
        fix: "Take the entry out of `portalUsers` and run `pulumi up`, which takes the assignment away; then put it back and run `pulumi up` again.",
      },
    ];
  });
}
