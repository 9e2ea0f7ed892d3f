import type { Client } from "@azure-rest/core-client";
import type { Cloud } from "../streaming/cloud/clouds.ts";
import { connect } from "./connection.ts";

/** Requests to Azure Resource Manager by their paths: for questions that `resourceManager` has no method for. */
export async function armRequests(apiVersion: string, cloud: Cloud | undefined): Promise<Client> {
  const [{ getClient }, { endpoint, scope, credential }] = await Promise.all([
    import("@azure-rest/core-client"),
    connect(cloud),
  ]);
  return getClient(endpoint, credential, { credentials: { scopes: [scope] }, apiVersion });
}
