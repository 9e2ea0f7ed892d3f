import { parametersOf } from "./path.ts";
import { equal, isObject, isUnknown, type Properties, type Value } from "../properties.ts";
import type { Property, ResourceType } from "./resourceType.ts";

type Change = "add" | "delete" | "update";

interface PropertyChange {
  readonly kind: Change;
  /** It can't be done in place. */
  readonly replaces: boolean;
}

export interface Difference {
  /** By property path: `sku.capacity`, `ipRules[0].ipMask`. */
  readonly changes: ReadonlyMap<string, PropertyChange>;
  readonly deleteBeforeReplace: boolean;
}

/** The mark that `check` leaves in the inputs of a resource that it gave a random name: its replacement can stand beside it. */
export const createBeforeDelete = "__createBeforeDelete";

/**
 * What the new inputs change, compared with the old ones. A path parameter (an unknown one too) and a force-new property
 * replace, nothing else does. Unless it has a random name, a replaced resource is deleted first.
 */
export function difference(
  type: ResourceType,
  oldInputs: Properties,
  newInputs: Properties,
  oldOutputs: Properties,
): Difference {
  const changes = new Map<string, PropertyChange>();
  const replacing = replacingPaths(type);
  for (const [path, kind, replacePath, underReplacing] of compareObjects(type, oldInputs, newInputs)) {
    const replaces =
      replacing.has(replacePath) ||
      (kind === "update" && underReplacing.some((parent) => replacing.has(parent)));
    if (kind === "add" && isNoNews(type, path, newInputs, oldOutputs, replaces)) {
      if (replaces) changes.set(path, { kind, replaces: false });
      continue;
    }
    changes.set(path, { kind, replaces });
  }
  const marked = oldInputs[createBeforeDelete];
  const replacesAny = [...changes.values()].some((change) => change.replaces);
  return { changes, deleteBeforeReplace: typeof marked === "boolean" ? !marked : replacesAny };
}

// An input that is added as what already holds: the default where that's a change in place, the output where it would replace.
function isNoNews(
  type: ResourceType,
  path: string,
  newInputs: Properties,
  oldOutputs: Properties,
  replaces: boolean,
): boolean {
  if (path.includes(".") || path.includes("[")) return false;
  if (replaces) return oldOutputs[path] !== undefined && equal(newInputs[path], oldOutputs[path]);
  const expected = type.shape[path]?.default;
  return expected !== undefined && equal(newInputs[path], expected);
}

function replacingPaths(type: ResourceType): Set<string> {
  const paths = new Set(parametersOf(type.path));
  for (const [name, property] of Object.entries(type.shape)) {
    if (property.forceNew) paths.add(name);
    for (const [innerName, inner] of Object.entries(property.shape ?? {})) {
      if (inner.forceNew) paths.add(`${name}.${innerName}`).add(`${name}[].${innerName}`);
    }
  }
  return paths;
}

/** The path of a property, what happens to it, its path without indexes, and those of the objects around it. */
type Found = [path: string, kind: Change, pattern: string, around: string[]];

function* compareObjects(type: ResourceType, before: Properties, after: Properties): Generator<Found> {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const from = before[name];
    const to = after[name];
    if (name.startsWith("__") || sameTopLevel(name, from, to)) continue;
    yield* compareValues(type.shape[name], from, to, name, name, []);
  }
}

function* compareValues(
  property: Property | undefined,
  from: Value | undefined,
  to: Value | undefined,
  path: string,
  pattern: string,
  around: string[],
): Generator<Found> {
  if (from === undefined && to === undefined) return;
  if (from === undefined) yield [path, "add", pattern, []];
  else if (to === undefined) yield [path, "delete", pattern, []];
  else if (Array.isArray(from) && Array.isArray(to)) {
    for (const [index, older, newer] of pairs(property?.identifiers, from, to)) {
      yield* compareValues(property, older, newer, `${path}[${String(index)}]`, `${pattern}[]`, around);
    }
  } else if (isObject(from) && isObject(to)) {
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
      if (name.startsWith("__")) continue;
      yield* compareValues(
        property?.shape?.[name],
        from[name],
        to[name],
        `${path}.${name}`,
        `${pattern}.${name}`,
        [...around, pattern],
      );
    }
  } else if (!equal(from, to)) yield [path, "update", pattern, around];
}

function* pairs(
  identifiers: readonly string[] | undefined,
  from: Value[],
  to: Value[],
): Generator<[index: number, from: Value | undefined, to: Value | undefined]> {
  if (!identifiers) {
    for (let index = 0; index < Math.max(from.length, to.length); index++)
      yield [index, from[index], to[index]];
    return;
  }
  const key = (item: Value) =>
    JSON.stringify(identifiers.map((name) => (isObject(item) ? (item[name] ?? null) : item)));
  const older = new Map(from.map((item, index) => [key(item), { item, index }]));
  const newer = new Set(to.map(key));
  for (const [index, item] of to.entries()) yield [index, older.get(key(item))?.item, item];
  for (const [itemKey, { item, index }] of older) if (!newer.has(itemKey)) yield [index, item, undefined];
}

// Azure writes "West US" for westus, and doesn't care for the case of a resource group's name.
function sameTopLevel(name: string, from: Value | undefined, to: Value | undefined): boolean {
  if (typeof from !== "string" || typeof to !== "string" || isUnknown(to)) return false;
  if (name === "location") return normalizedLocation(from) === normalizedLocation(to);
  return name === "resourceGroupName" && from.toLowerCase() === to.toLowerCase();
}

const normalizedLocation = (location: string) => location.replaceAll(" ", "").toLowerCase();
