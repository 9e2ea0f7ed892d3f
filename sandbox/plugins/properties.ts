/** A property as the engine sends it: JSON, and `unknown` where a preview can't know yet. */
export type Value = null | boolean | number | string | Value[] | Properties;
// An interface would not be assignable to JSON-like types; `undefined` keeps lookups honest.
export type Properties = { [name: string]: Value | undefined };

/** What the engine sends, and takes, for a value that a preview can't know (one per kind of value; the first serves all). */
const unknowns = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const isUnknown = (value: unknown): boolean => typeof value === "string" && unknowns.includes(value);

const signature = "4dabf18193072939515e22adb298388d";

export const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value without the wrappers of secrets and outputs, and without nulls in objects: they mean "not given". */
function unwrapped(value: Value): Value {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isObject(value)) return value;
  if (signature in value) return value["value"] === undefined ? unknown : unwrapped(value["value"]);
  return unwrappedAll(value);
}

/** `unwrapped` for each property. */
export function unwrappedAll(values: Properties): Properties {
  const given = Object.entries(values).filter(
    (entry): entry is [string, Value] => entry[1] !== null && entry[1] !== undefined,
  );
  return Object.fromEntries(given.map(([name, value]) => [name, unwrapped(value)]));
}

export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => equal(a[name], b[name]));
  }
  return a === b;
}
