import type { Answer, Request } from "../http.ts";
import type { World } from "../state.ts";
import { callerOf, graphAudiences, tokenProblem } from "../signIn/tokens.ts";
import { tenantId } from "../tenant.ts";
import { callDirectoryObjects, callSet, entitySets } from "./entitySets.ts";
import { badRequest, GraphError, unknownSegment } from "./error.ts";

const version = /^\/(v1\.0|beta)\//i;

/** Whether a path is one of Microsoft Graph's. */
export const isGraph = (path: string) => version.test(path);

/** Answers a request to Microsoft Graph, v1.0 or beta. Undefined: the path is not Graph's. */
export function graph(world: World, request: Request): Answer | undefined {
  if (!isGraph(request.url.pathname)) return undefined;
  const path = request.url.pathname.replace(version, "");
  try {
    authenticate(world, request);
    const segments = path.split("/").filter(Boolean).map(decodeURIComponent);
    const call = { world, method: request.method, url: request.url, segments, body: bodyOf(request.text) };
    const collection = segments[0]?.replace(/\(.*$/, "") ?? "";
    if (collection === "directoryObjects") return callDirectoryObjects(call);
    const set = entitySets[collection];
    if (!set) throw unknownSegment(collection);
    return callSet(set, call);
  } catch (error) {
    if (error instanceof GraphError) return error.answer(world.now());
    throw error;
  }
}

function authenticate(world: World, { authorization, url }: Request): void {
  const refuse = (message: string) => new GraphError(401, "InvalidAuthenticationToken", message);
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (bearer === undefined) throw refuse("Access token is empty.");
  switch (tokenProblem(world, [...graphAudiences, url.origin], bearer)) {
    case undefined:
      if (callerOf(bearer).tenantId === tenantId) return;
      throw new GraphError(
        403,
        "Authorization_IdentityNotFound",
        "The identity of the calling application could not be established.",
      );
    case "invalid":
      throw refuse("Access token validation failure. Invalid signature.");
    case "expired":
      throw refuse("Lifetime validation failed, the token is expired.");
    case "audience":
      throw refuse("Access token validation failure. Invalid audience.");
  }
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw badRequest(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
}
