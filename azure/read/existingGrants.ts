import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import { hasOurName, namesOf, type ExistingGrants } from "../../streaming/roles/existingGrants.ts";
import { type ExistingScope, existingScopes } from "../../streaming/roles/existingScopes.ts";
import { assignmentReader, type ListedAssignment } from "./assignmentReader.ts";
import { assignmentsInState } from "./assignmentsInState.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads the existing role assignments where a sound request assigns roles on resources that it does not create, all scopes in parallel.
 * The list is empty where the signed-in principal may not see roles, and for missing resources: then Azure decides during the deployment.
 */
export const readExistingGrants: Reader<ExistingGrants[]> = async (
  request,
  { grants },
  { arm, provider },
) => {
  const isWide = request.roleScope === "subscription" && request.roles === "manage";
  const { subscriptionId } = isWide ? await getClientConfig({ provider }) : { subscriptionId: "" };
  const scopes = existingScopes(request, subscriptionId);
  if (scopes.length === 0) return [];
  const assignmentsAt = assignmentReader(arm);
  const read = await Promise.all(
    scopes.map(async (scope) => ({ ...scope, assignments: await assignmentsAt(scope.id) })),
  );
  const own = await ownNames(read, namesOf(grants));
  return read.map((scope) => ({
    ...scope,
    assignments: scope.assignments.map((one) => ({
      ...one,
      isOwn: hasOurName(one, scope) && own.has(one.name),
    })),
  }));
};

/**
 * The names of the assignments that this stack has created, also in a deployment that failed.
 *
 * @param deployed those in its outputs
 */
async function ownNames(
  scopes: readonly (ExistingScope & { readonly assignments: readonly ListedAssignment[] })[],
  deployed: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const isUnclear = scopes.some((scope) =>
    scope.assignments.some((one) => hasOurName(one, scope) && !deployed.has(one.name)),
  );
  return isUnclear ? new Set([...deployed, ...(await assignmentsInState())]) : deployed;
}
