import { yamlTimestamp } from "../streaming/people/instants.ts";
import type { Mistake } from "../streaming/wording/mistakes.ts";

/** Without quotes YAML reads a date and time, and it is unknown whether a time and a time zone were given. */
export function timestampMistakes(key: string, value: string): Mistake[] {
  const instant = yamlTimestamp(value);
  if (instant === undefined) return [];
  return [
    {
      key,
      value,
      rule: "It needs quotes: without them YAML reads a timestamp, and assumes UTC if the time zone is missing.",
      fix: `Write \`${key}: "${instant}"\`, if that is the date and time you want.`,
    },
  ];
}
