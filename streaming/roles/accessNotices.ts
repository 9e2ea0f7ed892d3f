import { isTimeBound } from "../people/access.ts";
import type { NamedPortalUser } from "../people/principals.ts";
import { listed, sentences } from "../wording/words.ts";

/** How long PIM's role settings let an active assignment be, as they come: six months. */
const longestDays = 180;

/** Ends so far ahead that PIM may refuse them. */
export function accessNotices(portalUsers: readonly NamedPortalUser[], now: Date): string[] {
  const longest = now.getTime() + longestDays * 24 * 60 * 60 * 1000;
  const far = portalUsers.filter(({ access }) => isTimeBound(access) && Date.parse(access.until) > longest);
  return sentences(
    far.length > 0 &&
      `The access of ${listed(far.map(({ name }) => name))} ends more than ${longestDays} days ahead. PIM's role settings allow no more as they come, and refuse a later end; an administrator can change them for Contributor at the scope.`,
  );
}
