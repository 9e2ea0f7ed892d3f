/** Parameters of a policy by name. */
export type Values = Readonly<Record<string, { readonly value: unknown }>>;

/** Whether Azure works a text out (definition-structure-parameters.md, MicrosoftDocs/azure-docs); `[[` begins one that it takes as it is. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && /^\[(?!\[)[^]*\]$/.test(value);
}

/** `[resourceGroup().tags['owner']]` → `owner`: what a policy passes on from the group. */
export function groupTagIn(value: unknown): string | undefined {
  const [, name, inBrackets] =
    /^\[resourceGroup\(\)\.tags(?:\.(\w+)|\['([^']+)'\])\]$/i.exec(String(value)) ?? [];
  return name ?? inBrackets;
}

/** A part of a policy with its parameters put in. What takes more to work out stays an expression. */
export function filled(part: unknown, given: Values): unknown {
  if (typeof part === "string") {
    const name = /^\[parameters\('([^']+)'\)\]$/i.exec(part)?.[1];
    return name === undefined ? inText(part, given) : given[name]?.value;
  }
  if (Array.isArray(part)) return part.map((one) => filled(one, given));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, filled(value, given)]));
}

function inText(text: string, given: Values): string {
  if (!isExpression(text)) return text;
  const literal = text.replaceAll(/parameters\('([^']+)'\)/gi, (reference, name: string) => {
    const value = given[name]?.value;
    return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : reference;
  });
  return joined(literal) ?? literal;
}

/** `[concat('tags[', 'owner', ']')]` → `tags[owner]`; undefined for any other expression. */
function joined(expression: string): string | undefined {
  const [, parts] = /^\[concat\(('(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*)\)\]$/i.exec(expression) ?? [];
  return parts?.replaceAll(/'((?:[^']|'')*)'(?:\s*,\s*)?/g, (_, text: string) => text.replaceAll("''", "'"));
}
