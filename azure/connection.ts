import type { TokenCredential } from "@azure/identity";
import { type Cloud, clouds } from "../streaming/cloud/clouds.ts";

/** Where Azure Resource Manager and Microsoft Graph are, and the credential for them. */
export interface AzureConnection {
  /** Such as `https://management.azure.com`. */
  endpoint: string;
  /** The scope that tokens are asked for. */
  scope: string;
  /** Such as `https://graph.microsoft.com`. */
  graph: string;
  credential: TokenCredential;
}

/**
 * The cloud and the identity that the azure-native provider uses, from the same environment variables: `ARM_CLIENT_ID`
 * with a secret, a certificate, an OIDC token or a managed identity, else the Azure CLI's sign-in. The addresses are those
 * that `ARM_METADATA_HOSTNAME` tells when it is set, else those of `cloud`; without a cloud those of `ARM_ENVIRONMENT`
 * (`public`, `usgovernment`, `china`).
 *
 * It is part of dynamic providers, whose source goes into the state: the environment is read inside of functions only.
 */
export async function connect(cloud?: Cloud): Promise<AzureConnection> {
  const { login, resourceManager, graph } = await addresses(cloud);
  const authority = {
    authorityHost: login,
    disableInstanceDiscovery: process.env["ARM_DISABLE_INSTANCE_DISCOVERY"] === "true",
  };
  return {
    endpoint: resourceManager,
    scope: `${resourceManager}/.default`,
    graph,
    credential: await credentialFor(authority),
  };
}

interface Authority {
  authorityHost: string;
  disableInstanceDiscovery: boolean;
}

async function credentialFor(authority: Authority): Promise<TokenCredential> {
  const identity = await import("@azure/identity");
  const tenant = process.env["ARM_TENANT_ID"] ?? "";
  const client = process.env["ARM_CLIENT_ID"] ?? "";
  const secret = process.env["ARM_CLIENT_SECRET"];
  const certificatePath = process.env["ARM_CLIENT_CERTIFICATE_PATH"];
  const certificatePassword = process.env["ARM_CLIENT_CERTIFICATE_PASSWORD"];

  if (client && !tenant) throw new Error("ARM_CLIENT_ID is set and ARM_TENANT_ID is not: set both.");
  if (client && secret) return new identity.ClientSecretCredential(tenant, client, secret, authority);
  if (client && certificatePath) {
    const certificate = { certificatePath, ...(certificatePassword ? { certificatePassword } : {}) };
    return new identity.ClientCertificateCredential(tenant, client, certificate, authority);
  }
  if (process.env["ARM_USE_OIDC"] === "true") {
    return new identity.ClientAssertionCredential(tenant, client, oidcToken, authority);
  }
  if (process.env["ARM_USE_MSI"] === "true") {
    return client
      ? new identity.ManagedIdentityCredential({ clientId: client })
      : new identity.ManagedIdentityCredential();
  }
  return new identity.AzureCliCredential(tenant ? { tenantId: tenant } : {});
}

/** The token that a pipeline signs in with: given, in a file, or asked of the pipeline's own service. */
async function oidcToken(): Promise<string> {
  const token = process.env["ARM_OIDC_TOKEN"];
  const file = process.env["ARM_OIDC_TOKEN_FILE_PATH"];
  const url = process.env["ARM_OIDC_REQUEST_URL"] ?? process.env["ACTIONS_ID_TOKEN_REQUEST_URL"];
  const bearer = process.env["ARM_OIDC_REQUEST_TOKEN"] ?? process.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
  if (token) return token;
  if (file) {
    const { readFile } = await import("node:fs/promises");
    return (await readFile(file, "utf8")).trim();
  }
  if (!url || !bearer) {
    throw new Error(
      "ARM_USE_OIDC is true and there is no token: set ARM_OIDC_TOKEN or ARM_OIDC_TOKEN_FILE_PATH, or give the " +
        "workflow the permission `id-token: write`.",
    );
  }
  const address = new URL(url);
  address.searchParams.set("audience", "api://AzureADTokenExchange");
  const response = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
  if (!response.ok)
    throw new Error(`The pipeline's token service answered with status ${String(response.status)}.`);
  return ((await response.json()) as { value: string }).value;
}

interface Addresses {
  login: string;
  resourceManager: string;
  graph: string;
}

/** What `/metadata/endpoints` tells of a cloud (api-version 2022-09-01), as far as it is needed here. */
interface CloudMetadata {
  name?: string;
  resourceManager: string;
  microsoftGraphResourceId: string;
  authentication: { loginEndpoint: string };
}

async function addresses(cloudName: Cloud | undefined): Promise<Addresses> {
  const withoutSlash = (address: string) => address.replace(/\/+$/, "");
  const host = process.env["ARM_METADATA_HOSTNAME"];
  if (host) {
    const response = await fetch(`https://${host}/metadata/endpoints?api-version=2022-09-01`);
    if (!response.ok)
      throw new Error(`The cloud's metadata at ${host} cannot be read: status ${String(response.status)}.`);
    const answer = (await response.json()) as CloudMetadata | CloudMetadata[];
    const cloud = Array.isArray(answer) ? answer[0] : answer;
    if (!cloud) throw new Error(`The cloud's metadata at ${host} name no cloud.`);
    return {
      login: withoutSlash(cloud.authentication.loginEndpoint),
      resourceManager: withoutSlash(cloud.resourceManager),
      graph: withoutSlash(cloud.microsoftGraphResourceId),
    };
  }
  if (cloudName) return clouds[cloudName];
  switch ((process.env["ARM_ENVIRONMENT"] ?? "public").toLowerCase()) {
    case "public":
      return clouds.public;
    case "usgovernment":
      return clouds.gccHigh;
    case "china":
      return {
        login: "https://login.chinacloudapi.cn",
        resourceManager: "https://management.chinacloudapi.cn",
        graph: "https://microsoftgraph.chinacloudapi.cn",
      };
    default:
      throw new Error("ARM_ENVIRONMENT must be public, usgovernment or china.");
  }
}
