import { z } from "zod";
import type { Mistake } from "../wording/mistakes.ts";

export const exampleInstant = "2027-01-31T18:00:00Z";

/** A valid date and time in RFC 3339, with or without seconds. JavaScript alone reads 31 February as a day in March. */
const instant = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);
const isInstant = (text: string) => instant.safeParse(text).success;

/** What is wrong with a date and time alone. */
export function instantMistakes(key: string, value: string): Mistake[] {
  if (isInstant(value)) return [];
  const inUtc = `${value.trim().replace(" ", "T")}Z`;
  if (isInstant(inUtc)) {
    const rule = "It must have a time zone.";
    const fix = `Write \`until: "${inUtc}"\` for UTC, or your offset instead of the Z, such as +01:00.`;
    return [{ key, value, rule, fix }];
  }
  const rule = "It must be a valid date and time with a time zone.";
  return [{ key, value, rule, fix: `Write for example \`until: "${exampleInstant}"\`, in quotes.` }];
}

/** The date and time that a text means, as Entra ID writes it: `2027-06-30T00:00:00Z`. Undefined for other texts. */
export function instantOf(date: string): string | undefined {
  const text = yamlTimestamp(date) ?? (/^[\d-]{10}$/.test(date) ? `${date}T00:00:00Z` : date);
  return isInstant(text) ? new Date(text).toISOString().replace(/\.\d+Z$/, "Z") : undefined;
}

/** YAML reads a date without quotes, and the engine then passes `2027-06-30 00:00:00 +0000 UTC`. Undefined for other texts. */
export function yamlTimestamp(text: string): string | undefined {
  const [, day, time, hours = "", minutes = ""] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) /.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const zone = `${hours}:${minutes}`;
  return `${day}T${time}${/^.00:00$/.test(zone) ? "Z" : zone}`;
}
