import type { Answer, Request } from "../http.ts";
import { query } from "../http.ts";
import type { World } from "../state.ts";
import { deployer, subscriptionId, tenantId } from "../tenant.ts";
import { armAudiences, type Caller, callerOf, tokenProblem } from "../signIn/tokens.ts";
import { hasAnyRole } from "../services/authorization/grants.ts";
import { requireAccess } from "./access.ts";
import { remember } from "./activities.ts";
import { isWellFormed } from "./apiVersion.ts";
import { typeNamed } from "./catalog.ts";
import {
  ArmError,
  invalidContent,
  methodNotAllowed,
  notRegistered,
  subscriptionNotFound,
  unknownType,
} from "./error.ts";
import { listTracked } from "./genericResources.ts";
import { deletionResult } from "./lifecycle.ts";
import { operationState } from "./operations.ts";
import {
  getProvider,
  isRegistered,
  listProviders,
  providerNamed,
  register,
  unregister,
} from "./registration.ts";
import { callGroup, groupOfOperation, listGroups, resourceGroupVersions } from "./resourceGroups.ts";
import { segmentsOf, targetOf } from "./resourceId.ts";
import { callAction, callResource, creationResult, requireScope } from "./resources.ts";
import { subscription, subscriptionLocations, tenant } from "./subscriptions.ts";

/** One authenticated call on Azure Resource Manager. */
interface ArmCall {
  readonly world: World;
  readonly caller: Caller;
  readonly method: string;
  readonly url: URL;
  readonly version: string;
  readonly segments: readonly string[];
  readonly low: readonly string[];
  readonly body: unknown;
  readonly ifMatch: string | undefined;
}

/** Answers a request to Azure Resource Manager. */
export function arm(world: World, request: Request): Answer {
  const { url, method, text, ifMatch } = request;
  return orItsError(() => {
    const caller = authenticate(world, request);
    if ("status" in caller) return caller;
    const asked = call(world, caller, method, url, () => parse(text), ifMatch);
    requireAccess(asked);
    const answer = route(asked);
    remember(asked, answer);
    return answer;
  });
}

/** A PUT by the sandbox, which needs no token and no role, and meets no fault. */
export function put(world: World, id: string, apiVersion: string, body: unknown): Answer {
  const url = new URL(`https://localhost${id}?api-version=${apiVersion}`);
  return orItsError(() => route(call(world, { ...deployer, tenantId }, "PUT", url, () => body)));
}

function orItsError(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ArmError) return error.answer();
    throw error;
  }
}

function call(
  world: World,
  caller: Caller,
  method: string,
  url: URL,
  body: () => unknown,
  ifMatch?: string,
): ArmCall {
  const segments = segmentsOf(url.pathname);
  const version = apiVersion(url);
  const low = segments.map((segment) => segment.toLowerCase());
  return { world, caller, method, url, version, segments, low, body: body(), ifMatch };
}

function authenticate(world: World, { authorization, url }: Request): Caller | Answer {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (bearer === undefined) {
    return unauthorized(
      url,
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
    );
  }
  switch (tokenProblem(world, [...armAudiences, url.origin], bearer)) {
    case undefined:
      return ofTenant(callerOf(bearer), url);
    case "invalid":
      return unauthorized(url, "InvalidAuthenticationToken", "The access token is invalid.");
    case "expired":
      return unauthorized(url, "ExpiredAuthenticationToken", "The access token expiry has passed.");
    case "audience":
      return unauthorized(
        url,
        "InvalidAuthenticationTokenAudience",
        "The access token has been obtained for wrong audience or resource. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.azure.com/'.",
      );
  }
}

/** A subscription knows the tenant that it belongs to, and no other. */
function ofTenant(caller: Caller, url: URL): Caller | Answer {
  if (caller.tenantId === tenantId || !/^\/subscriptions\/[^/]/i.test(url.pathname)) return caller;
  return unauthorized(
    url,
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer 'https://sts.windows.net/${caller.tenantId}/'. It must match the tenant 'https://sts.windows.net/${tenantId}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${tenantId}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
  );
}

function unauthorized(url: URL, code: string, message: string): Answer {
  const challenge = `Bearer authorization_uri="${url.origin}/${tenantId}", error="invalid_token", error_description="${message}"`;
  return { ...new ArmError(401, code, message).answer(), headers: { "WWW-Authenticate": challenge } };
}

function apiVersion(url: URL): string {
  const version = query(url, "api-version");
  if (!version) {
    throw new ArmError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (!isWellFormed(version)) {
    throw new ArmError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${version}' is invalid. It is a date, with -preview behind it or not.`,
    );
  }
  return version.toLowerCase();
}

function parse(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidContent((error as Error).message);
  }
}

