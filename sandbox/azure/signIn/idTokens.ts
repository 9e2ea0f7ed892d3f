import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";

import type { Answer, Request } from "../http.ts";
import { query } from "../http.ts";
import type { World } from "../state.ts";
import { isHs256By, isSignedBy, type Jwt, readJwt, writeHs256, writeRs256 } from "./jwt.ts";

/** Whom an ID token is of. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** The issuer and the audience of GitHub Actions (openid-connect reference, docs.github.com). */
export const githubIssuer = "https://token.actions.githubusercontent.com";

const lifetimeSeconds = 300;
const requestPath = /^\/[^/]+\/_apis\/.*\/idtoken$/;

/** Whether a path is the one where a job asks for its ID token. */
export const isIdTokenRequest = (path: string) => requestPath.test(path);

/** An ID token of any issuer: this server is all of them, because it asks no other machine for keys. */
export function issueIdToken(
  world: World,
  { issuer, subject }: Identity,
  audience: string,
  lifetime = lifetimeSeconds,
): string {
  const issued = Math.floor(world.now() / 1000);
  const claims = {
    iss: issuer,
    sub: subject,
    aud: audience,
    jti: randomUUID(),
    iat: issued,
    nbf: issued,
    exp: issued + lifetime,
  };
  return writeRs256(claims, createPrivateKey(idTokenKey(world)));
}

export const isIdTokenOfHere = (world: World, jwt: Jwt) =>
  isSignedBy(jwt, createPublicKey(idTokenKey(world)));

/** What a job of GitHub Actions gets: `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
export function idTokenRequestOf(
  world: World,
  origin: string,
  job: Identity,
): { url: string; token: string } {
  const plan = randomUUID();
  return {
    url: `${origin}/actions/_apis/distributedtask/hubs/Actions/plans/${plan}/jobs/${plan}/idtoken?api-version=2.0`,
    token: writeHs256(job, world.state.signingKey),
  };
}

/** Answers a job that asks for its ID token, with an audience or GitHub's own. */
export function callIdTokenRequest(world: World, { url, authorization }: Request): Answer {
  const job = readJwt(/^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "");
  if (!job || !isHs256By(job, world.state.signingKey)) return { status: 401 };
  const identity = job.claims as unknown as Identity;
  const value = issueIdToken(world, identity, query(url, "audience") ?? "https://github.com/contoso");
  return { status: 200, body: { count: value.length, value } };
}

function idTokenKey({ state }: World): string {
  state.idTokenKey ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
  return state.idTokenKey;
}
