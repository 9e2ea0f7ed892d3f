import type { z } from "zod";
import type { Mistake } from "../streaming/wording/mistakes.ts";
import { descriptions } from "./describe.ts";

/** A value without its former keys, and what to report about those. */
interface Cleaned {
  readonly value: unknown;
  readonly warnings: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** Takes former keys out of a map. With the only value that works they get a warning, because stack files have them; else a mistake. */
export function withoutRetired(key: string, schema: z.ZodType, value: unknown): Cleaned {
  const retired = descriptions.get(schema)?.retired;
  if (retired === undefined || typeof value !== "object" || value === null || Array.isArray(value)) {
    return { value, warnings: [], mistakes: [] };
  }
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  const warnings: string[] = [];
  const mistakes: Mistake[] = [];
  const kept = given.filter(([name, part]) => {
    const former = Object.hasOwn(retired, name) ? retired[name] : undefined;
    if (former === undefined) return true;
    const { only, rule, fix } = former;
    if (inLowerCase(part) === inLowerCase(only)) {
      warnings.push(
        `\`${key}.${name}\` is no longer a setting, because only \`${String(only)}\` works. Delete the line.`,
      );
    } else mistakes.push({ key: `${key}.${name}`, value: part, rule, fix });
    return false;
  });
  return { value: Object.fromEntries(kept), warnings, mistakes };
}

const inLowerCase = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
