import { Provider, type ProviderArgs } from "@pulumi/azure-native/provider.js";
import { type Cloud, clouds } from "../streaming/cloud/clouds.ts";
import { given } from "./signIn/given.ts";

/**
 * The azure-native provider of a cloud; undefined for the public one, whose resources use the default provider.
 *
 * The default provider has no `cloud`: it would use the public one, unless `ARM_ENVIRONMENT` says otherwise. An explicit provider does
 * not read the stack's settings: it gets those of the sign-in. It reads the `ARM_` variables itself.
 */
export function azureProvider(cloud: Cloud): Provider | undefined {
  if (cloud === "public") return undefined;
  const signIn: ProviderArgs = given("azure-native", [
    "clientCertificatePassword",
    "clientCertificatePath",
    "clientId",
    "clientSecret",
    "disableInstanceDiscovery",
    "metadataHost",
    "oidcRequestToken",
    "oidcRequestUrl",
    "oidcToken",
    "oidcTokenFilePath",
    "subscriptionId",
    "tenantId",
    "useDefaultAzureCredential",
    "useMsi",
    "useOidc",
  ]);
  return new Provider("azure", { ...signIn, environment: clouds[cloud].environment });
}
