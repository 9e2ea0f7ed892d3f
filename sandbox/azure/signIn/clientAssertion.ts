import { createHash, X509Certificate } from "node:crypto";

import { directoryObjects } from "../graph/directory.ts";
import type { Answer } from "../http.ts";
import type { DirectoryObject, World } from "../state.ts";
import { isIdTokenOfHere } from "./idTokens.ts";
import { isSignedBy, type Jwt, readJwt } from "./jwt.ts";
import { invalidClient } from "./refusal.ts";

/** An application that proves with a signed assertion who it is. */
interface Presented {
  readonly appId: string;
  readonly assertion: string;
  /** Who may be meant by the assertion: the addresses of the token endpoint and of the tenant. */
  readonly audiences: readonly string[];
}

/**
 * What Microsoft Entra refuses an assertion for; undefined: it is accepted. One by the application itself is signed with a certificate
 * (certificate-credentials.md, MicrosoftDocs/entra-docs), any other is a token of an issuer that the application trusts
 * (workload-identity-federation.md there). The codes and texts are those of AzureAD/microsoft-authentication-library-for-js #8339,
 * Azure/login #180, Azure/azure-workload-identity #1200 and Azure/login #619.
 */
export function assertionProblem(world: World, presented: Presented): Answer | undefined {
  const { appId, assertion } = presented;
  const jwt = readJwt(assertion);
  if (!jwt) return invalidClient(50027, "JWT token is invalid or malformed.");
  const objects = directoryObjects(world).filter(
    ({ properties }) => String(properties["appId"]).toLowerCase() === appId.toLowerCase(),
  );
  const application = objects.find(({ kind }) => kind === "application");
  const isOwn = jwt.claims["iss"] === jwt.claims["sub"];
  return (
    (isOwn ? certificateProblem(presented, jwt, application) : federationProblem(world, jwt, application)) ??
    timeProblem(world, jwt)
  );
}

function certificateProblem(
  { appId, audiences }: Presented,
  jwt: Jwt,
  application: DirectoryObject | undefined,
): Answer | undefined {
  const { iss, aud } = jwt.claims;
  if (String(iss).toLowerCase() !== appId.toLowerCase()) {
    return invalidClient(
      700021,
      `Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
    );
  }
  const certificate = certificatesOf(application).find((one) => isNamedBy(jwt, one));
  const thumbprint = Buffer.from(text(jwt.header["x5t#S256"] ?? jwt.header["x5t"]), "base64url");
  if (!certificate) {
    return invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint.toString("hex").toUpperCase()}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${appId}'.`,
    );
  }
  if (!isSignedBy(jwt, certificate.publicKey)) {
    return invalidClient(
      700027,
      `Client assertion contains an invalid signature. [Reason - The key used is incorrect., Thumbprint of key used by client: '${thumbprint.toString("hex").toUpperCase()}'.`,
    );
  }
  return audiences.includes(text(aud).replace(/\/$/, ""))
    ? undefined
    : invalidClient(700023, "Client assertion audience claim does not match Realm issuer.");
}

/** An application's certificates, as Graph keeps them (resources/keycredential.md). */
function certificatesOf(application: DirectoryObject | undefined): X509Certificate[] {
  const credentials = (application?.properties["keyCredentials"] ?? []) as { key?: string }[];
  return credentials.flatMap(({ key }) => (key ? new X509Certificate(Buffer.from(key, "base64")) : []));
}

/** The header names the certificate by its thumbprint. */
function isNamedBy({ header }: Jwt, { raw }: X509Certificate): boolean {
  const thumbprint = (hash: string) => createHash(hash).update(raw).digest("base64url");
  return header["x5t#S256"] === undefined
    ? header["x5t"] === thumbprint("sha1")
    : header["x5t#S256"] === thumbprint("sha256");
}

function federationProblem(
  world: World,
  jwt: Jwt,
  application: DirectoryObject | undefined,
): Answer | undefined {
  const { iss, sub, aud } = jwt.claims;
  const ofIssuer = (application?.federatedCredentials ?? []).filter(({ issuer }) => issuer === iss);
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofIssuer.length === 0) return unmatched(700211, "issuer", iss);
  if (ofSubject.length === 0) return unmatched(700213, "subject", sub);
  if (!ofSubject.some(({ audiences }) => audiences.includes(text(aud)))) {
    return unmatched(700212, "audience", aud);
  }
  return isIdTokenOfHere(world, jwt)
    ? undefined
    : invalidClient(50013, "Assertion failed signature validation. [Reason - The key was not found.]");
}

function unmatched(code: number, claim: string, value: unknown): Answer {
  return invalidClient(
    code,
    `No matching federated identity record found for presented assertion ${claim} '${text(value)}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  );
}

function timeProblem(world: World, { claims: { nbf, exp } }: Jwt): Answer | undefined {
  const [from, until] = [Number(nbf ?? 0) * 1000, Number(exp) * 1000];
  // Clocks may differ by five minutes in the one direction.
  if (world.now() < until && world.now() > from - 300_000) return undefined;
  const at = (time: number) => new Date(time || 0).toISOString();
  return invalidClient(
    700024,
    `Client assertion is not within its valid time range. Current time: ${at(world.now())}, assertion valid from ${at(from)}, expiry time of assertion ${at(until)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  );
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
