import { isTimeBound } from "../people/access.ts";
import type { NamedPortalUser } from "../people/principals.ts";
import { listed, sentences } from "../wording/words.ts";

/** The longest active assignment that PIM's role settings allow by default: six months. */
const longestDays = 180;

interface Situation {
  readonly request: { readonly portalUsers: readonly NamedPortalUser[] };
  readonly now: Date;
}

/** Ends that PIM may refuse because they are too late. */
export function accessNotices({ request: { portalUsers }, now }: Situation): string[] {
  const longest = now.getTime() + longestDays * 24 * 60 * 60 * 1000;
  const far = portalUsers.filter(({ access }) => isTimeBound(access) && Date.parse(access.until) > longest);
  return sentences(
    far.length > 0 &&
      `The access of ${listed(far.map(({ name }) => name))} ends more than ${longestDays} days from now. By default PIM allows no more than that and refuses a later end. An administrator can change this in the role settings for Contributor at the scope.`,
  );
}
