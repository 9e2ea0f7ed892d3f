import type { Mistake } from "../streaming/wording/mistakes.ts";

/** As Pulumi hands over what YAML takes for a timestamp: `2027-01-31 18:00:00 +0000 UTC`. */
const handedOver = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) ([+-]\d{2})(\d{2}) /;

/** Without quotes an instant is no text any more, and whether it had a time of day and a time zone is lost. */
export function timestampMistakes(key: string, value: string): Mistake[] {
  const [, date, time, hours = "", minutes = ""] = handedOver.exec(value) ?? [];
  if (date === undefined || time === undefined) return [];
  const zone = `${hours}:${minutes}`;
  const instant = `${date}T${time}${/^.00:00$/.test(zone) ? "Z" : zone}`;
  return [
    {
      key,
      value,
      rule: "It stands in quotes: without them YAML reads it as a timestamp, and takes one without a time zone for UTC.",
      fix: `Write \`${key}: "${instant}"\`, if that is the instant you mean.`,
    },
  ];
}
