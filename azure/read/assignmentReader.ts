import { roleIdIn } from "../../streaming/roles/roles.ts";
import type { ExistingAssignment } from "../../streaming/roles/existingGrants.ts";
import { apiVersions } from "../apiVersions.ts";
import type { Arm } from "../arm.ts";
import { unlessUnread } from "../found.ts";

/** An assignment as it is listed. */
export type ListedAssignment = Omit<ExistingAssignment, "isOwn">;

/** A role assignment of ARM (rest/api/authorization/role-assignments), as far as it is needed here. */
interface RoleAssignment {
  readonly id: string;
  readonly name: string;
  readonly properties: Holding & { readonly condition?: string | null };
}

/** What assignments and their schedules (rest/api/authorization/role-assignment-schedules) have in common. */
interface Holding {
  readonly scope: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
}

interface RoleAssignmentSchedule {
  readonly properties: Holding & { readonly endDateTime?: string };
}

/** Lists what is assigned at exactly a scope, given by its ARM id; nothing if the signed-in principal may not see it. */
export function assignmentReader(arm: Arm): (scope: string) => Promise<ListedAssignment[]> {
  // ARM also lists what holds above the scope.
  const at = async <Item extends { readonly properties: Holding }>(
    scope: string,
    list: string,
    apiVersion: string,
  ): Promise<Item[]> => {
    const path = `${scope}/providers/Microsoft.Authorization/${list}`;
    const items = await arm.list<Item>(path, apiVersion, { queryParameters: { $filter: "atScope()" } });
    return items.filter(({ properties }) => properties.scope.toLowerCase() === scope.toLowerCase());
  };
  return async (scope) => {
    const [assignments = [], schedules] = await Promise.all([
      unlessUnread(() => at<RoleAssignment>(scope, "roleAssignments", apiVersions.authorization)),
      // The end of an assignment only improves the preview's advice. Without a license, Privileged Identity Management refuses.
      at<RoleAssignmentSchedule>(scope, "roleAssignmentSchedules", apiVersions.roleSchedules).catch(() => []),
    ]);
    return assignments.map((assignment) => {
      const schedule = schedules.find((one) => whoAndWhat(one) === whoAndWhat(assignment));
      const end = schedule?.properties.endDateTime;
      return { ...asListed(assignment), until: end ? new Date(end).toISOString() : undefined };
    });
  };
}

function asListed({ id, name, properties }: RoleAssignment): ListedAssignment {
  return {
    id,
    name: name.toLowerCase(),
    principalId: properties.principalId.toLowerCase(),
    roleId: roleIdIn(properties.roleDefinitionId),
    isConditional: Boolean(properties.condition),
  };
}

const whoAndWhat = ({
  properties: { principalId, roleDefinitionId },
}: RoleAssignment | RoleAssignmentSchedule) => `${principalId} ${roleIdIn(roleDefinitionId)}`.toLowerCase();
