import { encryptingIdentity, type EncryptionKey } from "../cloud/encryptionKey.ts";
import { hasZones } from "../cloud/regions.ts";
import type { CheckpointNeeds } from "../consumers/provision.ts";
import { containerPrefix, type PlannedAccount } from "./account.ts";

/** The inputs, in azure-native's shape, of every account that a stack creates. */
const everyAccount = {
  kind: "StorageV2",
  accessTier: "Hot",
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  allowBlobPublicAccess: false,
  allowCrossTenantReplication: false,
  defaultToOAuthAuthentication: true,
  isLocalUserEnabled: false,
  publicNetworkAccess: "Enabled",
} as const;

interface Ways {
  readonly ipRules: readonly string[];
  readonly virtualNetworkRules: readonly string[];
}

const firewall = (defaultAction: "Allow" | "Deny", { ipRules, virtualNetworkRules }: Ways) => ({
  defaultAction,
  bypass: "AzureServices" as const,
  ipRules: ipRules.map((range) => ({ iPAddressOrRange: range, action: "Allow" as const })),
  virtualNetworkRules: virtualNetworkRules.map((id) => ({
    virtualNetworkResourceId: id,
    action: "Allow" as const,
  })),
});

const services = {
  blob: { enabled: true, keyType: "Account" },
  file: { enabled: true, keyType: "Account" },
} as const;

/** The inputs of an account that Defender writes to. */
export function accountInputs<Id>({ options }: PlannedAccount, key?: EncryptionKey<Id>) {
  const { hierarchicalNamespace, infrastructureEncryption } = options;
  return {
    ...everyAccount,
    sku: { name: `Standard_${options.redundancy}` },
    allowSharedKeyAccess: options.sharedKeyAccess,
    networkRuleSet: firewall("Deny", options),
    identity: key && encryptingIdentity(key),
    encryption: {
      ...(key ? customerKey(key) : { keySource: "Microsoft.Storage" }),
      services,
      requireInfrastructureEncryption: infrastructureEncryption || undefined,
    },
    // Azure refuses this and infrastructure encryption in an update when they were false or absent, even as false (azure-rest-api-specs #18441).
    isHnsEnabled: hierarchicalNamespace || undefined,
  };
}

const customerKey = <Id>({ vaultUri, keyName, keyVersion, identityId }: EncryptionKey<Id>) => ({
  keySource: "Microsoft.Keyvault",
  keyVaultProperties: { keyVaultUri: vaultUri, keyName, keyVersion },
  encryptionIdentity: { encryptionUserAssignedIdentity: identityId },
});

/** The inputs of a checkpoint store, but for its SKU. */
export const checkpointStoreInputs = (needs: CheckpointNeeds) => ({
  ...everyAccount,
  allowSharedKeyAccess: needs.sharedKey,
  networkRuleSet: firewall(needs.closed ? "Deny" : "Allow", needs),
  encryption: { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true, services },
});

/** Positions are useful only where the hubs are: a copy in another region only costs. */
export const checkpointStoreSku = (region: string) => (hasZones(region) ? "Standard_ZRS" : "Standard_LRS");

/**
 * The inputs of an account's blob service. Versioning stays off: an append creates no version, and a deletion would only create a
 * previous version.
 *
 * @param days for which deleted blobs and containers can be restored; undefined: they cannot
 */
export function blobServiceInputs(days?: number) {
  const softDelete = days === undefined ? { enabled: false } : { enabled: true, days };
  return {
    blobServicesName: "default",
    isVersioningEnabled: false,
    deleteRetentionPolicy: softDelete,
    containerDeleteRetentionPolicy: softDelete,
  };
}

/** The inputs of an account's lifecycle rules. Deleting is all that a rule can do with append blobs. */
export const lifecycleInputs = (days: number) => ({
  managementPolicyName: "default",
  policy: {
    rules: [
      {
        name: "delete-old-events",
        type: "Lifecycle" as const,
        enabled: true,
        definition: {
          filters: { blobTypes: ["appendBlob"], prefixMatch: [containerPrefix] },
          actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } },
        },
      },
    ],
  },
});

/** The inputs of a container, with a mark in an existing account. */
export const containerInputs = (containerName: string, mark?: string) => ({
  containerName,
  publicAccess: "None" as const,
  metadata: mark === undefined ? undefined : { madeBy: mark },
});
