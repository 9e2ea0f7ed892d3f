import { equal, isUnknown, type Properties, type Value } from "../properties.ts";
import type { DiffResponse } from "../provider.ts";
import type { BridgedType, Input } from "./bridgedType.ts";

type Change = "add" | "delete" | "update";

/** What the inputs change, compared with what was last read: a Terraform provider plans against its state. */
export function difference(
  { inputs: schema }: BridgedType,
  inputs: Properties,
  outputs: Properties,
): DiffResponse {
  const changes = new Map<string, { kind: Change; replaces: boolean }>();
  for (const [name, input] of Object.entries(schema)) {
    const kind = changeOf(input, inputs[name], outputs[name]);
    if (kind) changes.set(name, { kind, replaces: input.forceNew ?? false });
  }
  return { changes, deleteBeforeReplace: false };
}

function changeOf(input: Input, wanted: Value | undefined, has: Value | undefined): Change | undefined {
  if (wanted === undefined) return input.optionalComputed || isZero(has) ? undefined : "delete";
  if (isZero(has)) return isZero(wanted) ? undefined : "add";
  if (isUnknown(wanted)) return "update";
  return equal(ordered(input, wanted), ordered(input, has)) ? undefined : "update";
}

/** Terraform does not distinguish "not given" from the zero value of a type. */
function isZero(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === false || value === 0;
}

function ordered({ set }: Input, value: Value | undefined): Value | undefined {
  return set && Array.isArray(value) ? [...value].sort() : value;
}
