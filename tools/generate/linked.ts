/** A text for a page in docs/, where the pages that it names become links: `docs/network.md`. */
export function linked(text: string): string {
  return text.replaceAll(/\bdocs\/([\w-]+\.(?:md|json))/g, "[$1]($1)");
}
