import { nameIn, parseId } from "../cloud/resourceId.ts";
import { isEncrypted, type CustomerManagedKey } from "./customerManagedKey.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { Found, Unread } from "../cloud/found.ts";
import { listed, sentences } from "../wording/words.ts";

/** The current state of the customer's key. */
export interface KeyFacts {
  readonly vault: Found<VaultFacts>;
  /** The key, or the requested version of it. */
  readonly key: Found<KeyVersionFacts>;
  /** The identity in the settings; undefined: the stack creates one. */
  readonly identity?: Found<IdentityFacts> | undefined;
}

export interface VaultFacts {
  /** The region in its short form, such as `westeurope`. */
  readonly location: string;
  readonly softDelete: boolean;
  readonly purgeProtection: boolean;
  /** Azure's roles give access; otherwise access policies of the vault do. */
  readonly roleBasedAccess: boolean;
  /** Whether it is open, or its firewall allows trusted Microsoft services. */
  readonly trustedServicesPass: boolean;
}

export interface KeyVersionFacts {
  readonly enabled: boolean;
  /** Such as `RSA`, `RSA-HSM`, `EC`. */
  readonly type: string;
  /** In bits; undefined for types without a size. */
  readonly size: number | undefined;
  /** The allowed operations; empty: all. */
  readonly operations: readonly string[];
  /** The seconds since 1970 between which it is valid. */
  readonly notBefore: number | undefined;
  readonly expires: number | undefined;
}

interface IdentityFacts {
  /** Its object id. */
  readonly principalId: string;
  /** Whether a role or an access policy lets it wrap and unwrap with the key. */
  readonly mayUseKey: boolean;
}

interface Situation {
  readonly request: Parameters<typeof isEncrypted>[0] & { readonly location?: string | undefined };
  readonly key: KeyFacts | undefined;
}

const prefix = "customerManagedKey";

/**
 * Why Event Hubs and Storage cannot use a key (configure-customer-managed-key.md, customer-managed-keys-overview.md and
 * key-vault/general/overview-vnet-service-endpoints.md in MicrosoftDocs/azure-docs).
 */
export function keyMistakes({ request, key: facts, now }: Situation & { readonly now: Date }): Mistake[] {
  const { customerManagedKey: asked } = request;
  if (!asked || !facts) return [];
  const { vault, key, identity } = facts;
  // Without the vault the key cannot be read either.
  const ofKey =
    typeof vault === "string"
      ? [unread("keyVaultId", asked.keyVaultId, "key vault", vault)]
      : [...vaultMistakes(asked, vault, identity), ...keyVersionMistakes(asked, key, now)];
  return [...ofKey, ...identityMistakes(asked, facts)];
}

function unread(key: string, value: string, what: string, why: Unread): Mistake {
  return {
    key: `${prefix}.${key}`,
    value,
    rule:
      why === "missing"
        ? `There is no ${what} with this id.`
        : `The signed-in principal may not read the ${what}, which is checked before anything is created.`,
    fix:
      why === "missing"
        ? "Correct the id: its subscription, resource group and name."
        : "Ask for the role Reader on it for the signed-in principal, or correct the id.",
  };
}

function vaultMistakes(
  { keyVaultId: value }: CustomerManagedKey,
  vault: VaultFacts,
  identity: KeyFacts["identity"],
): Mistake[] {
  const at = { key: `${prefix}.keyVaultId`, value };
  const { resourceGroupName: group = "", name = "" } = parseId(value) ?? {};
  const update = `az keyvault update --resource-group ${group} --name ${name}`;
  const lacks = sentences(!vault.softDelete && "soft delete", !vault.purgeProtection && "purge protection");
  return mistakes(
    lacks.length > 0 && {
      ...at,
      rule: `Encrypted data is lost with its key, so Azure requires soft delete and purge protection on the vault. ${name} has no ${listed(lacks)}.`,
      fix: `Turn it on, which cannot be undone: \`${update} --enable-purge-protection true\`. Or choose another vault.`,
    },
    !vault.trustedServicesPass && {
      ...at,
      rule: `The firewall of ${name} blocks trusted Microsoft services, and Event Hubs and Storage reach the vault as trusted services.`,
      fix: `Allow them: \`${update} --bypass AzureServices\`.`,
    },
    !vault.roleBasedAccess &&
      identity === undefined && {
        ...at,
        rule: `${name} uses access policies, which are part of the vault, and this stack does not change the vault. Only an identity that is already in them can use the key.`,
        fix: `Write the id of such an identity in \`userAssignedIdentityId\`, or switch the vault to Azure's roles: \`${update} --enable-rbac-authorization true\`.`,
      },
  );
}

const sizes = [2048, 3072, 4096];

