/** `1 hub`, `3 hubs`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(words: readonly string[], last: "and" | "or" = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}

/** The sentences whose condition holds: `sentences(isOpen && "It is open.")`. */
export function sentences(...candidates: readonly (string | false | undefined)[]): string[] {
  return candidates.filter((candidate) => typeof candidate === "string");
}
