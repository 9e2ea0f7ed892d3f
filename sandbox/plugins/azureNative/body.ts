import { equal, isObject, isUnknown, unknown, type Properties, type Value } from "../properties.ts";
import type { Property, Shape } from "./resourceType.ts";

/**
 * The body of a PUT: each input at its place, and nothing that isn't an input of the type. A list of children that the
 * program leaves to others (`keptIfUnset`) is not touched here; see `withChildrenOf`.
 *
 * @param previous the inputs before: what has left a set since is null (`provider/pkg/convert/sdkInputsToRequestBody.go`, #4640)
 */
export function toBody(shape: Shape, inputs: Properties, previous: Properties = {}): Properties {
  const body: Properties = {};
  for (const [name, property] of Object.entries(shape)) {
    const value = inputs[name];
    if (value === undefined || property.readOnly) continue;
    const before = previous[name];
    container(body, property.in)[property.wireName ?? name] = converted(
      property,
      value,
      (inner, values) => toBody(inner, values, isObject(before) ? before : {}),
      (set) => stringSetToWire(set, before),
    );
  }
  return body;
}

/** The outputs in a response: what the type knows, in the SDK's shape. */
export function toOutputs(shape: Shape, response: Properties): Properties {
  const outputs: Properties = {};
  for (const [name, property] of Object.entries(shape)) {
    if (property.inputOnly) continue;
    const value = at(response, [...(property.in ?? []), property.wireName ?? name]);
    if (value !== undefined && value !== null)
      outputs[name] = converted(property, value, toOutputs, (set) => set);
  }
  return outputs;
}

/** Those outputs that are inputs too, in the shape of inputs. */
export function inputsIn(shape: Shape, outputs: Properties): Properties {
  const inputs: Properties = {};
  for (const [name, property] of Object.entries(shape)) {
    const value = outputs[name];
    if (value !== undefined && !property.readOnly)
      inputs[name] = converted(property, value, inputsIn, stringSetFromWire);
  }
  return inputs;
}

/** A resource's outputs in a preview: given values are kept, everything else is unknown. */
export function previewedOutputs(shape: Shape, inputs: Properties): Properties {
  const outputs: Properties = {};
  for (const [name, property] of Object.entries(shape)) {
    if (property.inputOnly) continue;
    const value = inputs[name];
    outputs[name] =
      value === undefined || isUnknown(value) || property.stringSet
        ? unknown
        : converted(property, value, previewedOutputs, (set) => set);
  }
  return outputs;
}

/** The body with the lists of children that it omits: as Azure gives them, or empty for a new resource. */
export function withChildrenOf(shape: Shape, body: Properties, live: Properties | undefined): Properties {
  const result = structuredClone(body);
  for (const path of unsetChildren(shape, body)) {
    const children = live ? at(live, path) : [];
    if (children !== undefined && children !== null)
      container(result, path.slice(0, -1))[path.at(-1) ?? ""] = children;
  }
  return result;
}

/** Where lists of children are missing in a body, by their paths on the wire. */
export const unsetChildren = (shape: Shape, body: Properties): string[][] =>
  Object.entries(shape)
    .filter(([, property]) => property.keptIfUnset)
    .map(([name, property]) => [...(property.in ?? []), property.wireName ?? name])
    .filter((path) => at(body, path) === undefined);

/** True if a response shows a resource as Azure created it with its parent: nothing in it but the default body, false and empty lists. */
export function isDefaultResponse(shape: Shape, response: Properties, defaultBody: Properties): boolean {
  const outputs = inputsIn(shape, toOutputs(shape, response));
  return Object.entries(outputs).every(
    ([name, value]) => name in defaultBody && isDefaultValue(value, defaultBody[name]),
  );
}

function isDefaultValue(value: Value | undefined, expected: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) {
    return Object.entries(value).every(
      ([name, inner]) => isObject(expected) && name in expected && isDefaultValue(inner, expected[name]),
    );
  }
  return value === false || expected === "*" || equal(value, expected);
}

function converted(
  property: Property,
  value: Value,
  convert: (shape: Shape, values: Properties) => Properties,
  convertSet: (set: Value) => Value,
): Value {
  const { shape, stringSet } = property;
  if (stringSet) return convertSet(value);
  if (!shape) return value;
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? convert(shape, item) : item));
  return isObject(value) ? convert(shape, value) : value;
}

const stringSetToWire = (set: Value, before: Value | undefined): Value => {
  if (!Array.isArray(set)) return set;
  const names = (list: Value[]) => list.filter((name) => typeof name === "string");
  const removed = Array.isArray(before) ? names(before).filter((name) => !set.includes(name)) : [];
  return Object.fromEntries<Value>([
    ...names(set).map((name): [string, Value] => [name, {}]),
    ...removed.map((name): [string, Value] => [name, null]),
  ]);
};
const stringSetFromWire = (set: Value): Value => (isObject(set) ? Object.keys(set) : set);

function container(values: Properties, path: readonly string[] = []): Properties {
  let current = values;
  for (const name of path) {
    const inner = current[name];
    const next: Properties = isObject(inner) ? inner : {};
    current[name] = next;
    current = next;
  }
  return current;
}

function at(values: Properties, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (current, name) => (isObject(current) ? current[name] : undefined),
    values,
  );
}
