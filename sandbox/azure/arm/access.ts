import type { World } from "../state.ts";
import { subscriptionId } from "../tenant.ts";
import type { Caller } from "../signIn/tokens.ts";
import { accessTo } from "../services/authorization/grants.ts";
import { typeNamed } from "./catalog.ts";
import { ArmError } from "./error.ts";
import { type Demand, linkedDemands } from "./linkedAccess.ts";
import { targetOf } from "./resourceId.ts";

interface Attempt {
  readonly world: World;
  readonly caller: Caller;
  readonly method: string;
  readonly segments: readonly string[];
  readonly body: unknown;
}

/**
 * Azure RBAC: one of the caller's roles must contain the action of the request. The same holds for actions on resources that
 * its body names (messages: Azure/data-landing-zone #203).
 * @throws ArmError 403 AuthorizationFailed or LinkedAuthorizationFailed
 */
export function requireAccess({ world, caller, method, segments, body }: Attempt): void {
  const [own, ...linked] = demandsOf(method, segments, body);
  if (!own) return;
  const client = `The client '${caller.appId}' with object id '${caller.objectId}'`;
  const access = accessTo(world, caller, own.action, own.scope, body);
  if (access !== "allowed") {
    const lacks = `does not have authorization${access === "condition" ? " or an ABAC condition not fulfilled" : ""}`;
    throw new ArmError(
      403,
      "AuthorizationFailed",
      `${client} ${lacks} to perform action '${own.action}' over scope '${own.scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
  const refused = linked.find(
    ({ action, scope }) => accessTo(world, caller, action, scope, body) !== "allowed",
  );
  if (!refused) return;
  throw new ArmError(
    403,
    "LinkedAuthorizationFailed",
    `${client} has permission to perform action '${own.action}' on scope '${own.scope}'; however, it does not have permission to perform action '${refused.action}' on the linked scope(s) '${refused.scope}' or the linked scope(s) are invalid.`,
  );
}

/** All actions that a request needs: first its own, then those on the resources that its body names. Empty: everybody may. */
export function demandsOf(method: string, segments: readonly string[], body: unknown): Demand[] {
  const action = actionOf(method, segments);
  if (action === undefined) return [];
  const target = targetOf(segments);
  const type = target && typeNamed([target.provider, ...target.types].join("/"));
  const links = method === "PUT" || method === "PATCH" ? (type?.writing?.links ?? []) : [];
  return [{ action, scope: `/${segments.join("/")}` }, ...linkedDemands(links, body)];
}

const verbs: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

/** Actions whose names differ from their paths (permissions/*.md, MicrosoftDocs/azure-docs). */
const named: Readonly<Record<string, string>> = {
  "microsoft.storage/checknameavailability/action": "Microsoft.Storage/checknameavailability/read",
  "microsoft.policyinsights/checkpolicyrestrictions/action":
    "Microsoft.PolicyInsights/checkPolicyRestrictions/read",
  "microsoft.storage/locations/asyncoperations/read": "Microsoft.Storage/operations/read",
};

/** The operation's name, such as `Microsoft.EventHub/namespaces/write`; undefined: everybody may. */
export function actionOf(method: string, segments: readonly string[]): string | undefined {
  const [root = "", subscription = "", kind = "", namespace, verb] = segments;
  const verbOf = verbs[method] ?? "action";
  const low = kind.toLowerCase();
  // Everybody may read what is at the tenant. Another subscription is answered elsewhere.
  if (root.toLowerCase() !== "subscriptions" || subscription !== subscriptionId) return undefined;
  if (kind === "") return "Microsoft.Resources/subscriptions/read";
  if (["locations", "resources", "operationresults"].includes(low))
    return `Microsoft.Resources/subscriptions/${low}/read`;
  if (low === "providers" && segments.length <= 4) return "Microsoft.Resources/subscriptions/providers/read";
  if (low === "providers" && segments.length === 5 && verb?.toLowerCase().endsWith("register")) {
    return `${namespace ?? ""}/${verb}/action`;
  }
  const target = targetOf(segments);
  if (!target)
    return low === "resourcegroups"
      ? "Microsoft.Resources/subscriptions/resourceGroups/resources/read"
      : undefined;
  const path = [target.provider, ...target.types].join("/");
  if (path === "Microsoft.Resources/resourceGroups")
    return `Microsoft.Resources/subscriptions/resourceGroups/${verbOf}`;
  const action = `${path}/${verbOf}`;
  return named[action.toLowerCase()] ?? action;
}
