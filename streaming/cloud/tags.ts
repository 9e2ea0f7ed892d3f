import type { Mistake } from "../wording/mistakes.ts";

/** Kinds of resources that can have their own tags. */
export const taggables = [
  "resourceGroup",
  "namespace",
  "storageAccount",
  "checkpointStore",
  "identity",
  "privateEndpoint",
  "privateDnsZone",
] as const;
export type Taggable = (typeof taggables)[number];

/** Limits of tags on resources (tag-resources.md, MicrosoftDocs/azure-docs). */
const mostTags = 50;
const longestName = 512;
const longestValue = 256;
const forbidden = /[<>%&\\?/]/;

/** What is wrong with a set of tags. */
export function tagMistakes(key: string, tags: Readonly<Record<string, string>>): Mistake[] {
  const names = Object.keys(tags);
  const mistakes: Mistake[] = [];
  if (names.length > mostTags) {
    mistakes.push({
      key,
      value: `${names.length} tags`,
      rule: `A resource has at most ${mostTags} tags.`,
      fix: `Remove ${names.length - mostTags}.`,
    });
  }
  const seen = new Map<string, string>();
  for (const name of names) {
    const at = { key: `${key}.${name}`, value: tags[name] };
    if (name === "" || name.length > longestName || forbidden.test(name)) {
      mistakes.push({
        ...at,
        value: name,
        rule: `A tag's name has 1 to ${longestName} characters, without < > % & \\ ? /.`,
        fix: "Choose another name for the tag.",
      });
    }
    if ((tags[name] ?? "").length > longestValue) {
      mistakes.push({
        ...at,
        rule: `A tag's value has at most ${longestValue} characters.`,
        fix: "Shorten the value.",
      });
    }
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined) {
      mistakes.push({
        ...at,
        rule: `Azure ignores case in tag names, so this is the same tag as ${twin}.`,
        fix: "Keep one of the two.",
      });
    }
    seen.set(name.toLowerCase(), name);
  }
  return mistakes;
}
