import type { ProviderAction } from "../../arm/resourceType.ts";
import { denyingPolicies } from "../authorization/policy/inForce.ts";
import type { Seen } from "../authorization/policy/rule.ts";

interface Asked {
  resourceDetails: { resourceContent: Partial<Seen> & { type: string }; scope?: string };
}

/** POST <scope>/providers/Microsoft.PolicyInsights/checkPolicyRestrictions (checkPolicyRestrictions.json, Azure/azure-rest-api-specs). */
export const checkPolicyRestrictions: ProviderAction = ({ body, world, scope, isTracked }) => {
  const { resourceContent, scope: inside = scope } = (body as Asked).resourceDetails;
  const seen: Seen = { properties: {}, ...resourceContent };
  const subject = { seen, tracked: isTracked(seen.type) };
  const policyEvaluations = denyingPolicies(world, inside, subject).map(
    ({ assignment, definitionId, reference }) => ({
      policyInfo: {
        policyDefinitionId: definitionId,
        policyAssignmentId: assignment.id,
        ...(reference !== undefined && { policyDefinitionReferenceId: reference }),
      },
      evaluationResult: "NonCompliant",
      effectDetails: { policyEffect: "Deny" },
    }),
  );
  return { status: 200, body: { fieldRestrictions: [], contentEvaluationResult: { policyEvaluations } } };
};
