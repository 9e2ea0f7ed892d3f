import { isObject, type Properties } from "./properties.ts";

/** The addresses of a cloud. */
export interface Cloud {
  readonly resourceManager: string;
  readonly login: string;
  readonly graph: string;
  /** The audience of ARM's tokens. */
  readonly audience: string;
}

/**
 * Asks the metadata service at `host` (ARM_METADATA_HOSTNAME, e.g. `127.0.0.1:8443`) for the cloud's addresses.
 *
 * @throws Error when there is no host, or an address is not on this machine: a stand-in must not reach a real cloud
 */
export async function cloudAt(host: string | undefined): Promise<Cloud> {
  if (!host) {
    throw new Error(
      "this is the sandbox's stand-in for azure-native and needs ARM_METADATA_HOSTNAME, the address of the sandbox's Azure. " +
        "To use real Azure, run pulumi outside the sandbox: it then uses the real provider.",
    );
  }
  const metadata = `${host.includes("://") ? host : `https://${host}`}/metadata/endpoints?api-version=2022-09-01`;
  assertLocal(metadata);
  const response = await fetch(metadata);
  if (!response.ok) throw new Error(`GET ${metadata}: expected 200 OK but got ${response.status}`);
  const body = (await response.json()) as Properties;
  const authentication = isObject(body["authentication"]) ? body["authentication"] : {};
  const audiences = Array.isArray(authentication["audiences"]) ? authentication["audiences"] : [];
  const cloud = {
    resourceManager: address(body["resourceManager"], "resourceManager"),
    login: address(authentication["loginEndpoint"], "authentication.loginEndpoint"),
    graph: address(body["microsoftGraphResourceId"], "microsoftGraphResourceId"),
  };
  return { ...cloud, audience: typeof audiences[0] === "string" ? audiences[0] : cloud.resourceManager };
}

function address(value: unknown, name: string): string {
  if (typeof value !== "string") throw new Error(`the metadata of the sandbox's Azure lack ${name}`);
  assertLocal(value);
  return value.replace(/\/$/, "");
}

function assertLocal(url: string): void {
  const { hostname } = new URL(url);
  if (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    hostname.startsWith("127.")
  )
    return;
  throw new Error(
    `${url} is not on this machine: the sandbox's stand-in for azure-native talks to the sandbox's Azure only`,
  );
}
