/** Whether a destination is protected from deletion (no tables), or what holds these tables in it. */
export type Protection = (tables: readonly string[]) => boolean;

/**
 * What is protected in a destination. A hub that several tables share stays protected until all of them are named.
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
