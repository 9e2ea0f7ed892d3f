import { z } from "zod";
import type { Mistake } from "../streaming/wording/mistakes.ts";
import { nearest } from "../streaming/wording/suggest.ts";
import { listed } from "../streaming/wording/words.ts";
import { descriptions } from "./describe.ts";
import { inYaml } from "./yaml.ts";

type Issue = z.core.$ZodIssue;

/** A setting, and what was given for it. */
interface Field {
  readonly key: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** The mistakes that the schema finds in a value. */
export function mistakesOfForm(field: Field, issues: readonly Issue[]): Mistake[] {
  return issues.flatMap((issue) => mistakesOf(field, issue));
}

function mistakesOf(field: Field, issue: Issue): Mistake[] {
  const { schema, key, value } = field;
  const said = descriptions.get(schemaAt(schema, issue.path) ?? schema) ?? descriptions.get(schema);
  const at = {
    key: withPath(key, issue.path),
    value: valueAt(value, issue.path),
    fix: said?.fix ?? formFix(field),
  };
  const refused = said?.refused?.[String(at.value)];
  if (refused !== undefined) return [{ ...at, ...refused }];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((name) => unknownKey(field, [...issue.path, name]));
    case "invalid_union": {
      const within = issue.errors.find((errors) => errors.every(isInside)) ?? [];
      if (within.length === 0) return [{ ...at, rule: said?.rule ?? issue.message }];
      return within.flatMap((inner) => mistakesOf(field, { ...inner, path: [...issue.path, ...inner.path] }));
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      const meant = typeof at.value === "string" ? nearest(at.value, values) : undefined;
      const fix = `Write ${meant ?? listed(values, "or")}.`;
      return [{ ...at, rule: `It must be ${listed(values, "or")}, spelled exactly like this.`, fix }];
    }
    case "invalid_type": {
      const kind = kinds[issue.expected] ?? issue.expected;
      const isScalar = ["number", "boolean"].includes(typeof at.value);
      const wantsQuotes = issue.expected === "string" && isScalar && said?.fix === undefined;
      const rule = `It must be ${kind}.`;
      if (wantsQuotes)
        return [{ ...at, rule, fix: `Put it in quotes: ${JSON.stringify(String(at.value))}.` }];
      return [{ ...at, rule: at.value === undefined ? `It is required: ${kind}.` : rule }];
    }
    case "too_big":
      return [{ ...at, rule: `It is too large for ${kinds[issue.origin] ?? issue.origin}.` }];
    case "custom":
      return [{ ...at, rule: issue.message, fix: String(issue.params?.["fix"] ?? at.fix) }];
    default:
      return [{ ...at, rule: issue.message }];
  }
}

const kinds: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a whole number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
};

/** The intended branch of a union reports a part of the value, not all of it. */
function isInside({ path, code }: Issue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

function formFix({ key, schema }: Field): string {
  const said = descriptions.get(schema);
  return said?.fix ?? `Write for example \`${key}: ${inYaml(said?.example)}\`.`;
}

function unknownKey({ key, schema, value }: Field, path: readonly PropertyKey[]): Mistake {
  const name = String(path.at(-1));
  const at = { key: withPath(key, path), value: valueAt(value, path) };
  const owner = schemaAt(schema, path.slice(0, -1));
  const refused = owner && descriptions.get(owner)?.refusedKeys;
  if (refused?.pattern.test(name)) return { ...at, rule: refused.rule, fix: refused.fix };
  const keys = keysAt(schema, path.slice(0, -1));
  const meant = nearest(name, keys);
  return {
    ...at,
    rule: `There is no such key here, only ${listed(keys)}.`,
    fix: meant === undefined ? "Remove it." : `Did you mean ${meant}?`,
  };
}

/** The schema of a part of an object or list; undefined if the path leaves those. */
function schemaAt(schema: unknown, path: readonly PropertyKey[]): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema instanceof z.ZodType ? schema : undefined;
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault)
    return schemaAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray && typeof step === "number") return schemaAt(schema.element, rest);
  return schema instanceof z.ZodObject ? schemaAt(schema.shape[String(step)], rest) : undefined;
}

/** The keys that an object in a setting may have. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  if (schema instanceof z.ZodPrefault) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  if (schema instanceof z.ZodArray) return typeof step === "number" ? keysAt(schema.element, rest) : [];
  if (schema instanceof z.ZodRecord) return step === undefined ? [] : keysAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  return step === undefined ? Object.keys(shape) : keysAt(shape[String(step)], rest);
}

function withPath(key: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}.${String(step)}`),
    key,
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof part === "object" && part !== null ? Reflect.get(part, step) : undefined),
    value,
  );
}
