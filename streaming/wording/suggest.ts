import damerauLevenshtein from "damerau-levenshtein";

/**
 * The name a person most likely meant, for the fix of a mistake.
 *
 * Letter case is ignored. A name counts as near when at most a third of the longer one was mistyped (an insertion, a deletion,
 * a replacement or two neighbors swapped is one slip). Returns undefined when none is near: a far-fetched guess misleads.
 */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  let best: { name: string; slips: number } | undefined;
  for (const name of names) {
    const count = slips(given.toLowerCase(), name.toLowerCase());
    const near = count <= Math.max(given.length, name.length) / 3;
    if (near && (best === undefined || count < best.slips)) best = { name, slips: count };
  }
  return best?.name;
}

/** Slips between two words. */
export function slips(a: string, b: string): number {
  return damerauLevenshtein(a, b).steps;
}
