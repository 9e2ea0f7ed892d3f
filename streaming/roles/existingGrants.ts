import type { RequiredRoleAssignment } from "../outputs.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { type Grant, grants, type People, roleAssignmentName, roleIdIn } from "./roles.ts";
import type { ExistingScope } from "./existingScopes.ts";

/** An existing role assignment in Azure. */
export interface ExistingAssignment {
  /** The ARM id. */
  readonly id: string;
  /** The last part of the id, a GUID in lower case. */
  readonly name: string;
  /** Who has the role: an object id in lower case. */
  readonly principalId: string;
  /** The GUID of the role definition. */
  readonly roleId: string;
  /** It has a condition. */
  readonly isConditional: boolean;
  /** When Privileged Identity Management ends it, in RFC 3339; absent: never. */
  readonly until?: string;
  /** This stack created it. */
  readonly isOwn: boolean;
}

/** A scope with its own assignments. Inherited ones do not matter, because they do not prevent new ones. */
export interface ExistingGrants extends ExistingScope {
  readonly assignments: readonly ExistingAssignment[];
}

/** A grant of the last deployment, with its scope. */
export type PlacedGrant = Omit<RequiredRoleAssignment, "principalType">;

/** The names of the assignments that the last deployment created, from its outputs. */
export function namesOf(deployed: readonly PlacedGrant[]): ReadonlySet<string> {
  const made = deployed.filter(({ managed, access }) => managed && access === undefined);
  return new Set(
    made.map(({ scope, principalId, roleDefinitionId }) =>
      roleAssignmentName(scope, principalId, roleIdIn(roleDefinitionId)),
    ),
  );
}

/** Whether a stack of this project created it: such names follow from scope, principal and role. */
export function hasOurName(
  { name, principalId, roleId }: Pick<ExistingAssignment, "name" | "principalId" | "roleId">,
  { id }: ExistingScope,
): boolean {
  return name === roleAssignmentName(id, principalId, roleId);
}

/**
 * Whether someone else already assigned this role here. Azure allows one assignment for a scope, principal and role, and refuses a
 * second one (RoleAssignmentExists). The existing one is not changed.
 *
 * @param scope undefined: it is unknown
 */
export function isLeftToOthers(grant: Grant, scope: ExistingGrants | undefined): boolean {
  const assignment = scope && othersAssignment(grant, scope);
  return assignment !== undefined && !assignment.isConditional;
}

interface Situation {
  readonly principals: { readonly found: People };
  readonly existingGrants: readonly ExistingGrants[];
}

/** Roles that someone else assigned with a condition: such an assignment gives less, and still prevents a full one (azurerm #24045). */
export function existingGrantMistakes(situation: Situation): Mistake[] {
  return others(situation)
    .filter(({ assignment }) => assignment.isConditional)
    .map(({ key, name, role, assignment: { id } }): Mistake => ({
      key,
      value: name,
      rule:
        `The role ${role} is already assigned with a condition, by ${id}. It is needed without one, and Azure allows ` +
        "one assignment for a scope, principal and role.",
      fix: `Remove the condition, or delete the assignment: ${deleteCommand(id)}`,
    }));
}

/** Roles that others assigned, for the preview. */
export function existingGrantNotices(situation: Situation): string[] {
  const sentences = others(situation)
    .filter(({ assignment }) => !assignment.isConditional)
    .map(({ name, role, scope, assignment }) => {
      const { id, until } = assignment;
      const has = `${name} already has the role ${role}, by the role assignment ${id}. This stack did not create it`;
      if (until !== undefined) {
        return `${has}. Privileged Identity Management ends it at ${until}. Deploy again after that, and this stack assigns the role.`;
      }
      return hasOurName(assignment, scope)
        ? `${has}. Another stack created it, and deletes it when it is destroyed. A later deployment of this stack then creates it. If no stack manages it now, delete it and deploy again: ${deleteCommand(id)}`
        : `${has}, and does not change or delete it. To manage it in this stack, delete it and deploy again: ${deleteCommand(id)}`;
    });
  return [...new Set(sentences)];
}

const deleteCommand = (id: string) => `az role assignment delete --ids ${id}`;

/** A grant that others created, and its entry in the request. */
interface OthersGrant {
  /** Such as `portalUsers[0]`. */
  readonly key: string;
  readonly name: string;
  /** The role's display name. */
  readonly role: string;
  readonly scope: ExistingScope;
  readonly assignment: ExistingAssignment;
}

function others({ principals: { found: people }, existingGrants }: Situation): OthersGrant[] {
  const entries = (["portalUsers", "consumers"] as const).flatMap((list) =>
    people[list].map((one, index) => ({
      key: `${list}[${index}]`,
      name: one.name,
      alone: { portalUsers: [], consumers: [], [list]: [one] },
    })),
  );
  return existingGrants.flatMap((scope) =>
    entries.flatMap(({ key, name, alone }) =>
      grants(alone, scope.kinds).flatMap((grant) => {
        const assignment = othersAssignment(grant, scope);
        return assignment ? [{ key, name, role: grant.role.name, scope, assignment }] : [];
      }),
    ),
  );
}

/** The assignment that prevents a permanent grant; a new application has none. Grants by Privileged Identity Management are requested in another way. */
function othersAssignment(
  { access, principalKey, role }: Grant,
  { assignments }: ExistingGrants,
): ExistingAssignment | undefined {
  if (access !== "permanent") return undefined;
  const alike = assignments.filter((one) => one.principalId === principalKey && one.roleId === role.id);
  return alike.some(({ isOwn }) => isOwn) ? undefined : alike[0];
}
