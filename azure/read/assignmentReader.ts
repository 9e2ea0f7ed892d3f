import type { RoleAssignment, RoleAssignmentSchedule } from "@azure/arm-authorization";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { roleIdIn } from "../../streaming/roles/roles.ts";
import type { StandingAssignment } from "../../streaming/roles/standingGrants.ts";
import { connect } from "../connection.ts";
import { pathOf } from "../resourceManager.ts";

/** An assignment as it is listed. */
export type ListedAssignment = Omit<StandingAssignment, "isOwn">;

/** Lists what is assigned at exactly a scope, given by its ARM id; nothing where it may not be seen, and where nothing is. */
export async function assignmentReader(
  cloud: Cloud | undefined,
): Promise<(scope: string) => Promise<ListedAssignment[]>> {
  const { AuthorizationManagementClient } = await import("@azure/arm-authorization");
  const { credential, endpoint, scope: credentialScopes } = await connect(cloud);
  // It asks for a subscription, and lists at any scope.
  const client = new AuthorizationManagementClient(credential, "", { endpoint, credentialScopes });
  return async (scope) => {
    // What holds above it is listed as well.
    const path = pathOf(scope);
    const filter = "atScope()";
    const [assignments, schedules] = await Promise.all([
      exactlyAt(scope, client.roleAssignments.listForScope(path, { filter })).catch(noneUnseen),
      // Until when a role is given makes the preview's advice better, and nothing depends on it: without a license for
      // Privileged Identity Management it refuses to tell.
      exactlyAt(scope, client.roleAssignmentSchedules.listForScope(path, { filter })).catch(() => []),
    ]);
    return assignments.map((assignment) => {
      const schedule = schedules.find((one) => whoAndWhat(one) === whoAndWhat(assignment));
      const end = schedule?.endDateTime;
      return { ...listed(assignment), ...(end ? { until: end.toISOString() } : {}) };
    });
  };
}

async function exactlyAt<Item extends { readonly scope?: string }>(
  scope: string,
  list: AsyncIterable<Item>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) {
    if (item.scope?.toLowerCase() === scope.toLowerCase()) items.push(item);
  }
  return items;
}

/** Refusals that stand for an empty list. */
function noneUnseen(error: unknown): never[] {
  if ([403, 404].includes((error as { statusCode?: number }).statusCode ?? 0)) return [];
  throw error;
}

function listed(assignment: RoleAssignment): ListedAssignment {
  const { id = "", name = "", principalId = "", roleDefinitionId = "", condition } = assignment;
  return {
    id,
    name: name.toLowerCase(),
    principalId: principalId.toLowerCase(),
    roleId: roleIdIn(roleDefinitionId),
    isConditional: Boolean(condition),
  };
}

const whoAndWhat = ({ principalId = "", roleDefinitionId = "" }: RoleAssignment | RoleAssignmentSchedule) =>
  `${principalId} ${roleIdIn(roleDefinitionId)}`.toLowerCase();
