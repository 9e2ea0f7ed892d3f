import type { AccessToken, TokenCredential } from "@azure/identity";
import { ArmClient } from "./azureNative/armClient.ts";
import { cloudAt } from "./cloud.ts";
import { azureNativeCredential, type SignInSettings } from "./credential.ts";
import { GraphClient } from "./azuread/graphClient.ts";
import { isObject, type Properties } from "./properties.ts";

/** Who the provider is: its settings (`azure-native:…` in the stack's configuration), or else the ARM_ variables. */
export interface Settings extends SignInSettings {
  readonly metadataHost: string | undefined;
}

/** A setting that is there counts, also when it is empty (`provider/provider.go` getConfig). */
export function settingsFrom(
  config: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): Settings {
  const setting = (key: string, variable: string) => config[key] ?? environment[variable] ?? "";
  return {
    clientId: setting("clientId", "ARM_CLIENT_ID"),
    clientSecret: setting("clientSecret", "ARM_CLIENT_SECRET"),
    tenantId: setting("tenantId", "ARM_TENANT_ID"),
    subscriptionId: setting("subscriptionId", "ARM_SUBSCRIPTION_ID"),
    certificatePath: setting("clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH"),
    certificatePassword: setting("clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"),
    useOidc: setting("useOidc", "ARM_USE_OIDC") === "true",
    oidcAudience: setting("oidcAudience", "ARM_OIDC_AUDIENCE"),
    oidcToken: setting("oidcToken", "ARM_OIDC_TOKEN"),
    oidcTokenFilePath: setting("oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"),
    oidcRequestToken: setting("oidcRequestToken", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
    oidcRequestUrl: setting("oidcRequestUrl", "ACTIONS_ID_TOKEN_REQUEST_URL"),
    useMsi: setting("useMsi", "ARM_USE_MSI") === "true",
    useDefault: setting("useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL") === "true",
    metadataHost: setting("metadataHost", "ARM_METADATA_HOSTNAME") || undefined,
    disableInstanceDiscovery:
      setting("disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY") === "true",
  };
}

/**
 * The same for azuread, which also knows that it is in a pod of AKS (hashicorp/terraform-provider-azuread `internal/provider/provider.go`,
 * use_aks_workload_identity).
 */
export function azureadSettingsFrom(
  config: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): Settings {
  const settings = settingsFrom(config, environment);
  const inPod = config["useAksWorkloadIdentity"] ?? environment["ARM_USE_AKS_WORKLOAD_IDENTITY"];
  if (inPod !== "true") return settings;
  return {
    ...settings,
    useOidc: true,
    tenantId: environment["AZURE_TENANT_ID"] ?? "",
    clientId: environment["AZURE_CLIENT_ID"] ?? "",
    oidcTokenFilePath: environment["AZURE_FEDERATED_TOKEN_FILE"] ?? "",
  };
}

/** What the provider needs of a cloud. Nothing is asked, and no SDK loaded, before the first request. */
export interface Account {
  readonly subscriptionId: string;
  arm(): Promise<ArmClient>;
  clientConfig(): Promise<ClientConfig>;
}

/** What azuread needs of the same cloud. */
export interface DirectoryAccount {
  graph(): Promise<GraphClient>;
  clientConfig(): Promise<ClientConfig>;
}

/** The outputs of `getClientConfig`. */
interface ClientConfig {
  readonly clientId: string;
  readonly objectId: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
}

/** @param credentialOf how the plugin signs in; as azure-native by default */
export function accountOf(
  settings: Settings,
  credentialOf = azureNativeCredential,
): Account & DirectoryAccount {
  const cloud = once(() => cloudAt(settings.metadataHost));
  const credential = once(async () => credentialOf(settings, (await cloud()).login));
  const arm = once(async () => {
    const { resourceManager, audience } = await cloud();
    return new ArmClient(resourceManager, kept(await credential(), audience));
  });
  const graph = once(async () => {
    const { graph: address } = await cloud();
    return new GraphClient(address, kept(await credential(), address));
  });
  const clientConfig = async () => {
    const { graph } = await cloud();
    const { token: accessToken } = await token(await credential(), graph);
    const claims = claimsOf(accessToken);
    const clientId = claims.appid ?? settings.clientId;
    return {
      clientId,
      objectId: claims.oid ?? (await objectIdOf(clientId, graph, accessToken)),
      subscriptionId: settings.subscriptionId,
      tenantId: claims.tid ?? settings.tenantId,
    };
  };
  return { subscriptionId: settings.subscriptionId, arm, graph, clientConfig };
}

async function token(credential: TokenCredential, audience: string): Promise<AccessToken> {
  const answer = await credential.getToken(`${audience.replace(/\/$/, "")}/.default`);
  if (!answer) throw new Error("the sign-in returned no token");
  return answer;
}

/** One token for all requests. It is requested once, and again two minutes before it ends. */
function kept(credential: TokenCredential, audience: string): () => Promise<string> {
  let ends = 0;
  let current: Promise<AccessToken> | undefined;
  return async () => {
    if (Date.now() > ends - 120_000) current = undefined;
    if (!current) {
      ends = Infinity;
      current = token(credential, audience);
      current.then(
        ({ expiresOnTimestamp }) => (ends = expiresOnTimestamp),
        () => (ends = 0),
      );
    }
    return (await current).token;
  };
}

interface Claims {
  readonly appid?: string;
  readonly oid?: string;
  readonly tid?: string;
}

function claimsOf(accessToken: string): Claims {
  try {
    return JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString()) as Claims;
  } catch {
    return {};
  }
}

async function objectIdOf(clientId: string, graph: string, accessToken: string): Promise<string> {
  const query = new URLSearchParams({ $filter: `appId eq '${clientId}'` });
  const response = await fetch(`${graph}/v1.0/servicePrincipals?${query.toString()}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { value } = response.ok ? ((await response.json()) as Properties) : {};
  const [principal] = Array.isArray(value) ? value : [];
  if (isObject(principal) && typeof principal["id"] === "string") return principal["id"];
  throw new Error(
    `attempting to discover object ID for authenticated service principal with client ID "${clientId}": none found`,
  );
}

/** Runs it with the first call, and again after a failure. */
function once<T>(create: () => Promise<T>): () => Promise<T> {
  let created: Promise<T> | undefined;
  return () => {
    created ??= create().catch((error: unknown) => {
      created = undefined;
      throw error;
    });
    return created;
  };
}
