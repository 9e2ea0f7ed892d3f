import { inputsIn, toOutputs } from "./body.ts";
import { parameterValues } from "./path.ts";
import { equal, isObject, type Properties, type Value } from "../properties.ts";
import type { ResourceType } from "./resourceType.ts";

/**
 * The inputs of a resource after a refresh: those in state, with what changed in Azure since. Only properties whose
 * outputs changed are taken over: what Azure fills in by itself must not look like a wish of the program.
 */
export function refreshedInputs(
  type: ResourceType,
  inputs: Properties,
  oldOutputs: Properties,
  newOutputs: Properties,
): Properties {
  const before = inputsIn(type.shape, withoutDefaults(type, inputs, oldOutputs));
  const after = inputsIn(type.shape, withoutUnsetChildren(type, inputs, newOutputs));
  return withChanges(inputs, before, after);
}

/** The inputs that would create a resource that is being imported. Empty collections count as not given. */
export function importedInputs(type: ResourceType, id: string, response: Properties): Properties {
  const parameters = Object.entries(parameterValues(type.path, id)).filter(
    ([name]) => name !== "subscriptionId",
  );
  const inputs: Properties = Object.fromEntries(parameters);
  for (const [name, value] of Object.entries(inputsIn(type.shape, toOutputs(type.shape, response)))) {
    const kept = value === undefined ? undefined : withoutEmpty(value);
    if (kept !== undefined) inputs[name] = kept;
  }
  return inputs;
}

function withoutDefaults(type: ResourceType, inputs: Properties, outputs: Properties): Properties {
  const isDefault = (name: string) =>
    name in inputs && type.defaults?.[name] !== undefined && equal(outputs[name], type.defaults[name]);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !isDefault(name)));
}

function withoutUnsetChildren(type: ResourceType, inputs: Properties, outputs: Properties): Properties {
  const kept = Object.entries(outputs).filter(
    ([name]) => !type.shape[name]?.keptIfUnset || inputs[name] !== undefined,
  );
  return Object.fromEntries(kept);
}

function withChanges(base: Properties, before: Properties, after: Properties): Properties {
  const result: Properties = {};
  for (const [name, value] of Object.entries(base))
    if (!(name in before) || name in after) result[name] = value;
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (value === undefined || equal(old, value)) continue;
    const current = base[name];
    result[name] = current === undefined || old === undefined ? value : changed(current, old, value);
  }
  return result;
}

function changed(base: Value, before: Value, after: Value): Value {
  if (isObject(base) && isObject(before) && isObject(after)) return withChanges(base, before, after);
  if (!Array.isArray(base) || !Array.isArray(before) || !Array.isArray(after)) return after;
  return after.map((item, index) => {
    const current = base[index];
    const old = before[index];
    return current === undefined || old === undefined ? item : changed(current, old, item);
  });
}

function withoutEmpty(value: Value): Value | undefined {
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, inner === undefined ? undefined : withoutEmpty(inner)] as const,
  );
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
