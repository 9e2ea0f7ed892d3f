import type { TokenCredential } from "@azure/identity";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a provider plugin signs in with. Empty: not set. */
export interface SignInSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly disableInstanceDiscovery: boolean;
  readonly certificatePath?: string;
  readonly certificatePassword?: string;
  readonly useOidc?: boolean;
  readonly oidcAudience?: string;
  readonly oidcToken?: string;
  readonly oidcTokenFilePath?: string;
  readonly oidcRequestToken?: string;
  readonly oidcRequestUrl?: string;
  readonly useMsi?: boolean;
  readonly useDefault?: boolean;
}

/**
 * azure-native's credential for its settings (`provider/auth_azidentity.go` newSingleMethodAuthCredential and newOidcCredential, with their
 * order and texts).
 */
export const azureNativeCredential = (settings: SignInSettings, authorityHost: string) =>
  credentialOf(settings, authorityHost, ["subscriptionId"]);

/**
 * azuread's credential for its settings: certificate (PKCS#12 only), secret, OIDC with one audience, managed identity, and the CLI without
 * a subscription (hashicorp/go-azure-sdk `sdk/auth/auth.go` NewAuthorizerFromCredentials).
 */
export function azureadCredential(settings: SignInSettings, authorityHost: string): Promise<TokenCredential> {
  if (settings.certificatePath && isPem(settings.certificatePath)) {
    throw new Error("could not decode PKCS#12 archive: pkcs12: error reading P12 data");
  }
  const known = { ...settings, subscriptionId: "", useDefault: false, oidcAudience: "" };
  return credentialOf(known, authorityHost, []);
}

type Needed = keyof typeof names;

/** @param always what every method needs, except the CLI's */
async function credentialOf(
  settings: SignInSettings,
  authorityHost: string,
  always: readonly Needed[],
): Promise<TokenCredential> {
  const identity = await import("@azure/identity");
  const { tenantId, clientId, subscriptionId, disableInstanceDiscovery } = settings;
  const authority = { authorityHost, disableInstanceDiscovery };
  if (settings.useDefault) {
    required(settings, "using the Default Azure Credential", always);
    return new identity.DefaultAzureCredential({ ...authority, ...(tenantId && { tenantId }) });
  }
  const application = [...always, "tenantId", "clientId"] as const;
  if (settings.certificatePath) {
    required(settings, "as a Service Principal using a Client Certificate", application);
    const certificate = pemIn(settings.certificatePath, settings.certificatePassword ?? "");
    return new identity.ClientCertificateCredential(tenantId, clientId, { certificate }, authority);
  }
  if (settings.clientSecret) {
    required(settings, "as a Service Principal using a Client Secret", application);
    return new identity.ClientSecretCredential(tenantId, clientId, settings.clientSecret, authority);
  }
  if (settings.useOidc) {
    required(settings, "with OIDC", application);
    return new identity.ClientAssertionCredential(tenantId, clientId, assertionOf(settings), authority);
  }
  if (settings.useMsi) {
    required(settings, "as a Managed Identity using MSI", always);
    return clientId
      ? new identity.ManagedIdentityCredential({ clientId })
      : new identity.ManagedIdentityCredential();
  }
  return new identity.AzureCliCredential({
    ...(tenantId && { tenantId }),
    ...(subscriptionId && { subscription: subscriptionId }),
  });
}

const names = { subscriptionId: "Subscription ID", tenantId: "Tenant ID", clientId: "Client ID" };

function required(settings: SignInSettings, how: string, keys: readonly Needed[]): void {
  const missing = keys.find((key) => !settings[key]);
  if (missing) throw new Error(`A ${names[missing]} must be configured when authenticating ${how}.`);
}

const isPem = (path: string) => readFileSync(path).includes("-----BEGIN");

/** Certificate and key of a PEM or PKCS#12 file. For the latter it takes the program `openssl`. */
function pemIn(path: string, password: string): string {
  if (isPem(path)) return readFileSync(path, "utf8");
  const args = ["pkcs12", "-in", path, "-nodes", "-passin", "env:PASSWORD"];
  return execFileSync("openssl", args, { env: { ...process.env, PASSWORD: password } }).toString();
}

/** The token is read once, except that of a pipeline, which is asked for at each exchange. */
function assertionOf(settings: SignInSettings): () => Promise<string> {
  const { oidcToken, oidcTokenFilePath, oidcRequestUrl, oidcRequestToken } = settings;
  if (oidcToken) return () => Promise.resolve(oidcToken);
  if (oidcTokenFilePath) {
    const token = readFileSync(oidcTokenFilePath, "utf8");
    return () => Promise.resolve(token);
  }
  if (!oidcRequestUrl || !oidcRequestToken) {
    throw new Error(
      "A OIDC token or request URL and token must be configured when authenticating with OIDC.",
    );
  }
  return async () => {
    const url = new URL(oidcRequestUrl);
    url.searchParams.set("audience", settings.oidcAudience || "api://AzureADTokenExchange");
    const response = await fetch(url, { headers: { authorization: `Bearer ${oidcRequestToken}` } });
    if (!response.ok)
      throw new Error(`GitHub OIDC: ${response.status} with response: ${await response.text()}`);
    return ((await response.json()) as { value: string }).value;
  };
}
