import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { githubIssuer } from "../azure/signIn/idTokens.ts";
import { clientSecret, deployer, identityHeader, tenantId } from "../azure/tenant.ts";
import { azLogin } from "../azureCli/install.ts";
import { type SignIn, withSecret } from "../signIn.ts";
import { applicationCertificate, writePkcs12 } from "./certificate.ts";
import { trust } from "./trust.ts";

export { type SignIn, withSecret };

/** The audience of ID tokens for Microsoft Entra, and that of Azure Government (workload-identity-federation.md, entra-docs). */
export const exchangeAudience = "api://AzureADTokenExchange";
export const governmentAudience = "api://AzureADTokenExchangeUSGov";

/** A pipeline whose tokens are given to it, and a pod. */
const pipeline = { issuer: "https://gitlab.contoso.example", subject: "project_path:contoso/defender" };
const pod = { issuer: "https://oidc.cluster.example/1", subject: "system:serviceaccount:security:deployer" };
const job = { issuer: githubIssuer, subject: "repo:contoso/defender-streaming:ref:refs/heads/main" };

const asDeployer = { ARM_TENANT_ID: tenantId, ARM_CLIENT_ID: deployer.appId };
export const certificatePassword = "only in the sandbox";

/**
 * Every way in which azure-native signs in, as the variables by which it finds out (its page Installation & Configuration). All of them
 * act as the deployer.
 */
export const signIns = {
  secret: withSecret(deployer),
  certificate: async (azure) => ({
    ...asDeployer,
    ARM_CLIENT_CERTIFICATE_PATH: (await certificateFiles(azure)).pem,
  }),
  pkcs12: async (azure) => ({
    ...asDeployer,
    ARM_CLIENT_CERTIFICATE_PATH: (await certificateFiles(azure)).pkcs12(),
    ARM_CLIENT_CERTIFICATE_PASSWORD: certificatePassword,
  }),
  oidcToken: async (azure) => ({
    ...asDeployer,
    ARM_USE_OIDC: "true",
    ARM_OIDC_TOKEN: await trustedToken(azure, pipeline),
  }),
  oidcTokenFile: async (azure) => ({
    ...asDeployer,
    ARM_USE_OIDC: "true",
    ARM_OIDC_TOKEN_FILE_PATH: write(azure, "oidc-token", await trustedToken(azure, pipeline)),
  }),
  github: async (azure) => ({ ...asDeployer, ARM_USE_OIDC: "true", ...(await githubJob(azure)) }),
  githubGovernment: async (azure) => ({
    ...asDeployer,
    ARM_USE_OIDC: "true",
    ARM_OIDC_AUDIENCE: governmentAudience,
    ...(await githubJob(azure, governmentAudience)),
  }),
  systemAssignedIdentity: (azure) => ({ ARM_USE_MSI: "true", ...identityEndpoint(azure) }),
  userAssignedIdentity: (azure) => ({
    ARM_USE_MSI: "true",
    ARM_CLIENT_ID: deployer.appId,
    ...identityEndpoint(azure),
  }),
  workloadIdentity: async (azure) => ({
    ARM_USE_DEFAULT_AZURE_CREDENTIAL: "true",
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: deployer.appId,
    AZURE_AUTHORITY_HOST: `${originOf(azure)}/`,
    AZURE_FEDERATED_TOKEN_FILE: write(azure, "pod-token", await trustedToken(azure, pod)),
  }),
  cli: (azure) => ({ AZURE_CONFIG_DIR: cliFolder(azure, false) }),
  cliOfSeveralTenants: (azure) => ({ AZURE_CONFIG_DIR: cliFolder(azure, true) }),
} as const satisfies Record<string, SignIn>;

type Azure = Parameters<SignIn>[0];

