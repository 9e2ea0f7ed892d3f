/** Letter case is ignored; `*` stands for any text, slashes included. */
export function covers(pattern: string, action: string): boolean {
  const expression = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(".*");
  return new RegExp(`^${expression}$`, "i").test(action);
}
