import { getClientConfigOutput } from "@pulumi/azure-native/authorization/index.js";
import { Provider } from "@pulumi/azuread/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../streaming/cloud/clouds.ts";
import { given } from "./signIn/given.ts";
import { settingsFrom } from "./signIn/keys.ts";
import { signInOf } from "./signIn/signIn.ts";

/** azuread's names of the clouds: Graph has one address for GCC High and another for DoD. */
const environments: Readonly<Record<Cloud, string | undefined>> = {
  public: undefined,
  gccHigh: "usgovernmentl4",
  dod: "usgovernmentl5",
};

/** What azuread has under the same names as azure-native. It has no default credential, no subscription, and one audience of OIDC. */
const shared = [
  "clientCertificatePassword",
  "clientCertificatePath",
  "clientId",
  "clientSecret",
  "metadataHost",
  "oidcRequestToken",
  "oidcRequestUrl",
  "oidcToken",
  "oidcTokenFilePath",
  "tenantId",
  "useMsi",
  "useOidc",
];

/**
 * The azuread provider that signs in as azure-native does. Undefined where the default provider does so by itself: in the public cloud,
 * with the `ARM_` variables that both read, or with `azuread:` settings.
 *
 * @param azure the azure-native provider. Default: the default one.
 */
export function directoryProvider(cloud: Cloud, azure?: pulumi.ProviderResource): Provider | undefined {
  const environment = environments[cloud];
  if (environment === undefined && !signsInApart()) return undefined;
  const own = given("azuread", shared);
  const signIn = isEmpty(own) ? { ...given("azure-native", shared), ...onlyAzureNativeKnows(azure) } : own;
  return new Provider("directory", { ...signIn, ...(environment && { environment }) });
}

/** Whether azuread's default provider would not sign in as azure-native's. */
export function signsInApart(): boolean {
  if (!isEmpty(given("azuread", shared))) return false;
  return !isEmpty(given("azure-native", shared)) || !isEmpty(onlyAzureNativeKnows());
}

/** What azuread cannot find out by itself: that it is in a pod, and the tenant of the subscription that the Azure CLI signs in to. */
function onlyAzureNativeKnows(provider?: pulumi.ProviderResource) {
  const config = pulumi.runtime.allConfig();
  const signIn = signInOf(settingsFrom((key) => config[key], process.env));
  if (signIn.method === "default") {
    return process.env["AZURE_FEDERATED_TOKEN_FILE"] ? { useAksWorkloadIdentity: true } : {};
  }
  return signIn.method === "cli" && signIn.subscription && !signIn.tenantId
    ? { tenantId: getClientConfigOutput({ provider }).tenantId }
    : {};
}

const isEmpty = (inputs: object) => Object.keys(inputs).length === 0;