/** Lets the deployer's application trust an issuer, a subject and an audience. */
export async function trustIssuer(
  azure: Azure,
  { issuer, subject }: { issuer: string; subject: string },
  audience = exchangeAudience,
): Promise<void> {
  const path = `applications/${deployer.applicationObjectId}/federatedIdentityCredentials`;
  const { value } = await graph<{ value: { id: string; issuer: string; subject: string }[] }>(
    azure,
    "GET",
    path,
  );
  const former = value.find((one) => one.issuer === issuer && one.subject === subject);
  const body = { issuer, subject, audiences: [audience] };
  if (former) await graph(azure, "PATCH", `${path}/${former.id}`, body);
  else await graph(azure, "POST", path, { name: `trusted-${String(value.length + 1)}`, ...body });
}

/** Registers the certificate with the deployer's application, in place of others. */
export async function registerCertificate(azure: Azure, der: string): Promise<void> {
  const keyCredentials = [{ type: "AsymmetricX509Cert", usage: "Verify", key: der }];
  await graph(azure, "PATCH", `applications/${deployer.applicationObjectId}`, { keyCredentials });
}

async function certificateFiles(azure: Azure): Promise<{ pem: string; pkcs12: () => string }> {
  const certificate = await applicationCertificate();
  await registerCertificate(azure, certificate.der);
  const pem = write(azure, "deployer.pem", certificate.pem);
  return {
    pem,
    pkcs12: () => {
      const file = fileOf(azure, "deployer.pfx");
      writePkcs12(pem, file, certificatePassword);
      return file;
    },
  };
}

async function trustedToken(azure: Azure, identity: typeof pipeline): Promise<string> {
  await trustIssuer(azure, identity);
  const asked = { ...identity, audience: exchangeAudience, lifetimeSeconds: 3600 };
  return (await control<{ value: string }>(azure, "idToken", asked)).value;
}

async function githubJob(azure: Azure, audience?: string): Promise<Record<string, string>> {
  await trustIssuer(azure, job, audience);
  const { url, token } = await control<{ url: string; token: string }>(azure, "job", {
    subject: job.subject,
  });
  return { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token };
}

const identityEndpoint = (azure: Azure) => ({
  IDENTITY_ENDPOINT: `${originOf(azure)}/msi/token`,
  IDENTITY_HEADER: identityHeader,
});

/** What the CLI was called with is in `az.jsonl` in this folder. */
function cliFolder(azure: Azure, elsewhere: boolean): string {
  const folder = fileOf(azure, elsewhere ? "azure-cli-of-several-tenants" : "azure-cli");
  azLogin(folder, originOf(azure), elsewhere);
  return folder;
}

const originOf = ({ port }: Azure) => `https://127.0.0.1:${String(port)}`;

/** In the sandbox's folder, beside the certificate that it serves with. */
function fileOf({ caFile }: Azure, name: string): string {
  const folder = join(dirname(dirname(caFile)), "signIn");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

function write(azure: Azure, name: string, content: string): string {
  writeFileSync(fileOf(azure, name), content, { mode: 0o600 });
  return fileOf(azure, name);
}

async function graph<T = unknown>(azure: Azure, method: string, path: string, body?: object): Promise<T> {
  const { access_token: token } = await send<{ access_token: string }>(
    azure,
    "POST",
    `${tenantId}/oauth2/v2.0/token`,
    new URLSearchParams({
      grant_type: "client_credentials",
      client_id: deployer.appId,
      client_secret: clientSecret,
      scope: "https://graph.microsoft.com/.default",
    }),
  );
  return send<T>(azure, method, `v1.0/${path}`, body && JSON.stringify(body), token);
}

const control = <T>(azure: Azure, name: string, body: object) =>
  send<T>(azure, "POST", `sandbox/${name}`, JSON.stringify(body));

async function send<T>(
  azure: Azure,
  method: string,
  path: string,
  body: string | URLSearchParams | undefined,
  token = "",
): Promise<T> {
  trust(azure.caFile);
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${originOf(azure)}/${path}`, { method, headers, ...(body && { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}
