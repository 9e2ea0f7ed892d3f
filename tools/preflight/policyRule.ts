import { type Content, resourceGroupType } from "./contents/content.ts";
import { isExpression } from "./policyExpressions.ts";

/** The part of a policy's rule that matters here (definition-structure-policy-rule.md, MicrosoftDocs/azure-docs). */
export interface Rule {
  readonly if?: Condition;
  readonly then: {
    readonly effect?: unknown;
    /** Those of Modify, or of Append. */
    readonly details?: { readonly operations?: Operation[] } | Operation[];
  };
}

interface Condition {
  readonly allOf?: readonly Condition[];
  readonly field?: unknown;
  readonly equals?: unknown;
  readonly in?: unknown;
  readonly exists?: unknown;
}

interface Operation {
  /** Append has none. */
  readonly operation?: string;
  /** An alias, such as `Microsoft.EventHub/namespaces/disableLocalAuth`, or a tag, such as `tags['owner']`. */
  readonly field: string;
  readonly value: unknown;
}

/** What a rule sets in a resource. */
export interface FieldSet extends Omit<Operation, "operation"> {
  /** Only where nothing is asked for. */
  readonly keeps: boolean;
  /** What asks for something else is refused, not rewritten (definition-structure's effect-append.md, MicrosoftDocs/azure-docs). */
  readonly refuses: boolean;
}

/** What a rule with the effect Modify or Append sets. */
export function fieldsSet({ if: condition = {}, then: { effect, details = [] } }: Rule): FieldSet[] {
  if (!same(effect, "modify") && !same(effect, "append")) return [];
  const demands = demandsOf(condition);
  const refuses = same(effect, "append");
  const isForNone = (set: string) =>
    demands.some(({ field, exists }) => field === set && same(exists, "false"));
  return (Array.isArray(details) ? details : (details.operations ?? []))
    .filter(({ operation }) => !same(operation, "remove"))
    .map(({ operation, field, value }) => {
      return { field, value, keeps: same(operation, "add") || isForNone(field), refuses };
    });
}

/**
 * Whether a rule is for such a resource, as far as its mode and the types that it names tell. Any mode but `All` leaves out resource groups,
 * and what can have no tags (definition-structure-basics.md, MicrosoftDocs/azure-docs).
 */
export function isFor({ type, tags }: Content, { if: condition = {} }: Rule, mode = "Indexed"): boolean {
  const isIndexed = tags !== undefined && !same(type, resourceGroupType);
  return (isIndexed || same(mode, "all")) && demandsOf(condition).every((one) => allows(one, type));
}

function allows({ field, equals, in: several }: Condition, type: string): boolean {
  if (!same(field, "type")) return true;
  const types = several ?? (equals === undefined ? undefined : [equals]);
  return !Array.isArray(types) || types.some((one) => same(one, type) || isExpression(one));
}

/** What an `if` asks for in any case. */
function demandsOf(condition: Condition): Condition[] {
  return condition.allOf ? condition.allOf.flatMap(demandsOf) : [condition];
}

/** Policies ignore letter case. */
const same = (one: unknown, other: unknown) => String(one).toLowerCase() === String(other).toLowerCase();
