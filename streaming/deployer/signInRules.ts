import type { Mistake } from "../wording/mistakes.ts";

/** The settings of azure-native and azuread that are secrets of a sign-in. */
const secrets = ["clientSecret", "clientCertificatePassword", "oidcToken", "oidcRequestToken"].flatMap(
  (key) => [`azure-native:${key}`, `azuread:${key}`],
);

/**
 * Secrets of a sign-in that are in clear in a stack's configuration. Pulumi writes the configuration into the state as it is.
 *
 * @param isEncrypted whether the value of a key is a secret for Pulumi.
 */
export function clearSecrets(
  config: Readonly<Record<string, string>>,
  isEncrypted: (key: string) => boolean,
): Mistake[] {
  return secrets
    .filter((key) => config[key] !== undefined && !isEncrypted(key))
    .map((key) => ({
      key,
      value: "in clear",
      rule: "A secret in clear is readable for everyone who can read the stack file or the state.",
      fix: `Run \`pulumi config set --secret ${key}\`. If others could read the secret, renew it first.`,
    }));
}

/** The keys whose values are secret, as Pulumi passes them to the process of a program. */
export function encryptedIn({
  PULUMI_CONFIG_SECRET_KEYS: keys = "[]",
}: Readonly<Record<string, string | undefined>>): (key: string) => boolean {
  const encrypted = JSON.parse(keys) as readonly string[];
  return (key) => encrypted.includes(key);
}
