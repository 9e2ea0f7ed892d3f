import type { KeyFacts, KeyVersionFacts, VaultFacts } from "../../streaming/encryption/keyFacts.ts";
import { normalizeLocation } from "../../streaming/cloud/regions.ts";
import { apiVersions } from "../apiVersions.ts";
import type { Arm, ArmResource } from "../arm.ts";
import { found } from "../found.ts";
import { mayWrap } from "./mayWrap.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads the key of a sound request with its vault and the identity that will use it; undefined when none is asked for. Nothing secret
 * is read: Resource Manager does not have the key itself.
 */
export const readKey: Reader<KeyFacts | undefined> = async ({ customerManagedKey }, _last, { arm }) => {
  if (!customerManagedKey) return undefined;
  const { keyVaultId, keyName, keyVersion, userAssignedIdentityId } = customerManagedKey;
  const keyId = `${keyVaultId}/keys/${keyName}${keyVersion === undefined ? "" : `/versions/${keyVersion}`}`;
  const read = (id: string, apiVersion: string) => found(() => arm.get<ArmResource>(id, apiVersion));
  const vault = await read(keyVaultId, apiVersions.keyVault);
  if (typeof vault === "string") return { vault, key: vault };
  const [key, identity] = await Promise.all([
    read(keyId, apiVersions.keyVault),
    userAssignedIdentityId === undefined ? undefined : read(userAssignedIdentityId, apiVersions.identity),
  ]);
  return {
    vault: vaultFacts(vault),
    key: typeof key === "string" ? key : keyVersionFacts(key),
    identity:
      identity === undefined || typeof identity === "string"
        ? identity
        : await identityFacts(identity, vault, `${keyVaultId}/keys/${keyName}`, arm),
  };
};

interface VaultProperties {
  enableSoftDelete?: boolean;
  enablePurgeProtection?: boolean;
  enableRbacAuthorization?: boolean;
  publicNetworkAccess?: string;
  networkAcls?: { defaultAction?: string; bypass?: string };
  accessPolicies?: { objectId: string; permissions: { keys?: string[] } }[];
}

interface KeyProperties {
  attributes?: { enabled?: boolean; exp?: number; nbf?: number };
  kty?: string;
  keySize?: number;
  keyOps?: string[];
}

function vaultFacts(vault: ArmResource): VaultFacts {
  const { networkAcls, publicNetworkAccess, ...properties } = (vault.properties ?? {}) as VaultProperties;
  const isOpen = !/^disabled$/i.test(publicNetworkAccess ?? "") && networkAcls?.defaultAction !== "Deny";
  return {
    location: normalizeLocation(vault.location ?? ""),
    // New vaults have it, and do not show it.
    softDelete: properties.enableSoftDelete ?? true,
    purgeProtection: properties.enablePurgeProtection ?? false,
    roleBasedAccess: properties.enableRbacAuthorization ?? false,
    trustedServicesPass: isOpen || (networkAcls?.bypass ?? "AzureServices") === "AzureServices",
  };
}

function keyVersionFacts(key: ArmResource): KeyVersionFacts {
  const { attributes, kty, keySize, keyOps } = (key.properties ?? {}) as KeyProperties;
  return {
    enabled: attributes?.enabled ?? true,
    type: kty ?? "RSA",
    size: keySize,
    operations: keyOps ?? [],
    notBefore: attributes?.nbf,
    expires: attributes?.exp,
  };
}

async function identityFacts(identity: ArmResource, vault: ArmResource, keyId: string, arm: Arm) {
  const { principalId = "" } = (identity.properties ?? {}) as { principalId?: string };
  const { enableRbacAuthorization, accessPolicies = [] } = (vault.properties ?? {}) as VaultProperties;
  if (enableRbacAuthorization) {
    return { principalId, mayUseKey: await mayWrap(principalId, keyId, arm) };
  }
  const permissions = accessPolicies
    .filter(({ objectId }) => objectId.toLowerCase() === principalId.toLowerCase())
    .flatMap(({ permissions: { keys = [] } }) => keys.map((permission) => permission.toLowerCase()));
  const needed = ["get", "wrapkey", "unwrapkey"];
  return {
    principalId,
    mayUseKey: permissions.includes("all") || needed.every((one) => permissions.includes(one)),
  };
}
