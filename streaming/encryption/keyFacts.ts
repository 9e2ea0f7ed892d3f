import { nameIn, parseId } from "../cloud/resourceId.ts";
import { isEncrypted, type CustomerManagedKey } from "./customerManagedKey.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { Found, Unread } from "../cloud/found.ts";
import { listed, sentences } from "../wording/words.ts";

/** What stands of a key of the customer's. */
export interface KeyFacts {
  readonly vault: Found<VaultFacts>;
  /** The key, or the version of it that was asked for. */
  readonly key: Found<KeyVersionFacts>;
  /** The identity that was asked for; undefined: it is made here. */
  readonly identity?: Found<IdentityFacts> | undefined;
}

export interface VaultFacts {
  /** The region in its short form, such as `westeurope`. */
  readonly location: string;
  readonly softDelete: boolean;
  readonly purgeProtection: boolean;
  /** Access is given by Azure's roles; else by access policies of the vault. */
  readonly roleBasedAccess: boolean;
  /** Whether it is open, or its firewall lets trusted Microsoft services pass. */
  readonly trustedServicesPass: boolean;
}

export interface KeyVersionFacts {
  readonly enabled: boolean;
  /** Such as `RSA`, `RSA-HSM`, `EC`. */
  readonly type: string;
  /** In bits; undefined for types that have none. */
  readonly size: number | undefined;
  /** What it may be used for; empty: everything. */
  readonly operations: readonly string[];
  /** Seconds since 1970 from which and until which it holds. */
  readonly notBefore: number | undefined;
  readonly expires: number | undefined;
}

interface IdentityFacts {
  /** Its object id. */
  readonly principalId: string;
  /** Whether a role or an access policy lets it wrap and unwrap with the key. */
  readonly mayUseKey: boolean;
}

const prefix = "customerManagedKey";

/**
 * What keeps Event Hubs and Storage from using a key (configure-customer-managed-key.md, customer-managed-keys-overview.md and
 * key-vault/general/overview-vnet-service-endpoints.md in MicrosoftDocs/azure-docs).
 */
export function keyMistakes(
  { customerManagedKey: asked }: { readonly customerManagedKey?: CustomerManagedKey | undefined },
  { key: facts }: { readonly key: KeyFacts | undefined },
  now: Date,
): Mistake[] {
  if (!asked || !facts) return [];
  const { vault, key, identity } = facts;
  // Of a vault that cannot be read the key cannot be read either.
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
        : `The ${what} is looked up before anything is created, and the signed-in principal may not read it.`,
    fix:
      why === "missing"
        ? "Correct the id: its subscription, resource group and name."
        : `Let somebody give the signed-in principal the role Reader on it, or correct the id.`,
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
      rule: `What a key encrypts is lost with the key, so Azure asks for soft delete and purge protection on the vault, and ${name} lacks ${listed(lacks)}.`,
      fix: `Turn it on, which cannot be undone: \`${update} --enable-purge-protection true\`. Or choose another vault.`,
    },
    !vault.trustedServicesPass && {
      ...at,
      rule: `The firewall of ${name} lets trusted Microsoft services not pass, and Event Hubs and Storage come as such.`,
      fix: `Let them pass: \`${update} --bypass AzureServices\`.`,
    },
    !vault.roleBasedAccess &&
      identity === undefined && {
        ...at,
        rule: `Access to ${name} is given by access policies, which are part of the vault and so not for this stack to write. Only an identity that stands in them already can use the key.`,
        fix: `Give the id of such an identity in \`userAssignedIdentityId\`, or turn the vault to Azure's roles: \`${update} --enable-rbac-authorization true\`.`,
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
    const rule = `${what} is looked up before anything is created, and the signed-in principal may not read it.`;
    return [{ ...at, rule, fix: "Let somebody give the signed-in principal the role Reader on the vault." }];
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
      fix: `Make a new version of it: \`az keyvault key rotate --vault-name ${vault} --name ${keyName}\`.`,
    },
    !(key.type.startsWith("RSA") && sizes.includes(key.size ?? 0)) && {
      ...at,
      rule: `Azure encrypts with RSA and RSA-HSM keys of ${listed(sizes.map(String), "or")} bits, and ${keyName} is ${key.type}${key.size === undefined ? "" : ` of ${key.size} bits`}.`,
      fix: `Make another key: \`az keyvault key create --vault-name ${vault} --name <name> --kty RSA --size 3072 --ops wrapKey unwrapKey\`.`,
    },
    missing.length > 0 && {
      ...at,
      rule: `Azure wraps and unwraps with the key, and ${keyName} does not allow ${listed(missing)}.`,
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
        ? `The identity has to use the key from the start, and it has no role on the vault ${name} that lets it.`
        : `The identity has to use the key from the start, and no access policy of the vault ${name} gives it get, wrapKey and unwrapKey on keys.`,
      fix: vault.roleBasedAccess
        ? `Let somebody who may run \`az role assignment create --role "Key Vault Crypto Service Encryption User" --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --scope ${keyVaultId}\`.`
        : `Let somebody who may run \`az keyvault set-policy --name ${name} --object-id ${principalId} --key-permissions get wrapKey unwrapKey\`.`,
    },
  ];
}

/** What a person should know about a key that breaks no rule. */
export function keyWarnings(
  request: Parameters<typeof isEncrypted>[0] & { readonly location?: string | undefined },
  facts: KeyFacts | undefined,
): string[] {
  const { customerManagedKey: asked, location } = request;
  if (!asked || !facts) return [];
  const { vault } = facts;
  const encrypted = sentences(
    isEncrypted(request, "eventHub") && "the namespaces",
    isEncrypted(request, "storage") && "the storage account",
  );
  return sentences(
    asked.keyVersion !== undefined &&
      "`customerManagedKey.keyVersion` names one version of the key: after a rotation in the vault it must be written anew. Leave it out, and Azure takes the newest by itself.",
    typeof vault !== "string" &&
      location !== undefined &&
      vault.location !== location &&
      `The key vault is in ${vault.location}, and ${listed(encrypted)} in ${location}: an outage there stops them here. Storage documents that this works, Event Hubs says nothing of it.`,
  );
}
