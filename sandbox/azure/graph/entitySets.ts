import { randomUUID } from "node:crypto";
import type { Answer } from "../http.ts";
import type { DirectoryObject, World } from "../state.ts";
import { type Call, type ObjectCall, text } from "./call.ts";
import {
  add,
  defaultProperties,
  directoryObjects,
  inFull,
  isReplicated,
  type Kind,
  objectWithId,
  remove,
  replicated,
  selectableProperties,
} from "./directory.ts";
import { badRequest, GraphError, methodNotAllowed, notFound, unknownSegment } from "./error.ts";
import { callFederatedCredentials } from "./federatedCredentials.ts";
import { boundOwners, callOwners } from "./owners.ts";
import { addPassword, removePassword } from "./passwords.ts";
import { filtered, selected } from "./query.ts";

/** The objects of one kind, and what can be done with them. */
export interface EntitySet {
  readonly kind: Kind;
  /** What names an object beside its id: `applications(appId='…')`, `users/<userPrincipalName>`. */
  readonly alternateKey?: string;
  /** Completes and checks a new object's properties. Absent: none can be created here. */
  readonly prepare?: (properties: Record<string, unknown>, call: Call) => Record<string, unknown>;
  /** What belongs to an object, by its segment. */
  readonly parts?: Readonly<Record<string, (call: ObjectCall) => Answer>>;
}

export const entitySets: Readonly<Record<string, EntitySet>> = {
  users: { kind: "user", alternateKey: "userPrincipalName" },
  groups: {
    kind: "group",
    prepare(properties) {
      required(properties, "displayName", "mailNickname", "mailEnabled", "securityEnabled");
      return properties;
    },
  },
  applications: {
    kind: "application",
    alternateKey: "appId",
    prepare(properties) {
      required(properties, "displayName");
      return { ...properties, appId: randomUUID() };
    },
    parts: {
      owners: callOwners,
      federatedIdentityCredentials: callFederatedCredentials,
      addPassword: posted(addPassword),
      removePassword: posted(removePassword),
    },
  },
  servicePrincipals: {
    kind: "servicePrincipal",
    alternateKey: "appId",
    prepare: ofApplication,
    parts: { owners: callOwners },
  },
};

/** A call on `<set>`, `<set>/<id>`, `<set>(<key>='<value>')` or what belongs to it. */
export function callSet(set: EntitySet, call: Call): Answer {
  const [head = "", second, ...others] = call.segments;
  const [, key, value] = /\((\w+)='([^']+)'\)$/.exec(head) ?? [];
  if (key !== undefined && key !== set.alternateKey) throw unknownSegment(head);
  const name = value ?? second;
  if (name === undefined) return callCollection(set, call);
  const rest = value === undefined ? others : [second, ...others].filter((one) => one !== undefined);
  const object = named(set, call, name);
  const [part] = rest;
  if (part === undefined) return callObject(call, object);
  const callPart = set.parts?.[part];
  if (!callPart) throw unknownSegment(part);
  return callPart({ ...call, object, rest });
}

function callCollection(set: EntitySet, call: Call): Answer {
  const { world, method, url, segments } = call;
  const context = `${url.origin}/v1.0/$metadata#${segments[0] ?? ""}`;
  if (method === "GET") {
    const all = replicated(world)
      .filter(({ kind }) => kind === set.kind)
      .map(inFull);
    const value = filtered(all, url).map((object) => selected(object, usual(set.kind), url));
    return { status: 200, body: { "@odata.context": context, value } };
  }
  if (method !== "POST" || !set.prepare) throw methodNotAllowed();
  const { "owners@odata.bind": owners, ...properties } = call.body;
  known(set.kind, properties);
  const object = add(world, {
    id: randomUUID(),
    kind: set.kind,
    properties: {
      createdDateTime: new Date(world.now()).toISOString(),
      ...set.prepare(withoutNulls(properties), call),
    },
    owners: boundOwners(world, owners),
  });
  return { status: 201, body: { "@odata.context": `${context}/$entity`, ...shown(object, url) } };
}

