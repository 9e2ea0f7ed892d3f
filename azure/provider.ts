import { Provider } from "@pulumi/azure-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { type Cloud, clouds } from "../streaming/cloud/clouds.ts";

/**
 * The azure-native provider of a cloud; undefined for the public one, whose resources use the default provider.
 *
 * The default provider has no `cloud`: it would use the public one, unless `ARM_ENVIRONMENT` says otherwise. The provider itself reads
 * credentials from the `ARM_` variables; they are not part of its resource.
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
