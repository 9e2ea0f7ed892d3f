/** Where one table is: the keys of a namespace and of an export setting of the plan. */
export interface Place {
  /** `ns1`, `ns2`, … */
  readonly namespace: string;
  /** `export1`, `export2`, … */
  readonly exportSetting: string;
}

/** Table name → its place. It is a stack output, and the next plan reads it, so that no table moves unasked. */
export type Placement = Readonly<Record<string, Place>>;

export const namespaceKey = /^ns[1-9][0-9]{0,3}$/;
export const exportSettingKey = /^export[1-9][0-9]{0,3}$/;

/** The number in a key: 2 for `ns2`. */
export function numberIn(key: string): number {
  return Number(key.replace(/^\D+/, ""));
}

/** The free key with the lowest number. */
export function lowestFree(prefix: "ns" | "export", taken: Iterable<string>): string {
  const keys = new Set(taken);
  let number = 1;
  while (keys.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}
