import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import { hasOurName, namesOf, type ExistingGrants } from "../../streaming/roles/existingGrants.ts";
import { existingScopes } from "../../streaming/roles/existingScopes.ts";
import { assignmentReader } from "./assignmentReader.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads the existing role assignments where a sound request assigns roles on resources that it does not create, all scopes in parallel.
 * The list is empty where the signed-in principal may not see roles, and for missing resources: then Azure decides during the deployment.
 */
export const readExistingGrants: Reader<ExistingGrants[]> = async (
  request,
  { grants, assignments: inState },
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
  const deployed = namesOf(grants);
  return read.map((scope) => ({
    ...scope,
    assignments: scope.assignments.map((one) => ({
      ...one,
      isOwn: hasOurName(one, scope) && (deployed.has(one.name) || inState.has(one.name)),
    })),
  }));
};
