import * as pulumi from "@pulumi/pulumi";

const secretKeys = ["clientCertificatePassword", "clientSecret", "oidcRequestToken", "oidcToken"];
const booleanKeys = ["disableInstanceDiscovery", "useDefaultAzureCredential", "useMsi", "useOidc"];

/** Those of the keys that the stack's configuration has under a namespace, as inputs of a provider: secrets are encrypted in the state. */
export function given(namespace: string, keys: readonly string[]): Record<string, pulumi.Input<never>> {
  const config = new pulumi.Config(namespace);
  const entries = keys.map((key) => {
    if (secretKeys.includes(key)) return [key, config.getSecret(key)];
    return [key, booleanKeys.includes(key) ? config.getBoolean(key) : config.get(key)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<
    string,
    pulumi.Input<never>
  >;
}
