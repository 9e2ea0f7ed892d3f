import type { Mistake } from "../streaming/mistakes.ts";
import { nearest } from "../streaming/suggest.ts";
import { mistakesOfForm } from "./issues.ts";
import { project } from "./keys.ts";
import { shape, type Given } from "./schema.ts";

type Key = keyof Given;

/** The keys that are well formed or have a default, and what is wrong with the others. */
export interface Reading {
  readonly given: Partial<Given>;
  /** Keys that were given, but are malformed: their defaults do not apply. */
  readonly malformed: ReadonlySet<string>;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads each key by itself, so that one malformed key does not hide the mistakes of another.
 *
 * @param config full keys with the texts that the engine hands over: a list or map comes as JSON, a number as its digits. Keys of
 * other namespaces are passed over.
 */
export function readKeys(config: Readonly<Record<string, string>>): Reading {
  const given: Record<string, unknown> = {};
  const malformed = new Set<string>();
  const mistakes: Mistake[] = unknownKeys(config);
  for (const [key, schema] of Object.entries(shape)) {
    const text = config[`${project}:${key}`];
    const asText = schema.safeParse(text);
    if (asText.success) {
      given[key] = asText.data;
      continue;
    }
    const value = fromText(text);
    const result = schema.safeParse(value);
    if (result.success) {
      given[key] = result.data;
    } else {
      malformed.add(key);
      mistakes.push(...mistakesOfForm({ key, schema, value }, result.error.issues));
    }
  }
  return { given, malformed, mistakes };
}

function unknownKeys(config: Readonly<Record<string, string>>): Mistake[] {
  const keys = Object.keys(shape) as Key[];
  return Object.entries(config)
    .filter(([key]) => key.startsWith(`${project}:`))
    .map(([key, value]) => ({ key: key.slice(project.length + 1), value }))
    .filter(({ key }) => !Object.hasOwn(shape, key))
    .map(({ key, value }) => {
      const meant = nearest(key, keys);
      return {
        key,
        value,
        rule: "There is no such setting.",
        mend: meant === undefined ? "Take it out; README lists the settings." : `Did you mean ${meant}?`,
      };
    });
}

/** What the text stands for; itself, when it is no JSON. */
function fromText(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
