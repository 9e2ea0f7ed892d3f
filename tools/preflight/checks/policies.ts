import { Refusal } from "../../azure.ts";
import type { Check, Subject } from "../check.ts";
import type { Content } from "../contents/content.ts";
import { contentsOf, vital } from "../contents/contents.ts";
import type { Finding } from "../finding.ts";
import { type Assignment, assignmentsIn, nameOf, rewritingsOf, type Rewriting } from "../policy.ts";
import { subscriptionScope } from "../subscription.ts";

/** Policies of the organisation that refuse what is asked for, or change it after it was made. */
export const policies: Check = {
  name: "policies",
  asks: "Whether policies of the organisation refuse or rewrite the settings",
  async findings(subject) {
    const { azure } = subject;
    const scope = scopeOf(subject);
    const assignments = await assignmentsIn(azure, scope);
    if (assignments.length === 0)
      return [{ status: "ok", what: "No policy is assigned to the subscription." }];
    const contents = contentsOf(subject);
    const rewritings = await rewritingsOf(azure, scope, assignments);
    const found = [
      ...contents.flatMap((content) => rewritings.flatMap((rewriting) => rewritten(content, rewriting))),
      ...(await refused(subject, contents, assignments)),
    ];
    // The same is said once, however many namespaces there are.
    if (found.length > 0) return [...new Map(found.map((finding) => [finding.what, finding])).values()];
    return [{ status: "ok", what: "No policy refuses or rewrites what is to be made." }];
  },
};

/** A group of the stack's own is not made yet. */
const scopeOf = ({ account, settings }: Subject) =>
  settings.existing?.resourceGroupId ?? subscriptionScope(account);

const exempt = (assignment: Assignment) =>
  `Ask who owns the policy for an exemption of the stack's resource group: az policy exemption create --name defender-streaming --policy-assignment ${assignment.id} --exemption-category Waiver --scope <resource group's id>`;

function rewritten(content: Content, rewriting: Rewriting): Finding[] {
  const { assignment, policy, field, value } = rewriting;
  const tag = tagIn(field);
  if (tag !== undefined) return tagged(content, tag, rewriting);
  const prefix = `${content.type}/`;
  if (!field.toLowerCase().startsWith(prefix.toLowerCase())) return [];
  const path = field.slice(prefix.length);
  const ours = valueAt(content.properties, path);
  if (ours === undefined || asText(ours).toLowerCase() === asText(value).toLowerCase()) return [];
  const consequence = vital.includes(path)
    ? "Defender then most likely cannot write."
    : "Each deployment then finds a difference.";
  return [
    {
      status: vital.includes(path) ? "problem" : "warning",
      what: `The assignment "${nameOf(assignment)}" sets ${field} to ${asText(value)}, and the settings want ${asText(ours)} (policy "${policy}"). ${consequence}`,
      mend: exempt(assignment),
    },
  ];
}

/** `tags.owner`, `tags[owner]` or `tags['owner']` → `owner`. */
function tagIn(field: string): string | undefined {
  return /^tags(?:\.|\['?)([^'\]]+)(?:'?\])?$/i.exec(field)?.[1];
}

/** A tag that a policy puts on what can have tags: the next deployment would take it off again. */
function tagged(
  { type, tags }: Content,
  tag: string,
  { assignment, policy, value, keeps }: Rewriting,
): Finding[] {
  const ours = tags?.[tag];
  if (!tags || ours === value || (keeps && ours !== undefined)) return [];
  const wanted = ours === undefined ? "have none" : `want ${ours}`;
  return [
    {
      status: "warning",
      what: `The assignment "${nameOf(assignment)}" sets the tag ${tag} of ${type} to ${asText(value)}, and the settings ${wanted} (policy "${policy}"). Each deployment then finds a difference.`,
      mend: `Write the same tag in the settings (\`defender-streaming:tags\`, or its \`tagOverrides\`). Otherwise: ${exempt(assignment)}`,
    },
  ];
}

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function valueAt(properties: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (part, step) => (typeof part === "object" && part !== null ? Reflect.get(part, step) : undefined),
      properties,
    );
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
        const { contentEvaluationResult } = await azure.post<Restrictions>(path, "2023-03-01", question);
        return (contentEvaluationResult?.policyEvaluations ?? [])
          .filter(({ effectDetails }) => effectDetails?.policyEffect?.toLowerCase() === "deny")
          .map(({ policyInfo: { policyAssignmentId } }) => {
            const assignment = assignments.find(
              ({ id }) => id.toLowerCase() === policyAssignmentId.toLowerCase(),
            );
            const name = assignment ? nameOf(assignment) : policyAssignmentId;
            return {
              status: "problem",
              what: `The assignment "${name}" refuses a resource of type ${resourceContent.type} as the settings want it.`,
              mend: assignment
                ? exempt(assignment)
                : `Ask who owns the policy for an exemption: ${policyAssignmentId}`,
            };
          });
      }),
    );
    return found.flat();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "MissingSubscriptionRegistration") throw error;
    return [
      {
        status: "unknown",
        what: "Whether a policy refuses what is to be made cannot be told: Microsoft.PolicyInsights, which answers that, is not registered.",
        mend: `az provider register --namespace Microsoft.PolicyInsights --subscription ${account.subscriptionId}`,
      },
    ];
  }
}
