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

/** What is left to do for those who read a hub that was lost. */
export const readersAfterwards =
  "Afterwards, readers with a connection string need the new one, and readers that saved their positions in the old hubs must reset them.";
