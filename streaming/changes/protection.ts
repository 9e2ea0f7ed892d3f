/** Whether a destination (no tables), or what holds these tables in it, is protected from deletion. */
export type Protection = (tables: readonly string[]) => boolean;

/**
 * What is protected in a destination. A shared hub is protected until all its tables are named.
 *
 * @param key the destination's in the plan
 */
export function protectionOf(
  {
    protect = true,
    allowDataLoss,
  }: { readonly protect?: boolean | undefined; readonly allowDataLoss: readonly string[] },
  key: string,
): Protection {
  const mayBeLost = (name: string) => allowDataLoss.includes(name);
  return (tables) => protect && !mayBeLost(key) && !(tables.length > 0 && tables.every(mayBeLost));
}

/** What a lost hub means for those who read it. */
export const readersStartAnew =
  "Readers of a lost hub start anew: positions that they saved do not fit the new hub, and shared access keys are new.";
