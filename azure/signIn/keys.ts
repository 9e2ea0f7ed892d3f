/**
 * azure-native's settings of sign-in and cloud, and the variables that count where the stack has none (pulumi/pulumi-azure-native
 * `provider/pkg/provider/auth_azidentity.go` readAuthConfig and getCloud, `provider.go` getConfig, the SDK's `config/vars.js`).
 */
const variables = {
  clientCertificatePassword: ["ARM_CLIENT_CERTIFICATE_PASSWORD"],
  clientCertificatePath: ["ARM_CLIENT_CERTIFICATE_PATH"],
  clientId: ["ARM_CLIENT_ID"],
  clientSecret: ["ARM_CLIENT_SECRET"],
  disableInstanceDiscovery: ["ARM_DISABLE_INSTANCE_DISCOVERY"],
  environment: ["ARM_ENVIRONMENT", "AZURE_ENVIRONMENT"],
  metadataHost: ["ARM_METADATA_HOSTNAME"],
  oidcAudience: ["ARM_OIDC_AUDIENCE"],
  oidcRequestToken: ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
  oidcRequestUrl: ["ACTIONS_ID_TOKEN_REQUEST_URL"],
  oidcToken: ["ARM_OIDC_TOKEN"],
  oidcTokenFilePath: ["ARM_OIDC_TOKEN_FILE_PATH"],
  subscriptionId: ["ARM_SUBSCRIPTION_ID"],
  tenantId: ["ARM_TENANT_ID"],
  useDefaultAzureCredential: ["ARM_USE_DEFAULT_AZURE_CREDENTIAL"],
  useMsi: ["ARM_USE_MSI"],
  useOidc: ["ARM_USE_OIDC"],
} as const;

type SettingKey = keyof typeof variables;

/** Values are text, and none is empty. */
export type SignInSettings = { readonly [Key in SettingKey]?: string | undefined };

/** A stack's configuration: the text of a full key, such as `azure-native:clientId`. */
export type StackConfiguration = (key: string) => string | undefined;

export function settingsFrom(
  configuration: StackConfiguration,
  environment: Readonly<Record<string, string | undefined>>,
): SignInSettings {
  const entries = (Object.keys(variables) as SettingKey[]).map((key) => {
    const variable = variables[key].map((name) => environment[name]).find((value) => value);
    return [key, (configuration(`azure-native:${key}`) ?? variable) || undefined];
  });
  return Object.fromEntries(entries) as SignInSettings;
}

/** How a person gives a setting. */
export const waysToSet = (key: SettingKey) => `${variables[key][0]}, or \`azure-native:${key}\` of the stack`;

const stack: { configuration: StackConfiguration } = { configuration: () => undefined };

/** From here on this process signs in as this stack does. It works for no other. */
export function signInFor(configuration: StackConfiguration): void {
  stack.configuration = configuration;
}

/** The settings of this process's stack. */
export const settingsOfStack = () => settingsFrom(stack.configuration, process.env);
