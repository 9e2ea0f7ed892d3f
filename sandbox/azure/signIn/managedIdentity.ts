import { directoryObjects } from "../graph/directory.ts";
import type { Answer, Request } from "../http.ts";
import { query } from "../http.ts";
import type { World } from "../state.ts";
import { deployer, identityHeader, restrictedDeployer, tenantId } from "../tenant.ts";
import { type Caller, issueToken, tokenLifetime } from "./tokens.ts";

const path = "/msi/token";

/** Whether a path is that of the machine's identity endpoint. */
export const isIdentityEndpoint = (asked: string) => asked === path;

/**
 * The identity endpoint of a machine, as App Service has it (`IDENTITY_ENDPOINT` and `IDENTITY_HEADER`; overview-managed-identity.md,
 * MicrosoftDocs/azure-docs). The machine's own identity is the deployer; by client id it has those and every user-assigned one.
 */
export function callIdentityEndpoint(world: World, request: Request): Answer {
  const { url, method, identityHeader: header } = request;
  if (method !== "GET") return { status: 405 };
  if (header !== identityHeader) return wrong(401, "The X-IDENTITY-HEADER header is missing or wrong.");
  const resource = query(url, "resource");
  if (query(url, "api-version") !== "2019-08-01") return wrong(400, "The api-version is not supported.");
  if (!resource) return wrong(400, "The resource parameter is missing.");
  const clientId = query(url, "client_id");
  const identity = clientId === undefined ? callerOf(deployer) : assigned(world, clientId);
  if (!identity) {
    return wrong(
      400,
      "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
    );
  }
  return {
    status: 200,
    body: {
      access_token: issueToken(world, url.origin, resource, identity),
      client_id: identity.appId,
      expires_on: String(Math.floor(world.now() / 1000) + tokenLifetime),
      not_before: String(Math.floor(world.now() / 1000)),
      resource,
      token_type: "Bearer",
    },
  };
}

function assigned(world: World, clientId: string): Caller | undefined {
  const isIt = (appId: unknown) => String(appId).toLowerCase() === clientId.toLowerCase();
  const known = [deployer, restrictedDeployer].find(({ appId }) => isIt(appId));
  if (known) return callerOf(known);
  const identity = directoryObjects(world).find(
    ({ properties }) => properties["servicePrincipalType"] === "ManagedIdentity" && isIt(properties["appId"]),
  );
  return identity && callerOf({ appId: clientId, objectId: identity.id });
}

const callerOf = ({ appId, objectId }: { appId: string; objectId: string }): Caller => ({
  appId,
  objectId,
  tenantId,
});

const wrong = (statusCode: number, message: string): Answer => ({
  status: statusCode,
  body: { statusCode, message },
});
