import type { Answer } from "../../http.ts";
import type { World } from "../../state.ts";
import { inForce } from "../authorization/policy/inForce.ts";
import type { Seen } from "../authorization/policy/rule.ts";

interface Asked {
  resourceDetails: { resourceContent: Partial<Seen> & { type: string }; scope?: string };
}

/** POST <scope>/providers/Microsoft.PolicyInsights/checkPolicyRestrictions (checkPolicyRestrictions.json, Azure/azure-rest-api-specs). */
export function checkPolicyRestrictions(call: { body: unknown; world: World; scope: string }): Answer {
  const { body, world, scope } = call;
  const { resourceContent, scope: inside = scope } = (body as Asked).resourceDetails;
  const seen: Seen = { properties: {}, ...resourceContent };
  const policyEvaluations = inForce(world, inside, "deny", seen).map(
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
}
