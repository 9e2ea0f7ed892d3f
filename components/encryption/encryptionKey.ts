import type * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import type * as storage from "@pulumi/azure-native/storage/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** A key that a namespace or an account encrypts with, and as whom. */
export interface EncryptionKey {
  /** Such as `https://name.vault.azure.net/`. */
  readonly vaultUri: string;
  readonly keyName: string;
  /** Default: the newest. */
  readonly keyVersion?: string | undefined;
  /** The ARM id of a user-assigned identity that may use the key. */
  readonly identityId: pulumi.Input<string>;
}

/** What a namespace says of its encryption. Twice encrypted, because it costs nothing and can't be had later. */
export function namespaceEncryption(
  key: EncryptionKey,
): Pick<eventhub.NamespaceArgs, "encryption" | "identity"> {
  const { vaultUri, keyName, keyVersion, identityId } = key;
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    encryption: {
      keySource: "Microsoft.KeyVault",
      requireInfrastructureEncryption: true,
      keyVaultProperties: [
        {
          keyVaultUri: vaultUri,
          keyName,
          ...(keyVersion === undefined ? {} : { keyVersion }),
          identity: { userAssignedIdentity: identityId },
        },
      ],
    },
  };
}

/** As whom an account encrypts. */
export function accountIdentity({ identityId }: EncryptionKey): Pick<storage.StorageAccountArgs, "identity"> {
  return { identity: { type: "UserAssigned", userAssignedIdentities: [identityId] } };
}

/** What an account encrypts with: this key, or one of Microsoft's. */
export function accountKey(key: EncryptionKey | undefined) {
  if (!key) return { keySource: "Microsoft.Storage" };
  const { vaultUri, keyName, keyVersion, identityId } = key;
  return {
    keySource: "Microsoft.Keyvault",
    keyVaultProperties: {
      keyVaultUri: vaultUri,
      keyName,
      ...(keyVersion === undefined ? {} : { keyVersion }),
    },
    encryptionIdentity: { encryptionUserAssignedIdentity: identityId },
  };
}
