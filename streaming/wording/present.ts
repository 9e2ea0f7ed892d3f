/**
 * The keys of an object that have a value. Absent and undefined mean the same here, but not to a spread: `{ ...defaults, ...asked }` takes
 * an undefined over a default. So whatever is spread over something, listed or compared goes through this first.
 */
export function present<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
