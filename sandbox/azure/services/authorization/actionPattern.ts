/**
 * Letter case is ignored. `*` stands for any text, slashes included; between two slashes for nothing as well, as in the actions of
 * Managed Identity Operator (built-in-roles/identity.md, MicrosoftDocs/azure-docs).
 */
export function covers(pattern: string, action: string): boolean {
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const steps = pattern.split("/*/").map((part) => part.split("*").map(literal).join(".*"));
  return new RegExp(`^${steps.join("/(?:.*/)?")}$`, "i").test(action);
}
