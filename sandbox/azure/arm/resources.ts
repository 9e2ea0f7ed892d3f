import type { Answer } from "../http.ts";
import { lasting, lasts } from "../conditions/lasting.ts";
import type { Body, Resource, World } from "../state.ts";
import { subscriptionId } from "../tenant.ts";
import { enforcePolicies } from "../services/authorization/policy/enforce.ts";
import { typeNamed } from "./catalog.ts";
import type { Target } from "./resourceId.ts";
import { groupOf, parentOf } from "./resourceId.ts";
import {
  ArmError,
  groupBeingDeleted,
  groupNotFound,
  methodNotAllowed,
  notRegistered,
  parentNotFound,
  resourceNotFound,
} from "./error.ts";
import { ancestors, find, keep, remove, under } from "./inventory.ts";
import { accepted, deleting, operationFailed } from "./lifecycle.ts";
import { refuseLocked } from "./locks.ts";
import { operationHeaders } from "./operations.ts";
import { place, placeGlobally } from "./place.ts";
import { present } from "./present.ts";
import { isRegistered } from "./registration.ts";
import { layOver, readBody } from "./requestBody.ts";
import { resourceGroups } from "./resourceGroups.ts";
import type { Provider, ResourceType, Scope, View, Write } from "./resourceType.ts";

/** One call on a declared type, with everything that is known before its method matters. */
export interface Call extends View {
  readonly provider: Provider;
  readonly type: ResourceType;
  readonly target: Target;
  /** Address of the server, for Locations. */
  readonly origin: string;
  /** Parsed body; undefined: none was sent. */
  readonly body: unknown;
  /** The ETag that the caller has seen. */
  readonly ifMatch: string | undefined;
}

/** A resource, or a collection of them. */
export function callResource(method: string, call: Call): Answer {
  const scope = scopeOf(call);
  if (method === "GET") refuseUnregistered(call);
  if (call.target.names.length < call.target.types.length) {
    if (method !== "GET") throw methodNotAllowed(method);
    return listResources(call, scope);
  }
  const id = idOf(call, scope);
  const existing = call.type.reading?.find ? call.type.reading.find(id, call.world) : findOrGiven(call, id);
  switch (method) {
    case "GET":
      if (!existing || !shows(call, existing)) throw notFound(call, id);
      return { status: 200, body: present(call.type, existing, call) };
    case "HEAD":
      return { status: existing ? 204 : 404 };
    case "PUT":
      if (isReadOnly(call.type)) throw methodNotAllowed(method);
      return write(call, id, existing, false);
    case "PATCH":
      if (!call.type.writing?.patch) throw methodNotAllowed(method);
      if (!existing) throw notFound(call, id);
      return write(call, id, existing, true);
    case "DELETE":
      if (call.type.singleton || isReadOnly(call.type)) throw methodNotAllowed(method);
      return existing ? deleteResource(call, existing) : { status: 204 };
    default:
      throw methodNotAllowed(method);
  }
}

/** POST …/<name>/<action>; `call.target` is that of the resource. */
export function callAction(action: string, call: Call): Answer {
  const id = idOf(call, scopeOf(call));
  const existing = find(call.world, id);
  if (!existing || !shows(call, existing)) throw notFound(call, id);
  const run = call.type.actions?.[action.toLowerCase()];
  if (!run) throw methodNotAllowed("POST");
  requireRegistration(call);
  refuseLocked(call.world, id, "write");
  return run(existing, call);
}

/** Whether a new resource can be seen yet. */
function shows({ type, world }: Call, { createdAt }: Resource): boolean {
  const late = type.reading?.showsLate;
  return late === undefined || !lasts(world, late, createdAt);
}

function write(call: Call, id: string, existing: Resource | undefined, partial: boolean): Answer {
  const { type, world, version, target, ifMatch } = call;
  const name = target.names.at(-1) ?? "";
  requireRegistration(call);
  refuseBusy(world, id, type);
  refuseLocked(world, id, "write");
  if (existing) refuseHanging(existing, type);
  const overlaps = lasting(world, "overlaps") > 0 ? type.writing?.overlaps : undefined;
  if (typeof overlaps === "function" && isBeingWritten(world, id)) throw overlaps();
  if (type.singleton && !existing) throw notFound(call, id);
  if (!existing) type.naming?.check?.(name);
  const sent = readBody(call.body, type.body, version, partial);
  const body =
    partial && existing ? layOver(existing.body, sent) : { ...sent, properties: sent.properties ?? {} };
  if (type.tracked) {
    body.location =
      type.tracked === "global"
        ? placeGlobally(body.location, type.name)
        : place(body.location, existing?.body.location, {
            type: type.name,
            name,
            group: groupOf(id) ?? "",
          });
  }
  const change: Write = { type, id, name, parent: parentOf(id), version, body, existing, ifMatch, world };
  enforcePolicies(change);
  type.writing?.prepare?.(change);

  const resource = existing ?? { ...newResource(world, id, type.name, name, body), ...secretsOf(type) };
  resource.body = body;
  resource.updatedAt = new Date(world.now()).toISOString();
  delete resource.failed;
  if (type.lifecycle) {
    const state = existing ? type.lifecycle.updating : type.lifecycle.creating;
    const failure = lasting(world, "overlaps") > 0 ? type.lifecycle.collision?.(resource, world) : undefined;
    if (state) resource.pending = { state, until: world.now() + world.timings.provisioning, failure };
  }
  const isLost = overlaps === "getLost" && isBeingWritten(world, change.parent) && !existing;
  const delay = overlaps && lasting(world, "overlaps") / 1000;
  if (!isLost) {
    keep(world, resource);
    if (!existing) createCompanions(call, resource);
  }
  if (type.lifecycle?.createsLater && !existing) return accepted(creationPath(call, resource));
  const status = type.writing?.status?.[existing ? "updated" : "created"] ?? 200;
  const headers = resource.pending ? operationHeaders(call, resource) : {};
  return { status, body: present(type, resource, call, existing !== undefined), headers, delay };
}

