import { randomUUID } from "node:crypto";

import type { World } from "../state.ts";
import { deployer, deployersGraphPermissions, tenantId } from "../tenant.ts";
import { isHs256By, readJwt, writeHs256 } from "./jwt.ts";

/** Seconds an access token is good for, as Microsoft Entra's: one hour. */
export const tokenLifetime = 3599;

/** Audiences that Azure Resource Manager accepts, without the trailing slash. */
export const armAudiences = ["https://management.azure.com", "https://management.core.windows.net"];

/** Audiences that Microsoft Graph accepts: its address in each cloud, and its application id. */
export const graphAudiences = [
  "https://graph.microsoft.com",
  "https://graph.microsoft.us",
  "https://dod-graph.microsoft.us",
  "00000003-0000-0000-c000-000000000000",
];

export type TokenProblem = "invalid" | "expired" | "audience";

/** The holder of a token. */
export interface Caller {
  /** Client id of the application. */
  readonly appId: string;
  readonly objectId: string;
  /** The tenant that it signed in to. */
  readonly tenantId: string;
}

/** An access token (JWT, HS256) of an application for one audience. */
export function issueToken(world: World, origin: string, audience: string, caller: Caller): string {
  const issued = Math.floor(world.now() / 1000);
  const claims = {
    aud: audience,
    iss: `${origin}/${caller.tenantId}/v2.0`,
    iat: issued,
    nbf: issued,
    exp: issued + tokenLifetime,
    appid: caller.appId,
    idtyp: "app",
    oid: caller.objectId,
    ...(caller.objectId === deployer.objectId && { roles: deployersGraphPermissions }),
    sub: caller.objectId,
    tid: caller.tenantId,
    uti: randomUUID(),
    ver: "1.0",
  };
  return writeHs256(claims, world.state.signingKey);
}

/** What is wrong with a token for a service that accepts these audiences; undefined: nothing. */
export function tokenProblem(
  world: World,
  audiences: readonly string[],
  token: string,
): TokenProblem | undefined {
  const jwt = readJwt(token);
  if (!jwt || !isHs256By(jwt, world.state.signingKey)) return "invalid";
  const { exp, aud } = jwt.claims as unknown as Claims;
  if (exp * 1000 <= world.now()) return "expired";
  return audiences.includes(aud.replace(/\/+$/, "")) ? undefined : "audience";
}

/** Whose token it is, when there is nothing wrong with it. */
export function callerOf(token: string): Caller {
  const { appid, oid, tid = tenantId } = readJwt(token)?.claims as unknown as Claims;
  return { appId: appid, objectId: oid, tenantId: tid };
}

interface Claims {
  aud: string;
  exp: number;
  appid: string;
  oid: string;
  tid?: string;
}
