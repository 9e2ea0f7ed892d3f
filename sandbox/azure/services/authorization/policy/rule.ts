/** A resource as a policy sees it. */
export interface Seen {
  readonly type: string;
  readonly location?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly properties: Record<string, unknown>;
  readonly [envelope: string]: unknown;
}

type Condition = Readonly<Record<string, unknown>>;

/**
 * Whether the `if` of a policy holds for a resource (governance/policy/concepts/definition-structure-policy-rule.md,
 * MicrosoftDocs/azure-docs): `allOf`, `anyOf`, `not`, and a field that `equals`, `notEquals`, is `in`, `notIn`, or `exists`. What it
 * does not know never holds.
 */
export function holds(condition: Condition, seen: Seen): boolean {
  const { allOf, anyOf, not, field } = condition;
  if (Array.isArray(allOf)) return allOf.every((one) => holds(one as Condition, seen));
  if (Array.isArray(anyOf)) return anyOf.some((one) => holds(one as Condition, seen));
  if (not !== undefined) return !holds(not as Condition, seen);
  if (typeof field !== "string") return false;
  const value = read(seen, field);
  if ("equals" in condition) return same(value, condition["equals"]);
  if ("notEquals" in condition) return !same(value, condition["notEquals"]);
  if ("in" in condition) return (condition["in"] as unknown[]).some((one) => same(value, one));
  if ("notIn" in condition) return !(condition["notIn"] as unknown[]).some((one) => same(value, one));
  if ("exists" in condition) return (value !== undefined) === (String(condition["exists"]) === "true");
  return false;
}

function read(seen: Seen, field: string): unknown {
  const tag = tagIn(field);
  if (tag !== undefined) return seen.tags?.[tag];
  if (!field.includes("/")) return seen[field];
  const path = pathOf(seen, field);
  return path?.reduce<unknown>(
    (part, step) => (typeof part === "object" && part !== null ? Reflect.get(part, step) : undefined),
    path.length > 0 ? seen.properties : undefined,
  );
}

/** `tags.owner`, `tags[owner]` or `tags['owner']` → `owner`. */
function tagIn(field: string): string | undefined {
  return /^tags(?:\.|\['?)([^'\]]+)(?:'?\])?$/i.exec(field)?.[1];
}

/** `Microsoft.Storage/storageAccounts/networkAcls.bypass` → `["networkAcls", "bypass"]`. */
function pathOf({ type }: Seen, field: string): string[] | undefined {
  const prefix = `${type}/`;
  return field.toLowerCase().startsWith(prefix.toLowerCase())
    ? field.slice(prefix.length).split(".")
    : undefined;
}

function same(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}