/** Whether a resource, or something below it, is being written; if not, it is from now on. */
function isBeingWritten(world: World, id: string): boolean {
  const resource = find(world, id);
  if (!resource) return false;
  if ((resource.writingUntil ?? 0) > world.now()) return true;
  resource.writingUntil = world.now() + lasting(world, "overlaps");
  return false;
}

/** Where the end of a creation is reported; the last part names the resource. */
function creationPath({ origin, provider, version }: Call, { id, body }: Resource): string {
  const token = Buffer.from(id).toString("base64url");
  const location = `${origin}/subscriptions/${subscriptionId}/providers/${provider.namespace}/locations/${body.location ?? ""}`;
  return `${location}/asyncoperations/${token}?api-version=${version}`;
}

/** What the Location of a creation answers: 202 until the resource is finished, then 200 with it. */
export function creationResult(world: World, token: string, version: string, location: string): Answer {
  const resource = find(world, Buffer.from(token, "base64url").toString());
  const type = resource && typeNamed(resource.type);
  if (!resource || !type) throw new ArmError(404, "NotFound", "There is no such operation.");
  if (resource.failed) throw operationFailed(resource.failed);
  if (resource.pending) return accepted(location);
  return { status: 200, body: present(type, resource, { world, version, filter: "" }) };
}

/** The resource as it was written last, or as it is before anybody writes it. */
function findOrGiven({ type, target, world }: Call, id: string): Resource | undefined {
  const name = target.names.at(-1) ?? "";
  const body = find(world, id) ? undefined : type.naming?.given?.(name);
  return body ? { ...newResource(world, id, type.name, name, body), seeded: true } : find(world, id);
}

function newResource(world: World, id: string, type: string, name: string, body: Body): Resource {
  const now = new Date(world.now()).toISOString();
  return { id, type, name, body, createdAt: now, updatedAt: now };
}

function secretsOf(type: ResourceType): Pick<Resource, "secrets"> {
  const secrets = type.writing?.secrets?.();
  return secrets ? { secrets } : {};
}

function createCompanions({ type, world }: Call, resource: Resource): void {
  for (const { type: typeName, name, properties } of type.writing?.accompany ?? []) {
    const id = `${resource.id}/${lastSegment(typeName)}/${name}`;
    const own = typeNamed(typeName);
    keep(world, { ...newResource(world, id, typeName, name, { properties }), ...(own && secretsOf(own)) });
  }
}

const isReadOnly = ({ reading, writing }: ResourceType) => reading?.find !== undefined && !writing;

function deleteResource(call: Call, existing: Resource): Answer {
  const { type, world, version, origin } = call;
  const { before, hangs, later, returnsDeleted, revertsTo } = type.deletion ?? {};
  requireRegistration(call);
  for (const above of ancestors(world, existing.id)) refuseIfBusy(world, above, type);
  refuseLocked(world, existing.id, "delete");
  refuseHanging(existing, type);
  before?.(existing, world, call.ifMatch);
  if (hangs && lasting(world, "deletionsHang") > 0) {
    existing.pending = { state: deleting, until: world.now() + lasting(world, "deletionsHang") };
    throw new ArmError(
      500,
      "InternalServerError",
      "The server encountered an internal error. Try again later.",
    );
  }
  if (revertsTo) {
    existing.body = { properties: { ...revertsTo } };
    existing.updatedAt = new Date(world.now()).toISOString();
    return { status: 200, body: present(type, existing, call) };
  }
  if (!later) {
    const shown = present(type, existing, call);
    remove(world, existing.id);
    return returnsDeleted ? { status: 200, body: shown } : { status: 200 };
  }
  delete existing.failed;
  if (existing.pending?.state !== deleting) {
    existing.pending = { state: deleting, until: world.now() + world.timings.deletion };
  }
  if (type.lifecycle?.operations) return { status: 202, headers: operationHeaders(call, existing) };
  return accepted(`${origin}${existing.id}/operationresults/${existing.name}?api-version=${version}`);
}

