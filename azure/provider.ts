import { Provider } from "@pulumi/azure-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { type Cloud, clouds } from "../streaming/cloud/clouds.ts";

/**
 * The azure-native provider of a cloud; undefined for the public one, whose resources use the default provider.
 *
 * The default provider knows no `cloud`: without this it would go to the public one, unless `ARM_ENVIRONMENT` says otherwise.
 * Credentials are read from the `ARM_` variables by the provider itself, and are not part of its resource.
 */
export function azureProvider(cloud: Cloud): Provider | undefined {
  if (cloud === "public") return undefined;
  const config = new pulumi.Config("azure-native");
  return new Provider("azure", {
    environment: clouds[cloud].environment,
    tenantId: config.get("tenantId"),
    subscriptionId: config.get("subscriptionId"),
  });
}