function keyVersionMistakes(asked: CustomerManagedKey, key: KeyFacts["key"], now: Date): Mistake[] {
  const { keyName, keyVersion } = asked;
  const vault = nameIn(asked.keyVaultId);
  const at =
    keyVersion === undefined
      ? { key: `${prefix}.keyName`, value: keyName }
      : { key: `${prefix}.keyVersion`, value: keyVersion };
  const what = keyVersion === undefined ? `The key ${keyName}` : `The version ${keyVersion} of ${keyName}`;
  if (key === "missing") {
    const rule = `${what} is not in the vault ${vault}.`;
    return [
      { ...at, rule, fix: `Write one of those that \`az keyvault key list --vault-name ${vault}\` lists.` },
    ];
  }
  if (key === "hidden") {
    const rule = `${what} is checked before anything is created, but the signed-in principal may not read it.`;
    return [{ ...at, rule, fix: "Ask for the role Reader on the vault for the signed-in principal." }];
  }
  const seconds = now.getTime() / 1000;
  const isTooEarly = (key.notBefore ?? 0) > seconds;
  const missing = ["wrapKey", "unwrapKey"].filter(
    (one) => key.operations.length > 0 && !key.operations.includes(one),
  );
  const attributes = `az keyvault key set-attributes --vault-name ${vault} --name ${keyName}`;
  return mistakes(
    !key.enabled && {
      ...at,
      rule: `${what} is disabled.`,
      fix: `Enable it: \`${attributes} --enabled true\`.`,
    },
    (isTooEarly || (key.expires ?? Infinity) <= seconds) && {
      ...at,
      rule: `${what} is ${isTooEarly ? "not valid yet" : "expired"}.`,
      fix: `Create a new version of it: \`az keyvault key rotate --vault-name ${vault} --name ${keyName}\`.`,
    },
    !(key.type.startsWith("RSA") && sizes.includes(key.size ?? 0)) && {
      ...at,
      rule: `Azure encrypts with RSA and RSA-HSM keys of ${listed(sizes.map(String), "or")} bits, but ${keyName} is ${key.type}${key.size === undefined ? "" : ` of ${key.size} bits`}.`,
      fix: `Create another key: \`az keyvault key create --vault-name ${vault} --name <name> --kty RSA --size 3072 --ops wrapKey unwrapKey\`.`,
    },
    missing.length > 0 && {
      ...at,
      rule: `Azure wraps and unwraps keys with it, but ${keyName} does not allow ${listed(missing)}.`,
      fix: `Allow both: \`${attributes} --ops wrapKey unwrapKey\`.`,
    },
  );
}

function identityMistakes(asked: CustomerManagedKey, { identity, vault }: KeyFacts): Mistake[] {
  const { userAssignedIdentityId: value, keyVaultId } = asked;
  if (value === undefined || identity === undefined) return [];
  if (typeof identity === "string") {
    return [unread("userAssignedIdentityId", value, "user-assigned identity", identity)];
  }
  if (typeof vault === "string" || identity.mayUseKey) return [];
  const name = nameIn(keyVaultId);
  const { principalId } = identity;
  return [
    {
      key: `${prefix}.userAssignedIdentityId`,
      value,
      rule: vault.roleBasedAccess
        ? `The identity must be able to use the key from the start, and it has no such role on the vault ${name}.`
        : `The identity must be able to use the key from the start, and no access policy of the vault ${name} gives it get, wrapKey and unwrapKey on keys.`,
      fix: vault.roleBasedAccess
        ? `Run this, or ask someone who may: \`az role assignment create --role "Key Vault Crypto Service Encryption User" --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --scope ${keyVaultId}\`.`
        : `Run this, or ask someone who may: \`az keyvault set-policy --name ${name} --object-id ${principalId} --key-permissions get wrapKey unwrapKey\`.`,
    },
  ];
}

/** What a person should know about a key that breaks no rule. */
export function keyWarnings({ request, key: facts }: Situation): string[] {
  const { customerManagedKey: asked, location } = request;
  if (!asked || !facts) return [];
  const { vault } = facts;
  const encrypted = sentences(
    isEncrypted(request, "eventHub") && "the namespaces",
    isEncrypted(request, "storage") && "the storage account",
  );
  return sentences(
    asked.keyVersion !== undefined &&
      "`customerManagedKey.keyVersion` is one version of the key. After each rotation in the vault you must change it. Without it, Azure uses the newest version.",
    typeof vault !== "string" &&
      location !== undefined &&
      vault.location !== location &&
      `The key vault is in ${vault.location}, and ${listed(encrypted)} in ${location}. An outage of the vault's region stops them. This is documented to work for Storage; for Event Hubs it is not documented.`,
  );
}
