import type { AccessToken, ClientSecretCredential } from "@azure/identity";
import { ArmClient } from "./azureNative/armClient.ts";
import { type Cloud, cloudAt } from "./cloud.ts";
import { GraphClient } from "./azuread/graphClient.ts";
import { isObject, type Properties } from "./properties.ts";

/** Who the provider is: its settings (`azure-native:…` in the stack's configuration), or else the ARM_ variables. */
export interface Settings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly metadataHost: string | undefined;
  readonly disableInstanceDiscovery: boolean;
}

export function settingsFrom(
  config: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): Settings {
  const setting = (key: string, variable: string) => config[key] || environment[variable] || "";
  return {
    clientId: setting("clientId", "ARM_CLIENT_ID"),
    clientSecret: setting("clientSecret", "ARM_CLIENT_SECRET"),
    tenantId: setting("tenantId", "ARM_TENANT_ID"),
    subscriptionId: setting("subscriptionId", "ARM_SUBSCRIPTION_ID"),
    metadataHost: setting("metadataHost", "ARM_METADATA_HOSTNAME") || undefined,
    disableInstanceDiscovery:
      setting("disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY") === "true",
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

export function accountOf(settings: Settings): Account & DirectoryAccount {
  const cloud = once(() => cloudAt(settings.metadataHost));
  const credential = once(async () => signIn(settings, await cloud()));
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

async function signIn(settings: Settings, cloud: Cloud): Promise<ClientSecretCredential> {
  const missing = (["clientId", "clientSecret", "tenantId", "subscriptionId"] as const).filter(
    (name) => !settings[name],
  );
  if (missing.length > 0) {
    throw new Error(
      `azure-native needs ${missing.join(", ")}: set ARM_CLIENT_ID, ARM_CLIENT_SECRET, ARM_TENANT_ID and ARM_SUBSCRIPTION_ID`,
    );
  }
  const { ClientSecretCredential } = await import("@azure/identity");
  const { tenantId, clientId, clientSecret, disableInstanceDiscovery } = settings;
  return new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: cloud.login,
    disableInstanceDiscovery,
  });
}

const token = (credential: ClientSecretCredential, audience: string) =>
  credential.getToken(`${audience.replace(/\/$/, "")}/.default`);

/** One token for all requests. It is requested once, and again two minutes before it ends. */
function kept(credential: ClientSecretCredential, audience: string): () => Promise<string> {
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
