/** Where one table is: the keys of a namespace and of an export setting of the plan. */
export interface Place {
  /** `ns1`, `ns2`, … */
  readonly namespace: string;
  /** `export1`, `export2`, … */
  readonly exportSetting: string;
}

/** Table name → its place. A stack output, read back before the next plan so that nothing moves on its own. */
export type Placement = Readonly<Record<string, Place>>;

export const namespaceKey = /^ns[1-9][0-9]{0,3}$/;
export const exportSettingKey = /^export[1-9][0-9]{0,3}$/;

/** The number in a key: 2 for `ns2`. */
export function numberIn(key: string): number {
  return Number(key.replace(/^\D+/, ""));
}

/** The key with the lowest number that is not taken. */
export function lowestFree(prefix: "ns" | "export", taken: Iterable<string>): string {
  const keys = new Set(taken);
  let number = 1;
  while (keys.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}
