import type { Azure } from "../azure.ts";

type Values = Readonly<Record<string, { readonly value: unknown }>>;

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
export interface Rewriting {
  readonly assignment: Assignment;
  /** The policy's name. */
  readonly policy: string;
  /** An alias, such as `Microsoft.EventHub/namespaces/disableLocalAuth`, or a tag, such as `tags['owner']`. */
  readonly field: string;
  readonly value: unknown;
  /** Only where nothing is asked for. */
  readonly keeps: boolean;
}

const version = "2023-04-01";

export const nameOf = ({ name, properties }: Assignment) => properties.displayName ?? name;

/** Assignments that are enforced at a subscription or a resource group, those above it included. */
export async function assignmentsIn(azure: Azure, scope: string): Promise<Assignment[]> {
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
  azure: Azure,
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
  azure: Azure,
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
        const rule = filled(properties.policyRule, { ...defaultsOf(properties), ...inSet });
        const policy = properties.displayName ?? member.policyDefinitionId;
        return fieldsSet(rule).map((set) => ({ assignment, policy, ...set }));
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

interface FieldSet {
  field: string;
  value: unknown;
}

function fieldsSet(rule: unknown): Pick<Rewriting, "field" | "value" | "keeps">[] {
  const { then } = rule as {
    then: { effect?: unknown; details?: { operations?: (FieldSet & { operation: string })[] } | FieldSet[] };
  };
  const effect = String(then.effect).toLowerCase();
  if (effect === "append" && Array.isArray(then.details))
    return then.details.map((set) => ({ ...set, keeps: false }));
  if (effect !== "modify" || !then.details || Array.isArray(then.details)) return [];
  return (then.details.operations ?? [])
    .filter(({ operation }) => operation.toLowerCase() !== "remove")
    .map(({ field, value, operation }) => ({ field, value, keeps: operation.toLowerCase() === "add" }));
}

function defaultsOf({ parameters = {} }: Definition["properties"]): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { defaultValue }]) => [name, { value: defaultValue }]),
  );
}

/** `[concat('tags[', parameters('name'), ']')]` with what is given; other texts as they are. */
function joined(text: string, given: Values): string {
  const [, parts] = /^\[concat\((.*)\)\]$/i.exec(text) ?? [];
  if (parts === undefined) return text;
  return [...parts.matchAll(/'([^']*)'|parameters\('([^']+)'\)/gi)]
    .map(([, literal, name = ""]) => literal ?? String(given[name]?.value))
    .join("");
}

/** The same with `[parameters('name')]` replaced by what is given (definition-structure-parameters.md, MicrosoftDocs/azure-docs). */
function filled(part: unknown, given: Values): unknown {
  if (typeof part === "string") {
    const name = /^\[parameters\('([^']+)'\)\]$/i.exec(part)?.[1];
    return name === undefined ? joined(part, given) : given[name]?.value;
  }
  if (Array.isArray(part)) return part.map((one) => filled(one, given));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, filled(value, given)]));
}
