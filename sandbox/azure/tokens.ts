import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

import type { World } from "./state.ts";
import { deployer, deployersGraphPermissions, tenantId } from "./tenant.ts";

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
}

/** An access token (JWT, HS256) of an application for one audience. */
export function issueToken(world: World, origin: string, audience: string, caller: Caller): string {
  const issued = Math.floor(world.now() / 1000);
  const claims = {
    aud: audience,
    iss: `${origin}/${tenantId}/v2.0`,
    iat: issued,
    nbf: issued,
    exp: issued + tokenLifetime,
    appid: caller.appId,
    idtyp: "app",
    oid: caller.objectId,
    ...(caller.objectId === deployer.objectId && { roles: deployersGraphPermissions }),
    sub: caller.objectId,
    tid: tenantId,
    uti: randomUUID(),
    ver: "1.0",
  };
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${sign(world, content)}`;
}

/** What is wrong with a token for a service that accepts these audiences; undefined: nothing. */
export function tokenProblem(
  world: World,
  audiences: readonly string[],
  token: string,
): TokenProblem | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const expected = Buffer.from(sign(world, `${header}.${payload}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "invalid";
  const claims = claimsOf(payload);
  if (claims.exp * 1000 <= world.now()) return "expired";
  return audiences.includes(claims.aud.replace(/\/+$/, "")) ? undefined : "audience";
}

/** Whose token it is, when there is nothing wrong with it. */
export function callerOf(token: string): Caller {
  const { appid, oid } = claimsOf(token.split(".")[1] ?? "");
  return { appId: appid, objectId: oid };
}

interface Claims {
  aud: string;
  exp: number;
  appid: string;
  oid: string;
}

function claimsOf(payload: string): Claims {
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function sign(world: World, content: string): string {
  return createHmac("sha256", world.state.signingKey).update(content).digest("base64url");
}
