/**
 * How someone gets a role. `permanent`: by a role assignment. The others use Privileged Identity Management (PIM), and need
 * Microsoft Entra ID P2 or ID Governance. `eligible`: the person activates the role when needed. `until`: the role ends at this
 * date and time, in RFC 3339 with its time zone, such as `2027-01-31T18:00:00Z`.
 */
export type Access = (typeof lastingAccess)[number] | { readonly until: string };

/** Access without an end. */
export const lastingAccess = ["permanent", "eligible"] as const;

/** Access that PIM manages. */
export type PimAccess = Exclude<Access, "permanent">;

/** Whether access ends at a date and time. */
export function isTimeBound(access: Access | undefined): access is { readonly until: string } {
  return typeof access === "object";
}