function route(call: ArmCall): Answer {
  const { low, segments } = call;
  if (low[0] === "tenants" && low.length === 1) return get(call, { value: [tenant] });
  if (low[0] === "subscriptions") {
    if (low.length === 1)
      return get(call, { value: hasAnyRole(call.world, call.caller) ? [subscription] : [] });
    if (low[1] !== subscriptionId) throw subscriptionNotFound(segments[1] ?? "");
    const own = ofSubscription(call);
    if (own) return own;
  }
  return ofProvider(call);
}

/** What a subscription answers itself; undefined: it is a provider's. */
function ofSubscription(call: ArmCall): Answer | undefined {
  const { world, method, low, segments } = call;
  const [, , kind, name = "", third] = low;
  const filter = query(call.url, "$filter") ?? "";
  const asWritten = segments[3] ?? "";
  const groupCall = { ...call, filter, origin: call.url.origin };
  switch (kind) {
    case undefined:
      return get(call, subscription);
    case "locations":
      return get(call, { value: subscriptionLocations });
    case "resources":
      return get(call, {
        value: listTracked(world, call.version, `/subscriptions/${subscriptionId}`, filter),
      });
    case "operationresults":
      return deletionResult(world, groupOfOperation(asWritten), call.url.href);
    case "providers":
      if (name === "") return get(call, listProviders(world).body);
      if (low.length === 4) return get(call, getProvider(world, asWritten).body);
      if (low.length === 5 && third === "register") return post(call, () => register(world, asWritten));
      if (low.length === 5 && third === "unregister") return post(call, () => unregister(world, asWritten));
      return undefined;
    case "resourcegroups":
      if (low.length <= 4)
        supported(call.version, "Microsoft.Resources", "resourceGroups", resourceGroupVersions);
      if (name === "") return method === "GET" ? listGroups(groupCall) : refuse(method);
      if (low.length === 4) return callGroup(method, asWritten, groupCall);
      if (low.length === 5 && third === "resources") {
        callGroup("GET", asWritten, groupCall); // there must be such a group
        const group = `/subscriptions/${subscriptionId}/resourceGroups/${asWritten}`;
        return get(call, { value: listTracked(world, call.version, group, filter) });
      }
      return undefined;
    default:
      return undefined;
  }
}

/** …/providers/<namespace>/…: a resource, a collection, or an action. */
function ofProvider(call: ArmCall): Answer {
  const { world, method, segments, url, version, body } = call;
  const target = targetOf(segments);
  if (!target) {
    throw new ArmError(
      404,
      "NotFound",
      `No resource of Azure Resource Manager has the path '${url.pathname}'.`,
    );
  }
  if (target.types.at(-1)?.toLowerCase() === "operationresults") {
    return deletionResult(world, `/${segments.slice(0, -2).join("/")}`, url.href);
  }
  if (target.types.at(-1)?.toLowerCase() === "asyncoperations") {
    return creationResult(world, target.names.at(-1) ?? "", version, url.href);
  }
  if (/^(operations|privatednsoperationstatuses)$/i.test(target.types.at(-1) ?? "")) {
    return operationState(world, target.names.at(-1) ?? "");
  }
  const provider = providerNamed(target.provider);
  const isAction = method === "POST" && target.types.length > target.names.length;
  const action = target.types.at(-1) ?? "";
  if (isAction && target.names.length === 0) {
    const run = provider.actions?.[action.toLowerCase()];
    if (!run) throw unknownType(provider.namespace, action, version, []);
    if (!isRegistered(world, provider)) throw notRegistered(provider.namespace);
    const isTracked = (type: string) => typeNamed(type)?.tracked !== undefined;
    return run({ body, world, scope: target.scope, isTracked });
  }
  const question = provider.questions?.[target.types.join("/").toLowerCase()];
  if (question && target.names.length < target.types.length) {
    supported(version, provider.namespace, target.types.join("/"), question.apiVersions);
    const { caller } = call;
    return get(
      call,
      question.answer({
        world,
        caller,
        scope: requireScope(world, target.scope).id,
        names: target.names,
        url,
      }),
    );
  }
  const types = isAction ? target.types.slice(0, -1) : target.types;
  const type = typeNamed([provider.namespace, ...types].join("/"));
  supported(version, provider.namespace, types.join("/"), type?.apiVersions ?? []);
  if (!type) throw unknownType(provider.namespace, types.join("/"), version, []);
  const filter = query(url, "$filter") ?? "";
  const resourceCall = {
    world,
    version,
    filter,
    provider,
    type,
    target: { ...target, types },
    origin: url.origin,
    body,
    ifMatch: call.ifMatch,
  };
  return isAction ? callAction(action, resourceCall) : callResource(method, resourceCall);
}

function supported(version: string, namespace: string, type: string, versions: readonly string[]): void {
  if (!versions.includes(version)) throw unknownType(namespace, type, version, versions);
}

function get({ method }: ArmCall, body: unknown): Answer {
  return method === "GET" ? { status: 200, body } : refuse(method);
}

function post({ method }: ArmCall, run: () => Answer): Answer {
  return method === "POST" ? run() : refuse(method);
}

function refuse(method: string): never {
  throw methodNotAllowed(method);
}
