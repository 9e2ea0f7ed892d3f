/**
 * The name a person most likely meant, for the fix of a mistake.
 *
 * Letter case is ignored. A name counts as near when at most a third of the longer one was mistyped (an insertion, a deletion,
 * a replacement or two neighbours swapped is one slip). Returns undefined when none is near: a far-fetched guess misleads.
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

/** Slips between two words: the optimal string alignment distance. */
export function slips(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = rows[i] ?? [];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        replaced,
        swapped ? at(i - 2, j - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}
