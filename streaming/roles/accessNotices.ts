import { isTimeBound } from "../people/access.ts";
import type { NamedPortalUser } from "../request.ts";
import { listed } from "../wording/words.ts";

/** How long PIM's role settings let an active assignment be, as they come: six months. */
const longestDays = 180;

/** Ends so far ahead that PIM may refuse them. */
export function accessNotices(portalUsers: readonly NamedPortalUser[], now: Date): string[] {
  const longest = now.getTime() + longestDays * 24 * 60 * 60 * 1000;
  const far = portalUsers.filter(({ access }) => isTimeBound(access) && Date.parse(access.until) > longest);
  return far.length === 0
    ? []
    : [
        `The access of ${listed(far.map(({ name }) => name))} ends more than ${longestDays} days ahead. PIM's role settings allow no more as they come, and refuse a later end; an administrator can change them for Contributor at the scope.`,
      ];
}

/** What PIM asks of people; no access of it: nothing. */
export function pimWarnings(portalUsers: readonly NamedPortalUser[]): string[] {
  const eligible = portalUsers.filter(({ access }) => access === "eligible").map(({ name }) => name);
  const managed = portalUsers.filter(({ access = "permanent" }) => access !== "permanent");
  return [
    ...(managed.length === 0
      ? []
      : [
          `Access by PIM (${listed(managed.map(({ name }) => name))}) needs Microsoft Entra ID P2 or Microsoft Entra ID Governance in the tenant; without the license Azure refuses it with AadPremiumLicenseRequired.`,
        ]),
    ...(eligible.length === 0
      ? []
      : [
          `${listed(eligible)}: eligible for Contributor, and to activate it in PIM before saving an export setting in the Defender portal.`,
        ]),
  ];
}
