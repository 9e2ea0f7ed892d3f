import type { z } from "zod";
import type { Mistake } from "../streaming/wording/mistakes.ts";
import { nearest } from "../streaming/wording/suggest.ts";
import { mistakesOfForm } from "./issues.ts";
import { project } from "./keys.ts";
import { withoutRetired } from "./retired.ts";
import { shape, type Given } from "./shape/schema.ts";

type Key = keyof Given;

/** The keys that are well formed or have a default, and what is wrong with the others. */
export interface Reading {
  /** What was given for each key, unknown ones too. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly given: Partial<Given>;
  /** Keys that were given, but are malformed: their defaults do not apply. */
  readonly malformed: ReadonlySet<string>;
  readonly mistakes: readonly Mistake[];
  /** Sentences about keys that do nothing any more. */
  readonly warnings: readonly string[];
}

/**
 * Reads a stack's configuration.
 *
 * @param config full keys with the texts that the engine passes: a list or map as JSON, a number as its digits. Keys of other
 * namespaces are ignored, unless they look like a misspelled one.
 */
export function readKeys(config: Readonly<Record<string, string>>): Reading {
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(`${project}:`))
    .map(([key, text]) => [key.slice(project.length + 1), text] as const);
  const reading = readValues(Object.fromEntries(own.map(([key, text]) => [key, fromText(key, text)])));
  return { ...reading, mistakes: [...misspelledNamespaces(config), ...reading.mistakes] };
}

function misspelledNamespaces(config: Readonly<Record<string, string>>): Mistake[] {
  return Object.entries(config).flatMap(([key, value]): Mistake[] => {
    const [namespace = "", name] = key.split(":");
    const meant = nearest(namespace, [project, "azure-native"]);
    if (meant === undefined || meant === namespace) return [];
    return [{ key, value, rule: "Nothing reads such a key.", fix: `Did you mean ${meant}:${name ?? ""}?` }];
  });
}

/**
 * Reads each key by itself, so that one malformed key does not hide the mistakes of another.
 *
 * @param others keys that are no settings, and that a misspelled key may mean.
 */
export function readValues(
  asked: Readonly<Record<string, unknown>>,
  others: readonly string[] = [],
): Reading {
  const given: Record<string, unknown> = {};
  const malformed = new Set<string>();
  const mistakes: Mistake[] = unknownKeys(asked, others);
  const warnings: string[] = [];
  for (const [key, schema] of Object.entries<z.ZodType>(shape)) {
    const { value, ...former } = withoutRetired(key, schema, asked[key]);
    mistakes.push(...former.mistakes);
    warnings.push(...former.warnings);
    const result = schema.safeParse(value);
    if (result.success) {
      given[key] = result.data;
    } else {
      malformed.add(key);
      mistakes.push(...mistakesOfForm({ key, schema, value }, result.error.issues));
    }
  }
  return { asked, given, malformed, mistakes, warnings };
}

function unknownKeys(asked: Readonly<Record<string, unknown>>, others: readonly string[]): Mistake[] {
  const keys = [...Object.keys(shape), ...others];
  return Object.entries(asked)
    .filter(([key]) => !isKey(key))
    .map(([key, value]) => {
      const meant = nearest(key, keys);
      return {
        key,
        value,
        rule: "There is no such setting.",
        fix:
          meant === undefined ? "Remove it; docs/settings.md lists the settings." : `Did you mean ${meant}?`,
      };
    });
}

/** The value that the text means: the text itself if the setting accepts text or it is not JSON. */
function fromText(key: string, text: string): unknown {
  if (!isKey(key) || shape[key].safeParse(text).success) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isKey(key: string): key is Key {
  return Object.hasOwn(shape, key);
}
