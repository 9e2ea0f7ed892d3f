import type { Arm } from "../../azure/arm.ts";
import type { Content } from "./contents/content.ts";
import { filled, type Values } from "./policyExpressions.ts";
import { type FieldSet, fieldsSet, isFor, type Rule } from "./policyRule.ts";

/** A rule or an initiative that holds in the subscription (rest/api/policy/policyassignments). */
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

interface Definition {
  readonly properties: {
    readonly displayName?: string;
    readonly mode?: string;
    readonly parameters?: Readonly<Record<string, { readonly defaultValue?: unknown }>>;
    readonly policyRule?: unknown;
    readonly policyDefinitions?: readonly {
      readonly policyDefinitionId: string;
      readonly policyDefinitionReferenceId?: string;
      readonly parameters?: Values;
    }[];
  };
}

/** A property that a policy sets, whatever a deployment asks for. */
export interface Rewriting extends FieldSet {
  readonly assignment: Assignment;
  /** The policy's name. */
  readonly policy: string;
  readonly isFor: (content: Content) => boolean;
}

const version = "2023-04-01";

export const nameOf = ({ name, properties }: Assignment) => properties.displayName ?? name;

/** Assignments that are enforced at a subscription or a resource group, those above it included. */
export async function assignmentsIn(azure: Arm, scope: string): Promise<Assignment[]> {
  const path = `${scope}/providers/Microsoft.Authorization/policyAssignments?$filter=atScope()`;
  const all = await azure.list<Assignment>(path, version);
  return all.filter(
    ({ properties: { enforcementMode, notScopes = [] } }) =>
      enforcementMode !== "DoNotEnforce" &&
      !notScopes.some((one) => one.toLowerCase() === scope.toLowerCase()),
  );
}

/** What the assignments' policies with the effects Modify and Append set, initiatives included, exemptions left out. */
export async function rewritingsOf(
  azure: Arm,
  scope: string,
  assignments: readonly Assignment[],
): Promise<Rewriting[]> {
  const exemptions = await azure.list<Exemption>(
    `${scope}/providers/Microsoft.Authorization/policyExemptions?$filter=atScope()`,
    "2022-07-01-preview",
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
  const { policyDefinitionId, parameters = {} } = assignment.properties;
  const own = exemptions.filter(
    ({ properties }) => properties.policyAssignmentId.toLowerCase() === assignment.id.toLowerCase(),
  );
  const { properties: whole } = await azure.get<Definition>(policyDefinitionId, version);
  const given = { ...defaultsOf(whole), ...parameters };
  const members = whole.policyDefinitions ?? [{ policyDefinitionId, parameters }];
  const found = await Promise.all(
    members
      .filter((member) => !own.some((one) => isExempt(one, member)))
      .map(async (member): Promise<Rewriting[]> => {
        const { properties } = await azure.get<Definition>(member.policyDefinitionId, version);
        const inSet = filled(member.parameters ?? {}, given) as Values;
        const rule = filled(properties.policyRule, { ...defaultsOf(properties), ...inSet }) as Rule;
        const policy = properties.displayName ?? member.policyDefinitionId;
        const isForIt = (content: Content) => isFor(content, rule, properties.mode);
        return fieldsSet(rule).map((set) => ({ assignment, policy, isFor: isForIt, ...set }));
      }),
  );
  return found.flat();
}

function isExempt(
  { properties: { policyDefinitionReferenceIds = [] } }: Exemption,
  { policyDefinitionReferenceId = "" }: { policyDefinitionReferenceId?: string },
): boolean {
  return (
    policyDefinitionReferenceIds.length === 0 ||
    policyDefinitionReferenceIds.some(
      (one) => one.toLowerCase() === policyDefinitionReferenceId.toLowerCase(),
    )
  );
}

function defaultsOf({ parameters = {} }: Definition["properties"]): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { defaultValue }]) => [name, { value: defaultValue }]),
  );
}
