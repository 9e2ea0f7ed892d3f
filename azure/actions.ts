/**
 * Whether a pattern of a role covers an action. `*` stands for any text, slashes included; between two slashes for nothing as well, as in
 * the actions of Managed Identity Operator (built-in-roles/identity.md, MicrosoftDocs/azure-docs). Letter case is ignored.
 */
export function covers(pattern: string, action: string): boolean {
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const steps = pattern.split("/*/").map((part) => part.split("*").map(literal).join(".*"));
  return new RegExp(`^${steps.join("/(?:.*/)?")}$`, "i").test(action);
}

/** Whether a role allows an action. What it takes away, it takes away from itself only. */
export function allows(action: string, allowed: readonly string[], takenAway: readonly string[]): boolean {
  return (
    allowed.some((pattern) => covers(pattern, action)) &&
    !takenAway.some((pattern) => covers(pattern, action))
  );
}