function callObject({ world, method, url, body }: Call, object: DirectoryObject): Answer {
  switch (method) {
    case "GET":
      return {
        status: 200,
        body: {
          "@odata.context": `${url.origin}/v1.0/$metadata#${object.kind}s/$entity`,
          ...shown(object, url),
        },
      };
    case "PATCH":
      known(object.kind, body);
      Object.assign(object.properties, body);
      return { status: 204 };
    case "DELETE":
      remove(world, object);
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

function named(set: EntitySet, { world }: Call, name: string): DirectoryObject {
  const ofKind = replicated(world).filter(({ kind }) => kind === set.kind);
  const wanted = name.toLowerCase();
  const byKey = ({ properties }: DirectoryObject) =>
    set.alternateKey !== undefined && text(properties[set.alternateKey]).toLowerCase() === wanted;
  const object = ofKind.find(({ id }) => id === wanted) ?? ofKind.find(byKey);
  if (!object) throw notFound(name);
  return object;
}

const shown = (object: DirectoryObject, url: URL) => selected(inFull(object), usual(object.kind), url);

const usual = (kind: Kind) => ["id", ...Object.keys(defaultProperties[kind])];

function posted(run: (call: ObjectCall) => Answer): (call: ObjectCall) => Answer {
  return (call) => {
    if (call.method !== "POST") throw methodNotAllowed();
    return run(call);
  };
}

function known(kind: Kind, properties: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(properties)) {
    if (name in defaultProperties[kind] || name in selectableProperties[kind] || name.startsWith("@odata."))
      continue;
    throw badRequest(`Property '${name}' does not exist as a declared property or extension property.`);
  }
}

function required(properties: Readonly<Record<string, unknown>>, ...names: readonly string[]): void {
  const missing = names.find((name) => properties[name] === undefined || properties[name] === "");
  if (missing !== undefined) {
    throw badRequest(
      `A value is required for property '${missing}' of resource '${"displayName" in properties ? text(properties["displayName"]) : "New"}'.`,
    );
  }
}

/** A service principal needs an existing application that has none (api/serviceprincipal-post-serviceprincipals.md). */
function ofApplication(properties: Record<string, unknown>, { world }: Call): Record<string, unknown> {
  const appId = text(properties["appId"]);
  const withAppId = directoryObjects(world).filter((object) => object.properties["appId"] === appId);
  const application = withAppId.find(
    (object) => object.kind === "application" && isReplicated(world, object),
  );
  if (!application) {
    throw new GraphError(
      400,
      "NoBackingApplicationObject",
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  }
  if (withAppId.some(({ kind }) => kind === "servicePrincipal")) {
    throw new GraphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const { displayName, identifierUris = [] } = application.properties;
  const servicePrincipalNames = [appId, ...(identifierUris as string[])];
  return { ...properties, displayName, appDisplayName: displayName, servicePrincipalNames };
}

const withoutNulls = (properties: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));

function shownWithId(world: World, id: string): DirectoryObject | undefined {
  const object = objectWithId(world, id);
  return object && isReplicated(world, object) ? object : undefined;
}

/** `directoryObjects/<id>` and `directoryObjects/getByIds` (api/directoryobject-getbyids.md). */
export function callDirectoryObjects({ world, method, url, segments, body }: Call): Answer {
  const [, name = ""] = segments;
  if (name === "getByIds" && method === "POST") {
    const { ids, types } = body as { ids?: string[]; types?: string[] };
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > 1000) {
      throw badRequest("Request must contain 1 to 1000 ids.");
    }
    const value = ids
      .flatMap((id) => shownWithId(world, id) ?? [])
      .filter(({ kind }) => types?.includes(kind) ?? true)
      .map((object) => ({ "@odata.type": `#microsoft.graph.${object.kind}`, ...shown(object, url) }));
    return {
      status: 200,
      body: { "@odata.context": `${url.origin}/v1.0/$metadata#directoryObjects`, value },
    };
  }
  if (method !== "GET") throw methodNotAllowed();
  const object = shownWithId(world, name);
  if (!object) throw notFound(name);
  return { status: 200, body: { "@odata.type": `#microsoft.graph.${object.kind}`, ...shown(object, url) } };
}
