import { distance } from "fastest-levenshtein";
import { isSince } from "./apiVersion.ts";
import { invalidContent } from "./error.ts";

/** The JSON a resource type takes, written down with the functions below. */
export type Shape =
  | { readonly kind: "text"; readonly pattern?: RegExp; readonly min?: number; readonly max?: number }
  | { readonly kind: "oneOf"; readonly values: readonly Choice[] }
  | { readonly kind: "whole"; readonly min?: number; readonly max?: number }
  | { readonly kind: "flag" }
  | { readonly kind: "anything" }
  | { readonly kind: "list"; readonly of: Shape; readonly max?: number }
  | { readonly kind: "dictionary"; readonly of: Shape }
  | Structure;

export interface Structure {
  readonly kind: "structure";
  readonly members: Readonly<Record<string, Member>>;
}

/** A value of an enum; with `since`, the first api-version that knows it. */
export type Choice = string | { readonly value: string; readonly since: string };

export interface Member {
  readonly shape: Shape;
  readonly required?: true;
  /** Azure fills it in: ignored in requests. */
  readonly readOnly?: true;
  /** First api-version that knows it. */
  readonly since?: string;
}

type Written = Shape | Member;

export const text = (rules: { pattern?: RegExp; min?: number; max?: number } = {}): Shape => ({
  kind: "text",
  ...rules,
});
export const oneOf = (...values: Choice[]): Shape => ({ kind: "oneOf", values });
export const whole = (rules: { min?: number; max?: number } = {}): Shape => ({ kind: "whole", ...rules });
export const flag: Shape = { kind: "flag" };
export const anything: Shape = { kind: "anything" };
export const list = (of: Shape, max?: number): Shape => ({
  kind: "list",
  of,
  ...(max !== undefined && { max }),
});
export const dictionary = (of: Shape): Shape => ({ kind: "dictionary", of });
export const structure = (members: Record<string, Written>): Structure => ({
  kind: "structure",
  members: Object.fromEntries(Object.entries(members).map(([name, written]) => [name, member(written)])),
});

export const required = (written: Written): Member => ({ ...member(written), required: true });
export const since = (version: string, written: Written): Member => ({ ...member(written), since: version });
export const readOnly: Member = { shape: anything, readOnly: true };

function member(written: Written): Member {
  return "shape" in written ? written : { shape: written };
}

/**
 * The part of a request that counts: without read-only members and nulls, enum values in Azure's letter case.
 * @param partial a PATCH: required members may be missing
 * @throws ArmError 400 for an unknown member, a missing one, a wrong type or a value out of range
 */
export function read(value: unknown, shape: Shape, version: string, partial = false, path = ""): unknown {
  const wrong = (wanted: string) =>
    invalidContent(`Error converting value ${brief(value)} to ${wanted}. Path '${path}'`);
  switch (shape.kind) {
    case "anything":
      return value;
    case "flag":
      if (typeof value !== "boolean") throw wrong("a boolean");
      return value;
    case "whole":
      if (typeof value !== "number" || !Number.isInteger(value)) throw wrong("an integer");
      if (value < (shape.min ?? -Infinity)) throw wrong(`an integer of at least ${shape.min ?? ""}`);
      if (value > (shape.max ?? Infinity)) throw wrong(`an integer of at most ${shape.max ?? ""}`);
      return value;
    case "text":
      if (typeof value !== "string") throw wrong("a string");
      if (value.length < (shape.min ?? 0)) throw wrong(`a string of at least ${shape.min ?? ""} characters`);
      if (value.length > (shape.max ?? Infinity))
        throw wrong(`a string of at most ${shape.max ?? ""} characters`);
      if (shape.pattern && !shape.pattern.test(value)) throw wrong(`a string like ${shape.pattern.source}`);
      return value;
    case "oneOf": {
      const choices = shape.values.flatMap((choice) => chosen(choice, version));
      const known = choices.find((v) => typeof value === "string" && v.toLowerCase() === value.toLowerCase());
      if (known === undefined) throw wrong(`one of ${choices.map((v) => `'${v}'`).join(", ")}`);
      return known;
    }
    case "list":
      if (!Array.isArray(value)) throw wrong("an array");
      if (value.length > (shape.max ?? Infinity)) throw wrong(`an array of at most ${shape.max ?? ""} items`);
      return value.map((item, i) => read(item, shape.of, version, partial, `${path}[${i}]`));
    case "dictionary":
      if (!isObject(value)) throw wrong("an object");
      return Object.fromEntries(
        present(value).map(([name, item]) => [
          name,
          read(item, shape.of, version, partial, join(path, name)),
        ]),
      );
    case "structure":
      if (!isObject(value)) throw wrong("an object");
      return readStructure(value, shape, version, partial, path);
  }
}

function readStructure(
  value: object,
  shape: Structure,
  version: string,
  partial: boolean,
  path: string,
): unknown {
  const result: Record<string, unknown> = {};
  for (const [name, item] of present(value)) {
    const declared = memberOf(shape, name, version);
    if (!declared) {
      const near = nearest(name, shape, version);
      throw invalidContent(
        `Could not find member '${name}' on object of api-version ${version}. Path '${join(path, name)}'.${near ? ` Did you mean '${near}'?` : ""}`,
      );
    }
    const [properName, { shape: inner, readOnly: ignored }] = declared;
    if (!ignored) result[properName] = read(item, inner, version, partial, join(path, properName));
  }
  for (const [name, declared] of Object.entries(shape.members)) {
    if (!declared.required || partial || result[name] !== undefined) continue;
    throw invalidContent(`Required property '${name}' not found in JSON. Path '${join(path, name)}'`);
  }
  return result;
}

/** What an api-version shows of a stored value: members it does not know are left out. */
export function show(value: unknown, shape: Shape, version: string): unknown {
  if (Array.isArray(value) && shape.kind === "list")
    return value.map((item) => show(item, shape.of, version));
  if (shape.kind !== "structure" || !isObject(value)) return value;
  return Object.fromEntries(
    present(value).flatMap(([name, item]) => {
      const declared = memberOf(shape, name, version);
      return declared ? [[name, show(item, declared[1].shape, version)]] : [];
    }),
  );
}

function chosen(choice: Choice, version: string): string[] {
  if (typeof choice === "string") return [choice];
  return isSince(version, choice.since) ? [choice.value] : [];
}

/** ARM takes member names in any letter case. */
function memberOf(shape: Structure, name: string, version: string): [string, Member] | undefined {
  const found = Object.entries(shape.members).find(([known]) => known.toLowerCase() === name.toLowerCase());
  return found && isKnown(found[1], version) ? found : undefined;
}

function present(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function brief(value: unknown): string {
  const shown = JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

function nearest(name: string, shape: Structure, version: string): string | undefined {
  const known = Object.entries(shape.members).filter(([, m]) => !m.readOnly && isKnown(m, version));
  const [best] = known
    .map(([candidate]) => ({ candidate, distance: distance(candidate.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, name.length / 4) ? best.candidate : undefined;
}

function isKnown(declared: Member, version: string): boolean {
  return declared.since === undefined || isSince(version, declared.since);
}
