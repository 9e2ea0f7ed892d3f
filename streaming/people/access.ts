/**
 * How somebody has a role. `permanent`: by a role assignment. The others are Privileged Identity Management's (PIM), and need
 * Microsoft Entra ID P2 or ID Governance: `eligible` activates the role when it is needed, `until` has it up to an instant,
 * in RFC 3339 with its time zone, such as `2027-01-31T18:00:00Z`.
 */
export type Access = "permanent" | "eligible" | { readonly until: string };

/** Access that PIM gives and takes away. */
export type PimAccess = Exclude<Access, "permanent">;

/** Whether access ends at an instant. */
export function isTimeBound(access: Access | undefined): access is { readonly until: string } {
  return typeof access === "object";
}
