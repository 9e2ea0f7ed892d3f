import { Refusal } from "../../azure.ts";
import type { Check, Subject } from "../check.ts";
import { type Content, tagsOf } from "../contents/content.ts";
import { contentsOf, vital } from "../contents/contents.ts";
import type { Finding } from "../finding.ts";
import { type Assignment, assignmentsIn, nameOf, rewritingsOf, type Rewriting } from "../policy.ts";
import { groupTagIn, isExpression } from "../policyExpressions.ts";
import { subscriptionScope } from "../subscription.ts";

/** Policies of the organisation that refuse what is asked for, or change it after it was made. */
export const policies: Check = {
  name: "policies",
  asks: "Whether policies of the organisation refuse or rewrite the settings",
  async findings(subject) {
    const { azure } = subject;
    const scope = scopeOf(subject);
    const assignments = await assignmentsIn(azure, scope);
    if (assignments.length === 0) {
      const where = subject.settings.existing?.resourceGroupId ? "resource group" : "subscription";
      return [{ status: "ok", what: `No policy is assigned to the ${where}.` }];
    }
    const contents = contentsOf(subject);
    const groupTags = await tagsOfGroup(subject);
    const rewritings = (await rewritingsOf(azure, scope, assignments)).flatMap(inheriting(groupTags));
    const found = [
      ...contents.flatMap((content) =>
        rewritings.filter(({ isFor }) => isFor(content)).flatMap((one) => rewritten(content, one)),
      ),
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

type Tags = Readonly<Record<string, string>>;

/** Azure ignores the letter case of their names. */
const tagNamed = (tags: Tags, name: string) =>
  Object.entries(tags).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

async function tagsOfGroup({ azure, settings }: Subject): Promise<Tags> {
  const group = settings.existing?.resourceGroupId;
  if (group === undefined) return tagsOf(settings, "resourceGroup");
  return (await azure.get<{ tags?: Tags }>(group, "2024-03-01")).tags ?? {};
}

/** Puts in what a policy passes on from the group; a tag that the group does not have is not passed on. */
function inheriting(groupTags: Tags): (rewriting: Rewriting) => Rewriting[] {
  return (rewriting) => {
    const tag = groupTagIn(rewriting.value);
    if (tag === undefined) return [rewriting];
    const value = tagNamed(groupTags, tag);
    return value ? [{ ...rewriting, value }] : [];
  };
}

function rewritten(content: Content, rewriting: Rewriting): Finding[] {
  const { assignment, policy, field, value, keeps, refuses } = rewriting;
  const tag = tagIn(field);
  if (tag !== undefined) return tagged(content, tag, rewriting);
  const prefix = `${content.type}/`;
  if (!field.toLowerCase().startsWith(prefix.toLowerCase())) return [];
  const path = field.slice(prefix.length);
  const ours = valueAt(content.properties, path);
  if (ours === undefined || keeps || asText(ours).toLowerCase() === asText(value).toLowerCase()) return [];
  if (isExpression(value)) return [untold(rewriting)];
  if (refuses) return [refusedFor(content.type, `${field} ${asText(ours)}`, rewriting)];
  const consequence = vital.includes(path)
    ? "Defender then most likely cannot write."
    : "Each deployment then finds a difference.";
  return [
    {
      status: vital.includes(path) ? "problem" : "warning",
      what: `The assignment "${nameOf(assignment)}" sets ${field} to ${asText(value)}, and the settings want ${asText(ours)} (policy "${policy}"). ${consequence}`,
      fix: exempt(assignment),
    },
  ];
}

/** `tags.owner`, `tags[owner]` or `tags['owner']` → `owner`. */
function tagIn(field: string): string | undefined {
  return /^tags(?:\.|\['?)([^'\]]+)(?:'?\])?$/i.exec(field)?.[1];
}

/** A tag that a policy puts on what can have tags: the next deployment would take it off again. */
function tagged({ type, tags }: Content, tag: string, rewriting: Rewriting): Finding[] {
  const { assignment, policy, value, keeps, refuses } = rewriting;
  if (!tags) return [];
  const ours = tagNamed(tags, tag);
  if (ours === value || (keeps && ours !== undefined)) return [];
  if (isExpression(value)) return [untold(rewriting)];
  if (refuses && ours !== undefined) return [refusedFor(type, `the tag ${tag} ${ours}`, rewriting)];
  const wanted = ours === undefined ? "have none" : `want ${ours}`;
  return [
    {
      status: "warning",
      what: `The assignment "${nameOf(assignment)}" sets the tag ${tag} of ${type} to ${asText(value)}, and the settings ${wanted} (policy "${policy}"). Each deployment then finds a difference.`,
      fix: `Write the same tag in the settings (\`defender-streaming:tags\`, or its \`tagOverrides\`). Otherwise: ${exempt(assignment)}`,
    },
  ];
}

/** Append does not overwrite. */
function refusedFor(type: string, asked: string, { assignment, policy, value }: Rewriting): Finding {
  return {
    status: "problem",
    what: `The assignment "${nameOf(assignment)}" refuses a resource of type ${type} with ${asked}: it wants ${asText(value)} (policy "${policy}").`,
    fix: `Write ${asText(value)} in the settings where they have it. Otherwise: ${exempt(assignment)}`,
  };
}

/** Only Azure can work out what is set: said once, whatever it is set in. */
function untold({ assignment, policy, field }: Rewriting): Finding {
  return {
    status: "unknown",
    what: `Whether the assignment "${nameOf(assignment)}" sets ${field} to something else than the settings want cannot be told: the policy "${policy}" works the value out.`,
    fix: exempt(assignment),
  };
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
              fix: assignment
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
        fix: `az provider register --namespace Microsoft.PolicyInsights --subscription ${account.subscriptionId}`,
      },
    ];
  }
}
