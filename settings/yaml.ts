/** A value as YAML on one line, as a person would write it in a stack file. */
export function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, part]) => `${key}: ${inYaml(part)}`);
    return `{${entries.join(", ")}}`;
  }
  return typeof value === "string" && /^[A-Za-z$][\w .-]*$/.test(value) ? value : JSON.stringify(value);
}
