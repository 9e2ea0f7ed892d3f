import { apiVersions } from "../../azure/apiVersions.ts";
import type { Arm } from "../../azure/arm.ts";

type Values = Readonly<Record<string, { readonly value?: unknown; readonly defaultValue?: unknown }>>;

/** A policy or an initiative that holds in the subscription (rest/api/policy/policyassignments). */
export interface Assignment {
  readonly id: string;
  readonly name: string;
  readonly properties: {
    readonly displayName?: string;
    readonly policyDefinitionId: string;
    readonly parameters?: Values;
    readonly enforcementMode?: string;
    readonly notScopes?: readonly string[];
  };
}

interface Exemption {
  readonly properties: {
    readonly policyAssignmentId: string;
    readonly policyDefinitionReferenceIds?: readonly string[];
    readonly expiresOn?: string;
  };
}

interface Member {
  readonly policyDefinitionId: string;
  readonly policyDefinitionReferenceId?: string;
  readonly parameters?: Values;
}

interface Definition {
  readonly name: string;
  readonly properties: {
    readonly displayName?: string;
    readonly parameters?: Values;
    readonly policyRule?: {
      readonly then: {
        readonly effect?: unknown;
        /** Those of Modify, or of Append. */
        readonly details?: { readonly operations?: readonly Operation[] } | readonly Operation[];
      };
    };
    /** Of an initiative. */
    readonly policyDefinitions?: readonly Member[];
  };
}

interface Operation {
  readonly field?: string;
}

/** A policy that changes what a deployment asks for: its effect is Modify or Append. */
export interface Rewriting {
  readonly assignment: Assignment;
  /** The definition's name in small letters; a built-in one's is a GUID. */
  readonly definition: string;
  readonly displayName: string;
  /** What it sets, such as `Microsoft.EventHub/namespaces/disableLocalAuth` or `tags['owner']`. */
  readonly fields: readonly string[];
}

export const nameOf = ({ name, properties }: Assignment) => properties.displayName ?? name;

/** Assignments that are enforced at a subscription or a resource group, those above it included. */
export async function assignmentsIn(azure: Arm, scope: string): Promise<Assignment[]> {
  const path = `${scope}/providers/Microsoft.Authorization/policyAssignments?$filter=atScope()`;
  const all = await azure.list<Assignment>(path, apiVersions.policy);
  return all.filter(
    ({ properties: { enforcementMode, notScopes = [] } }) =>
      enforcementMode !== "DoNotEnforce" && !notScopes.some((one) => same(one, scope)),
  );
}

/** The policies of these assignments that rewrite, initiatives included, exemptions left out. */
export async function rewritingsOf(
  azure: Arm,
  scope: string,
  assignments: readonly Assignment[],
): Promise<Rewriting[]> {
  const exemptions = await azure.list<Exemption>(
    `${scope}/providers/Microsoft.Authorization/policyExemptions?$filter=atScope()`,
    apiVersions.policyExemptions,
  );
  const valid = exemptions.filter(
    ({ properties: { expiresOn } }) => !expiresOn || Date.parse(expiresOn) > Date.now(),
  );
  const found = await Promise.all(assignments.map((assignment) => rewritings(azure, assignment, valid)));
  return found.flat();
}

async function rewritings(
  azure: Arm,
  assignment: Assignment,
  exemptions: readonly Exemption[],
): Promise<Rewriting[]> {
  const { policyDefinitionId, parameters } = assignment.properties;
  const own = exemptions.filter(({ properties }) => same(properties.policyAssignmentId, assignment.id));
  const { properties: whole } = await azure.get<Definition>(policyDefinitionId, apiVersions.policy);
  const given = { ...whole.parameters, ...parameters };
  const members = whole.policyDefinitions ?? [{ policyDefinitionId, parameters }];
  const found = await Promise.all(
    members
      .filter((member) => !own.some((exemption) => isExempt(exemption, member)))
      .map(async (member): Promise<Rewriting[]> => {
        const { name, properties } = await azure.get<Definition>(
          member.policyDefinitionId,
          apiVersions.policy,
        );
        const { effect, details = [] } = properties.policyRule?.then ?? {};
        const inSet = valueOf(effect, { ...properties.parameters, ...member.parameters });
        if (!/^(modify|append)$/i.test(String(valueOf(inSet, given)))) return [];
        const operations = "operations" in details ? (details.operations ?? []) : (details as Operation[]);
        const fields = operations.flatMap(({ field = [] }) => field);
        return [
          { assignment, definition: name.toLowerCase(), displayName: properties.displayName ?? name, fields },
        ];
      }),
  );
  return found.flat();
}

function isExempt(
  { properties: { policyDefinitionReferenceIds: references = [] } }: Exemption,
  { policyDefinitionReferenceId = "" }: Member,
): boolean {
  return references.length === 0 || references.some((one) => same(one, policyDefinitionReferenceId));
}

/** `[parameters('effect')]` → what is given for it, else its default. */
function valueOf(value: unknown, given: Values): unknown {
  const name = /^\[parameters\('([^']+)'\)\]$/i.exec(String(value))?.[1];
  return name === undefined ? value : (given[name]?.value ?? given[name]?.defaultValue);
}

/** Azure ignores letter case in ids and names. */
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
