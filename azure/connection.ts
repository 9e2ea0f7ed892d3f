import type { TokenCredential } from "@azure/identity";
import { type Cloud, clouds } from "../streaming/cloud/clouds.ts";
import { apiVersions } from "./apiVersions.ts";
import { sender } from "./requests.ts";

/** Where Azure Resource Manager and Microsoft Graph are, and the credential for them. */
export interface AzureConnection {
  /** Such as `https://management.azure.com`. */
  endpoint: string;
  /** Such as `https://graph.microsoft.com`. */
  graph: string;
  credential: TokenCredential;
}

/**
 * The cloud and the identity that the azure-native provider uses, from the same environment variables: `ARM_CLIENT_ID`
 * with a secret, a certificate, an OIDC token or a managed identity, else the Azure CLI's sign-in. If `ARM_METADATA_HOSTNAME` is set,
 * that host returns the addresses; otherwise they are those of `cloud`, or without one of `ARM_ENVIRONMENT` (`public`, `usgovernment`,
 * `china`).
 *
 * Dynamic providers call it, so Pulumi stores its source in the state: only functions read the environment.
 */
export async function connect(cloud?: Cloud): Promise<AzureConnection> {
  const { login, resourceManager, graph } = await addresses(cloud);
  const authority = {
    authorityHost: login,
    disableInstanceDiscovery: process.env["ARM_DISABLE_INSTANCE_DISCOVERY"] === "true",
  };
  return { endpoint: resourceManager, graph, credential: await credentialFor(authority) };
}

/** A sentence for the person who set the variables. A class would not survive the state. */
const signInError = (message: string) => Object.assign(new Error(message), { name: "SignInError" });

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

  if (client && !tenant) throw signInError("ARM_CLIENT_ID is set and ARM_TENANT_ID is not: set both.");
  if (client && secret) return new identity.ClientSecretCredential(tenant, client, secret, authority);
  if (client && certificatePath) {
    const certificate = { certificatePath, certificatePassword };
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

/** The token that a pipeline signs in with: from a variable, from a file, or from the pipeline's own service. */
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
    throw signInError(
      "ARM_USE_OIDC is true and there is no token: set ARM_OIDC_TOKEN or ARM_OIDC_TOKEN_FILE_PATH, or give the " +
        "workflow the permission `id-token: write`.",
    );
  }
  const address = new URL(url);
  address.searchParams.set("audience", "api://AzureADTokenExchange");
  const send = await sender(address.origin);
  const headers = { authorization: `Bearer ${bearer}` };
  return (await send<{ value: string }>("get", address.href, { headers })).value;
}

type Addresses = Pick<(typeof clouds)[Cloud], "login" | "resourceManager" | "graph">;

/** What `/metadata/endpoints` returns for a cloud, as far as it is needed here. */
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
    const send = await sender(`https://${host}`);
    const queryParameters = { "api-version": apiVersions.cloudMetadata };
    const answer = await send<CloudMetadata | CloudMetadata[]>("get", "/metadata/endpoints", {
      queryParameters,
    });
    const cloud = Array.isArray(answer) ? answer[0] : answer;
    if (!cloud) throw signInError(`The metadata at ${host} name no cloud.`);
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
      throw signInError("ARM_ENVIRONMENT must be public, usgovernment or china.");
  }
}