function listResources(call: Call, scope: string): Answer {
  const { type, world } = call;
  const parent = nestedParent(call, scope) ?? scope;
  const all = type.reading?.list?.(parent, call) ?? under(world, parent, type.name);
  const found = all.filter((resource) => shows(call, resource));
  return { status: 200, body: { value: found.map((resource) => present(type, resource, call)) } };
}

/**
 * The id of what the top-level type belongs to, in its proper letter case.
 * @throws ArmError when it does not exist, or the type cannot belong to such a thing
 */
function scopeOf({ world, target, type }: Call): string {
  const isCollection = target.names.length < target.types.length;
  const { kind, id } = requireScope(world, target.scope);
  const allowed: readonly Scope[] = type.scopes ?? ["resourceGroup"];
  // What lives in resource groups can be listed for the whole subscription.
  if (allowed.includes(kind) || (isCollection && kind === "subscription")) return id;
  throw new ArmError(
    400,
    "InvalidResourceType",
    `The resource type '${type.name}' cannot hang on '${target.scope || "/"}' (a ${kind}), only on a ${allowed.join(" or ")}.`,
  );
}

/**
 * What a scope is, and its id in its proper letter case.
 * @throws ArmError when it does not exist
 */
export function requireScope(world: World, scope: string): { kind: Scope; id: string } {
  if (scope === "") return { kind: "tenant", id: "" };
  if (/^\/subscriptions\/[^/]+$/i.test(scope)) {
    return { kind: "subscription", id: `/subscriptions/${subscriptionId}` };
  }
  const group = groupOf(scope) ?? "";
  if (group !== "" && !find(world, `/subscriptions/${subscriptionId}/resourceGroups/${group}`)) {
    throw groupNotFound(group);
  }
  const found = find(world, scope);
  if (!found) throw resourceNotFound(scope.replace(/^.*\/providers\//i, ""), group);
  return { kind: found.type === resourceGroups ? "resourceGroup" : "resource", id: found.id };
}

function idOf(call: Call, scope: string): string {
  const { type, target, provider } = call;
  const above = nestedParent(call, scope) ?? `${scope}/providers/${provider.namespace}`;
  return `${above}/${lastSegment(type.name)}/${target.names.at(-1) ?? ""}`;
}

/** The parent's id of a nested type; undefined for a top-level one. */
function nestedParent({ world, target, type, provider }: Call, scope: string): string | undefined {
  const above = type.name.split("/").slice(1, -1);
  if (above.length === 0) return undefined;
  const names = target.names.slice(0, above.length);
  const path = above.map((segment, i) => `/${segment}/${names[i] ?? ""}`).join("");
  const parent = find(world, `${scope}/providers/${provider.namespace}${path}`);
  if (!parent) throw parentNotFound(names.join("/"));
  return parent.id;
}

function requireRegistration({ provider, world }: Call): void {
  if (!isRegistered(world, provider)) throw notRegistered(provider.namespace);
}

function refuseUnregistered({ type, provider, world }: Call): void {
  const refusal = type.reading?.whenUnregistered;
  if (refusal && !isRegistered(world, provider)) throw refusal();
}

function refuseBusy(world: World, id: string, type: ResourceType): void {
  const own = find(world, id);
  for (const resource of [...(own ? [own] : []), ...ancestors(world, id)])
    refuseIfBusy(world, resource, type);
}

/** A group that is being deleted accepts no change; a resource in transition accepts none of its type and of those below. */
function refuseIfBusy(world: World, resource: Resource, type: ResourceType): void {
  if (resource.pending && resource.type === resourceGroups) throw groupBeingDeleted(resource.name);
  if (!`${type.name}/`.startsWith(`${resource.type}/`)) return;
  const { whenBusy, whenFresh } = typeNamed(resource.type)?.lifecycle ?? {};
  const refusal = resource.pending
    ? whenBusy?.(resource)
    : type.name !== resource.type && whenFresh?.(resource, world);
  if (refusal) throw refusal;
}

/** A deletion that has failed goes on, and is in the way. */
function refuseHanging(existing: Resource, { deletion }: ResourceType): void {
  if (deletion?.hangs && existing.pending?.state === deleting) throw deletion.hangs();
}

function notFound({ type, target, provider }: Call, id: string): ArmError {
  const [, ...segments] = type.name.split("/");
  const path = segments.map((segment, i) => `${segment}/${target.names[i] ?? ""}`).join("/");
  return resourceNotFound(`${provider.namespace}/${path}`, groupOf(id) ?? "");
}

function lastSegment(typeName: string): string {
  return typeName.slice(typeName.lastIndexOf("/") + 1);
}
