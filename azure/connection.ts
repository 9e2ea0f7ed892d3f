import type { TokenCredential } from "@azure/identity";
import { type Cloud, clouds, environmentNamed } from "../streaming/cloud/clouds.ts";
import { apiVersions } from "./apiVersions.ts";
import { sender } from "./requests.ts";
import { credentialFor } from "./signIn/credential.ts";
import { settingsOfStack, type SignInSettings } from "./signIn/keys.ts";
import { SignInError, signInOf } from "./signIn/signIn.ts";

/** Where Azure Resource Manager and Microsoft Graph are, and the credential for them. */
export interface AzureConnection {
  /** Such as `https://management.azure.com`. */
  endpoint: string;
  /** Whom tokens for Azure Resource Manager are for. */
  audience: string;
  /** Such as `https://graph.microsoft.com`. */
  graph: string;
  credential: TokenCredential;
}

const connections = new Map<string, Promise<AzureConnection>>();

/**
 * The cloud and the identity that azure-native uses, from the same settings. If `metadataHost` is set, that host returns the addresses;
 * otherwise they are those of `cloud`, or without one of `environment`.
 *
 * A process has one credential for a sign-in, which keeps its tokens and renews them: a token of a pipeline may be too old for a second
 * exchange.
 *
 * @throws SignInError
 */
export function connect(cloud?: Cloud): Promise<AzureConnection> {
  const settings = settingsOfStack();
  const key = JSON.stringify([cloud, settings]);
  const connection = connections.get(key) ?? connectAs(settings, cloud);
  connections.set(key, connection);
  connection.catch(() => connections.delete(key));
  return connection;
}

async function connectAs(settings: SignInSettings, cloud: Cloud | undefined): Promise<AzureConnection> {
  const signIn = signInOf(settings);
  const { login, resourceManager, graph, audience = resourceManager } = await addresses(settings, cloud);
  const authority = {
    authorityHost: login,
    disableInstanceDiscovery: settings.disableInstanceDiscovery === "true",
  };
  return { endpoint: resourceManager, audience, graph, credential: await credentialFor(signIn, authority) };
}

type Addresses = Pick<(typeof clouds)[Cloud], "login" | "resourceManager" | "graph"> & {
  /** Default: `resourceManager`. */
  readonly audience?: string;
};

/** What `/metadata/endpoints` returns for a cloud, as far as it is needed here. */
interface CloudMetadata {
  name?: string;
  resourceManager: string;
  microsoftGraphResourceId: string;
  authentication: { loginEndpoint: string; audiences?: readonly string[] };
}

async function addresses(
  { metadataHost: host, environment = "public" }: SignInSettings,
  cloud: Cloud | undefined,
): Promise<Addresses> {
  if (host) return addressesAt(host);
  if (cloud) return clouds[cloud];
  switch (environmentNamed(environment)) {
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
      throw new SignInError("ARM_ENVIRONMENT must be public, usgovernment or china.");
  }
}

async function addressesAt(host: string): Promise<Addresses> {
  const withoutSlash = (address: string) => address.replace(/\/+$/, "");
  const send = await sender(`https://${host}`);
  const queryParameters = { "api-version": apiVersions.cloudMetadata };
  const answer = await send<CloudMetadata | CloudMetadata[]>("get", "/metadata/endpoints", {
    queryParameters,
  });
  const cloud = Array.isArray(answer) ? answer[0] : answer;
  if (!cloud) throw new SignInError(`The metadata at ${host} name no cloud.`);
  const [audience] = cloud.authentication.audiences ?? [];
  return {
    ...(audience && { audience: withoutSlash(audience) }),
    login: withoutSlash(cloud.authentication.loginEndpoint),
    resourceManager: withoutSlash(cloud.resourceManager),
    graph: withoutSlash(cloud.microsoftGraphResourceId),
  };
}
