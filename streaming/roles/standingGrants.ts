import type { NamedConsumer } from "../consumers/consumer.ts";
import type { RequiredRoleAssignment } from "../outputs.ts";
import type { Consumer, PortalUser } from "../people/principals.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { type Grant, grants, roleAssignmentName, roleIdIn } from "./roles.ts";
import type { StandingScope } from "./standingScopes.ts";

/** A role assignment as it stands in Azure. */
export interface StandingAssignment {
  /** The ARM id. */
  readonly id: string;
  /** The last part of the id, a GUID in lower case. */
  readonly name: string;
  /** Who has the role: an object id in lower case. */
  readonly principalId: string;
  /** The GUID of the role definition. */
  readonly roleId: string;
  /** It holds under a condition only. */
  readonly isConditional: boolean;
  /** When Privileged Identity Management takes it away, in RFC 3339; absent: never. */
  readonly until?: string;
  /** This stack has made it. */
  readonly isOwn: boolean;
}

/** A scope with what is assigned at exactly it; what is inherited from above stands beside it and is in nobody's way. */
export interface StandingGrants extends StandingScope {
  readonly assignments: readonly StandingAssignment[];
}

/** A grant as it was deployed last, and where. */
export type PlacedGrant = Omit<RequiredRoleAssignment, "principalType">;

/** The names of the assignments that the last deployment made, as far as its outputs tell. */
export function namesOf(deployed: readonly PlacedGrant[]): ReadonlySet<string> {
  const made = deployed.filter(({ managed, access }) => managed && access === undefined);
  return new Set(
    made.map(({ scope, principalId, roleDefinitionId }) =>
      roleAssignmentName(scope, principalId, roleIdIn(roleDefinitionId)),
    ),
  );
}

/** Whether a stack of this project made it, this one or another one: their names follow from scope, principal and role. */
export function hasOurName(
  { name, principalId, roleId }: Pick<StandingAssignment, "name" | "principalId" | "roleId">,
  { id }: StandingScope,
): boolean {
  return name === roleAssignmentName(id, principalId, roleId);
}

/** Whose roles are asked for. An application that is made in the same deployment has no object id yet, and nothing stands of it. */
interface People {
  readonly portalUsers: readonly PortalUser[];
  readonly consumers: readonly (Consumer | NamedConsumer)[];
}

/**
 * Whether somebody else gave this role here already, for good. Azure keeps one assignment for a scope, principal and role, and refuses a
 * second one (RoleAssignmentExists): the one that stands is left to whoever made it.
 *
 * @param scope undefined: nothing is known of it
 */
export function isLeftToOthers(grant: Grant<unknown>, scope: StandingGrants | undefined): boolean {
  const assignment = scope && othersAssignment(grant, scope);
  return assignment !== undefined && !assignment.isConditional;
}

/** Everybody whose role is assigned under somebody else's condition: that gives less, and keeps the whole one out anyway (azurerm #24045). */
export function standingGrantMistakes(people: People, scopes: readonly StandingGrants[]): Mistake[] {
  return others(people, scopes)
    .filter(({ assignment }) => assignment.isConditional)
    .map(({ key, name, role, assignment: { id } }): Mistake => ({
      key,
      value: name,
      rule:
        `The role ${role} is assigned already, under a condition, by ${id}. It is needed without one, and Azure assigns a role ` +
        "once for a scope and principal.",
      fix: `Take the condition away, or the assignment: ${takeAway(id)}`,
    }));
}

/** Roles that are left to others, for the preview. */
export function standingGrantNotices(people: People, scopes: readonly StandingGrants[]): string[] {
  const sentences = others(people, scopes)
    .filter(({ assignment }) => !assignment.isConditional)
    .map(({ name, role, scope, assignment }) => {
      const { id, until } = assignment;
      const has = `${name} has the role ${role} already, by the role assignment ${id}, which this stack has not made`;
      if (until !== undefined) {
        return `${has}: Privileged Identity Management takes it away at ${until}. Deploy again after that, and this stack gives the role.`;
      }
      return hasOurName(assignment, scope)
        ? `${has}: another stack has, and takes it away when it goes; a later deployment of this one then makes it. If no stack has it any more, take it away and deploy again: ${takeAway(id)}`
        : `${has}: it neither changes nor removes it. To have it in the stack, take it away and deploy again: ${takeAway(id)}`;
    });
  return [...new Set(sentences)];
}

const takeAway = (id: string) => `az role assignment delete --ids ${id}`;

/** A grant that others have made, and whom of the request it is for. */
interface OthersGrant {
  /** Such as `portalUsers[0]`. */
  readonly key: string;
  readonly name: string;
  /** The role's display name. */
  readonly role: string;
  readonly scope: StandingScope;
  readonly assignment: StandingAssignment;
}

function others({ portalUsers, consumers }: People, scopes: readonly StandingGrants[]): OthersGrant[] {
  const nobody = { portalUsers: [], consumers: [] };
  const entries = [
    ...portalUsers.map((user, index) => ({
      key: `portalUsers[${index}]`,
      name: user.name,
      people: { ...nobody, portalUsers: [user] },
    })),
    ...consumers.map((consumer, index) => ({
      key: `consumers[${index}]`,
      name: consumer.name,
      people: { ...nobody, consumers: "objectId" in consumer ? [consumer] : [] },
    })),
  ];
  return scopes.flatMap((scope) =>
    entries.flatMap(({ key, name, people }) =>
      grants(people, scope.kinds).flatMap((grant) => {
        const assignment = othersAssignment(grant, scope);
        return assignment ? [{ key, name, role: grant.role.name, scope, assignment }] : [];
      }),
    ),
  );
}

/** What stands in the way of a grant for good; what Privileged Identity Management gives is asked for otherwise. */
function othersAssignment(
  { access, principalId, role }: Grant<unknown>,
  { assignments }: StandingGrants,
): StandingAssignment | undefined {
  if (access !== "permanent") return undefined;
  const alike = assignments.filter((one) => one.principalId === principalId && one.roleId === role.id);
  return alike.some(({ isOwn }) => isOwn) ? undefined : alike[0];
}
