import { encryptingIdentity, type EncryptionKey } from "../cloud/encryptionKey.ts";
import type { PlannedHub, PlannedNamespace } from "../planned.ts";
import { tiers } from "./tiers.ts";

/** What a namespace is asked for beside its plan. */
interface Surroundings<Id, Zones> {
  /** `true` or nothing: zones cannot be turned on later, and `false` is recorded as a wish against them. */
  readonly zoneRedundant?: Zones;
  readonly key?: EncryptionKey<Id>;
}

/** The inputs, in azure-native's shape, of a namespace. */
export function namespaceInputs<Id, Zones>(
  planned: PlannedNamespace,
  { zoneRedundant, key }: Surroundings<Id, Zones>,
) {
  const { units, ceiling } = planned.send;
  const { family, sku } = tiers[planned.tier];
  return {
    sku: { name: sku, tier: sku, capacity: units },
    // Off needs the ceiling 0 in the same request; from Premium on there is no auto-inflate.
    ...(family === "shared" && { isAutoInflateEnabled: ceiling > 0, maximumThroughputUnits: ceiling }),
    minimumTlsVersion: "1.2",
    publicNetworkAccess: publicNetworkAccess(planned),
    // Defender most likely writes through Azure Monitor's pipeline, which signs in with the root access policy.
    disableLocalAuth: false,
    // A cluster has its own zones.
    ...(planned.clusterId === undefined ? { zoneRedundant } : { clusterArmId: planned.clusterId }),
    ...(key && encryptedWith(key)),
  };
}

const publicNetworkAccess = ({ network }: PlannedNamespace) =>
  network?.publicAccess === "disabled" ? "Disabled" : "Enabled";

/** Encrypted twice, because it costs nothing and cannot be turned on later. */
function encryptedWith<Id>(key: EncryptionKey<Id>) {
  const { vaultUri, keyName, keyVersion, identityId } = key;
  return {
    identity: encryptingIdentity(key),
    encryption: {
      keySource: "Microsoft.KeyVault" as const,
      requireInfrastructureEncryption: true,
      keyVaultProperties: [
        { keyVaultUri: vaultUri, keyName, keyVersion, identity: { userAssignedIdentity: identityId } },
      ],
    },
  };
}

/** The inputs of a namespace's network rule set. */
export function ruleSetInputs(planned: PlannedNamespace) {
  const { publicAccess = "open", ipRules = [], virtualNetworkRules = [] } = planned.network ?? {};
  return {
    defaultAction: publicAccess === "open" ? "Allow" : "Deny",
    ipRules: ipRules.map((range) => ({ ipMask: range, action: "Allow" })),
    virtualNetworkRules: virtualNetworkRules.map((id) => ({
      subnet: { id },
      ignoreMissingVnetServiceEndpoint: false,
    })),
    // On the namespace as well: Azure has one switch, which shows in both places.
    publicNetworkAccess: publicNetworkAccess(planned),
    trustedServiceAccessEnabled: true,
  };
}

const markIn = ({ existing }: PlannedNamespace) => (existing ? { userMetadata: existing.mark } : {});

/** The inputs of a hub. One that was there before keeps its user metadata. */
export const hubInputs = (planned: PlannedHub, namespace: PlannedNamespace) => ({
  eventHubName: planned.name,
  partitionCount: planned.partitionCount,
  retentionDescription: { cleanupPolicy: "Delete", retentionTimeInHours: planned.retentionHours },
  ...(planned.adopted ? {} : markIn(namespace)),
});

/** The inputs of a consumer group. */
export const consumerGroupInputs = (consumerGroupName: string, namespace: PlannedNamespace) => ({
  consumerGroupName,
  ...markIn(namespace),
});

/** The inputs of a hub's shared access policy. */
export const policyInputs = { authorizationRuleName: "defender-streaming", rights: ["Send", "Listen"] };
