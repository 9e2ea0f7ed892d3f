import { harmlessPolicies, rewritingPolicies } from "../../../streaming/benchmarks/rewritingPolicies.ts";
import { listed } from "../../../streaming/wording/words.ts";
import { apiVersions } from "../../../azure/apiVersions.ts";
import { isRefusal } from "../../../azure/requests.ts";
import type { Check, Subject } from "../check.ts";
import { type Content, contentsOf } from "../contents.ts";
import type { Finding } from "../finding.ts";
import {
  type Assignment,
  assignmentsIn,
  nameOf,
  type Rewriting,
  rewritingsOf,
} from "../policyAssignments.ts";
import { subscriptionScope } from "../subscription.ts";

/** Policies of the organization that refuse what the settings ask for, or change it. */
export const policies: Check = {
  name: "policies",
  asks: "Whether policies of the organization refuse or rewrite the settings",
  async findings(subject) {
    const { azure } = subject;
    const scope = scopeOf(subject);
    const assignments = await assignmentsIn(azure, scope);
    if (assignments.length === 0) {
      const where = subject.plan.resourceGroup ? "resource group" : "subscription";
      return [{ status: "ok", what: `No policy is assigned to the ${where}.` }];
    }
    const contents = contentsOf(subject);
    const found = [
      ...rewritten(contents, await rewritingsOf(azure, scope, assignments)),
      ...(await refused(subject, contents, assignments)),
    ];
    // Several namespaces give the same finding.
    if (found.length > 0) return [...new Map(found.map((finding) => [finding.what, finding])).values()];
    return [{ status: "ok", what: "No policy refuses or rewrites what the stack creates." }];
  },
};

/** The stack's own group does not exist yet. */
const scopeOf = ({ account, plan }: Subject) => plan.resourceGroup?.resourceId ?? subscriptionScope(account);

const exempt = (assignmentId: string) =>
  `Ask the policy's owner for an exemption of the stack's resource group: az policy exemption create --name defender-streaming --policy-assignment ${assignmentId} --exemption-category Waiver --scope <resource group's id>`;

function rewritten(contents: readonly Content[], rewritings: readonly Rewriting[]): Finding[] {
  const types = contents.map(({ type }) => type.toLowerCase());
  const relevant = rewritings.filter(
    ({ definition, fields }) =>
      !harmlessPolicies.includes(definition) && fields.some((field) => isFor(field, types)),
  );
  const others = relevant.filter(({ definition }) => rewritingPolicies[definition] === undefined);
  return [
    ...relevant.flatMap((rewriting) => knownRewriting(rewriting, types)),
    ...(others.length > 0 ? [otherRewritings(others)] : []),
  ];
}

/** Whether a field of a policy can be in one of these types: tags and expressions can be anywhere. */
function isFor(field: string, types: readonly string[]): boolean {
  if (field.startsWith("[") || !field.includes("/")) return true;
  return types.some((type) => field.toLowerCase().startsWith(`${type}/`));
}

function knownRewriting({ assignment, definition }: Rewriting, types: readonly string[]): Finding[] {
  const policy = rewritingPolicies[definition];
  if (!policy || (policy.type !== undefined && !types.includes(policy.type.toLowerCase()))) return [];
  const { displayName, does, means, stopsDefender, fix } = policy;
  return [
    {
      status: stopsDefender ? "problem" : "warning",
      what: `The assignment "${nameOf(assignment)}" ${does} (policy "${displayName}"). ${means}`,
      fix: `${fix === undefined ? "" : `${fix} Otherwise: `}${exempt(assignment.id)}`,
    },
  ];
}

function otherRewritings(rewritings: readonly Rewriting[]): Finding {
  const named = rewritings.map(
    ({ assignment, displayName }) => `"${nameOf(assignment)}" (policy "${displayName}")`,
  );
  return {
    status: "warning",
    what: `These assignments may change what the stack creates: ${listed(named)}. Look at what they set.`,
    fix: "If a policy sets another value than the settings do, change the settings or ask the policy's owner for an exemption: az policy definition show --name <policy>",
  };
}

/** The part that matters here of what checkPolicyRestrictions answers (checkPolicyRestrictions.json, Azure/azure-rest-api-specs). */
interface Restrictions {
  contentEvaluationResult?: {
    policyEvaluations?: {
      policyInfo: { policyAssignmentId: string; policyDefinitionId: string };
      evaluationResult: string;
      effectDetails?: { policyEffect?: string };
    }[];
  };
}

async function refused(
  subject: Subject,
  contents: readonly Content[],
  assignments: readonly Assignment[],
): Promise<Finding[]> {
  const { azure, account } = subject;
  const path = `${scopeOf(subject)}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
  try {
    const found = await Promise.all(
      contents.map(async ({ apiVersion, ...resourceContent }): Promise<Finding[]> => {
        const question = { resourceDetails: { resourceContent, apiVersion } };
        const { contentEvaluationResult } = await azure.post<Restrictions>(
          path,
          apiVersions.policyRestrictions,
          question,
        );
        return (contentEvaluationResult?.policyEvaluations ?? [])
          .filter(({ effectDetails }) => effectDetails?.policyEffect?.toLowerCase() === "deny")
          .map(({ policyInfo: { policyAssignmentId } }) => {
            const assignment = assignments.find(
              ({ id }) => id.toLowerCase() === policyAssignmentId.toLowerCase(),
            );
            const name = assignment ? nameOf(assignment) : policyAssignmentId;
            return {
              status: "problem",
              what: `The assignment "${name}" denies ${resourceContent.type} with these settings.`,
              fix: exempt(policyAssignmentId),
            };
          });
      }),
    );
    return found.flat();
  } catch (error) {
    if (!isRefusal(error) || error.code !== "MissingSubscriptionRegistration") throw error;
    return [
      {
        status: "unknown",
        what: "Whether a policy refuses what the stack creates cannot be checked: Microsoft.PolicyInsights, which answers that, is not registered.",
        fix: `az provider register --namespace Microsoft.PolicyInsights --subscription ${account.subscriptionId}`,
      },
    ];
  }
}
