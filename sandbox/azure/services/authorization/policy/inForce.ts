import { ofType } from "../../../arm/inventory.ts";
import type { Resource, World } from "../../../state.ts";
import { scopeOf } from "../around.ts";
import { builtInPolicies } from "./builtInPolicies.ts";
import { holds, type Seen } from "./rule.ts";
import { assignmentsOfPolicies, exemptionsFromPolicies } from "./types.ts";

/** A rule that applies at a scope, with its parameters filled in. */
export interface Policy {
  readonly assignment: Resource;
  readonly definitionId: string;
  readonly definitionName: string;
  readonly reference: string | undefined;
  readonly rule: { readonly if: Record<string, unknown>; readonly then: { readonly effect: string } };
}

interface Definition {
  displayName?: string;
  mode?: string;
  parameters?: Record<string, { defaultValue?: unknown }>;
  policyRule: unknown;
  policyDefinitions?: readonly {
    policyDefinitionId: string;
    policyDefinitionReferenceId?: string;
    parameters?: Record<string, { value: unknown }>;
  }[];
}

interface Assigned {
  policyDefinitionId: string;
  parameters?: Record<string, { value: unknown }>;
  enforcementMode: string;
  notScopes?: string[];
}

/** A resource that is checked against policies. */
export interface Subject {
  readonly seen: Seen;
  /** Its type has tags and a location: policies of every mode see it. */
  readonly tracked: boolean;
}

/** Rules that hold at a scope and deny such a resource. */
export function denyingPolicies(world: World, scope: string, { seen, tracked }: Subject): Policy[] {
  return ofType(world, assignmentsOfPolicies)
    .filter((assignment) => covers(scopeOf(assignment), scope) && isEnforced(assignment, scope))
    .flatMap((assignment) => policiesOf(world, assignment, tracked))
    .filter((policy) => !isExempt(world, policy, scope))
    .filter(({ rule }) => rule.then.effect.toLowerCase() === "deny" && holds(rule.if, seen));
}

function isEnforced({ body }: Resource, scope: string): boolean {
  const { enforcementMode, notScopes = [] } = body.properties as unknown as Assigned;
  return enforcementMode !== "DoNotEnforce" && !notScopes.some((not) => covers(not, scope));
}

function policiesOf(world: World, assignment: Resource, tracked: boolean): Policy[] {
  const { policyDefinitionId, parameters = {} } = assignment.body.properties as unknown as Assigned;
  const whole = definition(world, policyDefinitionId);
  if (!whole) return [];
  const given = { ...defaultsOf(whole), ...parameters };
  const members = whole.policyDefinitions ?? [{ policyDefinitionId, parameters }];
  return members.flatMap((member): Policy[] => {
    const own = definition(world, member.policyDefinitionId);
    if (!own || !sees(own, tracked)) return [];
    const inSet = filled(member.parameters ?? {}, given) as Record<string, { value: unknown }>;
    const rule = filled(own.policyRule, { ...defaultsOf(own), ...inSet }) as Policy["rule"];
    const reference = whole.policyDefinitions ? member.policyDefinitionReferenceId : undefined;
    const definitionId = member.policyDefinitionId;
    return [{ assignment, definitionId, definitionName: own.displayName ?? definitionId, reference, rule }];
  });
}

/**
 * The mode `All` sees resource groups and every type, any other one the types that have tags and a location (definition-structure-basics.md,
 * MicrosoftDocs/azure-docs).
 */
function sees({ mode = "" }: Definition, tracked: boolean): boolean {
  return mode.toLowerCase() === "all" || tracked;
}

function definition(world: World, id: string): Definition | undefined {
  const [, name = ""] = /\/Microsoft\.Authorization\/policyDefinitions\/([^/]+)$/i.exec(id) ?? [];
  const body = world.state.resources[id.toLowerCase()]?.body ?? builtInPolicies[name.toLowerCase()];
  return body?.properties as Definition | undefined;
}

function defaultsOf({ parameters = {} }: Definition): Record<string, { value: unknown }> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { defaultValue }]) => [name, { value: defaultValue }]),
  );
}

/** A part of a policy, with `[parameters('name')]` replaced by what is given. */
function filled(part: unknown, given: Record<string, { value: unknown }>): unknown {
  if (typeof part === "string") {
    const name = /^\[parameters\('([^']+)'\)\]$/i.exec(part)?.[1];
    return name === undefined ? part : given[name]?.value;
  }
  if (Array.isArray(part)) return part.map((one) => filled(one, given));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, filled(value, given)]));
}

function isExempt(world: World, { assignment, reference }: Policy, scope: string): boolean {
  return ofType(world, exemptionsFromPolicies).some((exemption) => {
    const {
      policyAssignmentId,
      policyDefinitionReferenceIds = [],
      expiresOn,
    } = exemption.body.properties as unknown as {
      policyAssignmentId: string;
      policyDefinitionReferenceIds?: string[];
      expiresOn?: string;
    };
    return (
      policyAssignmentId.toLowerCase() === assignment.id.toLowerCase() &&
      covers(scopeOf(exemption), scope) &&
      (policyDefinitionReferenceIds.length === 0 || policyDefinitionReferenceIds.includes(reference ?? "")) &&
      (expiresOn === undefined || Date.parse(expiresOn) > world.now())
    );
  });
}

const covers = (above: string, below: string) =>
  `${below.toLowerCase()}/`.startsWith(`${above.toLowerCase()}/`);
