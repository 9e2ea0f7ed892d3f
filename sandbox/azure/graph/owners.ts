import type { Answer } from "../http.ts";
import type { DirectoryObject, World } from "../state.ts";
import { type ObjectCall, text } from "./call.ts";
import { inFull, objectWithId } from "./directory.ts";
import { badRequest, methodNotAllowed, notFound } from "./error.ts";

/** …/owners and …/owners/<id>/$ref of an application or a service principal (api/application-post-owners.md). */
export function callOwners({ world, method, url, object, rest, body }: ObjectCall): Answer {
  const [, first, second] = rest;
  if (first === undefined && method === "GET") {
    const value = object.owners.flatMap((id) => objectWithId(world, id) ?? []).map(withType);
    return {
      status: 200,
      body: { "@odata.context": `${url.origin}/v1.0/$metadata#directoryObjects`, value },
    };
  }
  if (first === "$ref" && method === "POST") {
    const owner = ownerNamed(world, text(body["@odata.id"]));
    if (object.owners.includes(owner)) {
      throw badRequest(
        "One or more added object references already exist for the following modified properties: 'owners'.",
      );
    }
    object.owners.push(owner);
    return { status: 204 };
  }
  if (second === "$ref" && method === "DELETE" && first !== undefined) {
    if (!object.owners.includes(first.toLowerCase())) throw notFound(first);
    object.owners = object.owners.filter((owner) => owner !== first.toLowerCase());
    return { status: 204 };
  }
  throw methodNotAllowed();
}

/** The owners that a new object is created with. */
export function boundOwners(world: World, references: unknown): string[] {
  return Array.isArray(references) ? references.map((reference) => ownerNamed(world, text(reference))) : [];
}

/** @param reference such as `https://graph.microsoft.com/v1.0/directoryObjects/<id>` */
function ownerNamed(world: World, reference: string): string {
  const id = reference.replace(/^.*\//, "");
  const owner = objectWithId(world, id);
  if (!owner) throw notFound(id);
  if (owner.kind !== "user" && owner.kind !== "servicePrincipal") {
    const kind = owner.kind === "group" ? "Group" : "Application";
    throw badRequest(
      `The reference target '${kind}_${id}' of type '${kind}' is invalid for the 'owners' reference.`,
    );
  }
  return owner.id;
}

/** An object as lists of mixed kinds show it. */
function withType(object: DirectoryObject): Record<string, unknown> {
  return { "@odata.type": `#microsoft.graph.${object.kind}`, ...inFull(object) };
}
