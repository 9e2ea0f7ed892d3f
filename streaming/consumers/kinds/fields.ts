/** A line for each field: `key: "value"`, or as `write` says. */
export function fields(
  values: Readonly<Record<string, string | number>>,
  write = (key: string, value: string | number) => `${key}: ${JSON.stringify(value)}`,
): string[] {
  return Object.entries(values).map(([key, value]) => `${write(key, value)}\n`);
}
