import type { World } from "../state.ts";
import { subscriptionId } from "../tenant.ts";
import type { Caller } from "../tokens.ts";
import { accessTo } from "../providers/authorization/grants.ts";
import { ArmError } from "./error.ts";
import { targetOf } from "./resourceId.ts";

interface Attempt {
  readonly world: World;
  readonly caller: Caller;
  readonly method: string;
  readonly segments: readonly string[];
  readonly body: unknown;
}

/**
 * Azure RBAC: what a request does has a name, and one of the caller's roles has to hold it.
 * @throws ArmError 403 AuthorizationFailed
 */
export function requireAccess({ world, caller, method, segments, body }: Attempt): void {
  const action = actionOf(method, segments);
  if (action === undefined) return;
  const scope = `/${segments.join("/")}`;
  const access = accessTo(world, caller, action, scope, body);
  if (access === "allowed") return;
  const lacks = `does not have authorization${access === "condition" ? " or an ABAC condition not fulfilled" : ""}`;
  throw new ArmError(
    403,
    "AuthorizationFailed",
    `The client '${caller.appId}' with object id '${caller.objectId}' ${lacks} to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

const verbs: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

/** Actions that are named otherwise than their paths (permissions/*.md, MicrosoftDocs/azure-docs). */
const named: Readonly<Record<string, string>> = {
  "microsoft.storage/checknameavailability/action": "Microsoft.Storage/checknameavailability/read",
  "microsoft.policyinsights/checkpolicyrestrictions/action":
    "Microsoft.PolicyInsights/checkPolicyRestrictions/read",
};

/** The operation's name, such as `Microsoft.EventHub/namespaces/write`; undefined: everybody may. */
export function actionOf(method: string, segments: readonly string[]): string | undefined {
  const [root = "", subscription = "", kind = "", namespace, verb] = segments;
  const verbOf = verbs[method] ?? "action";
  const low = kind.toLowerCase();
  // What is at the tenant is for everybody to read, and another subscription is answered elsewhere.
  if (root.toLowerCase() !== "subscriptions" || subscription !== subscriptionId) return undefined;
  if (kind === "") return "Microsoft.Resources/subscriptions/read";
  if (["locations", "resources"].includes(low)) return `Microsoft.Resources/subscriptions/${low}/read`;
  if (low === "providers" && segments.length <= 4) return "Microsoft.Resources/subscriptions/providers/read";
  if (low === "providers" && segments.length === 5 && verb?.toLowerCase().endsWith("register")) {
    return `${namespace ?? ""}/${verb}/action`;
  }
  const target = targetOf(segments);
  if (!target)
    return low === "resourcegroups" ? "Microsoft.Resources/subscriptions/resourceGroups/read" : undefined;
  // Whoever may begin an operation may look how it goes.
  if (/^(operationresults|asyncoperations)$/i.test(target.types.at(-1) ?? "")) return undefined;
  const path = [target.provider, ...target.types].join("/");
  if (path === "Microsoft.Resources/resourceGroups")
    return `Microsoft.Resources/subscriptions/resourceGroups/${verbOf}`;
  const action = `${path}/${verbOf}`;
  return named[action.toLowerCase()] ?? action;
}
