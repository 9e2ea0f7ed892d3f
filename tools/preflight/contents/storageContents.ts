import type { Settings } from "../../../settings/settings.ts";
import { hasCheckpointStore, provisionOf } from "../../../streaming/consumers/provision.ts";
import { streamsTo } from "../../../streaming/defender/destinations.ts";
import { encrypts } from "../../../streaming/encryption/customerManagedKey.ts";
import { hasZones } from "../../../streaming/cloud/regions.ts";
import type { PlannedAccount } from "../../../streaming/storage/account.ts";
import { type Asked, type Content, tagsOf } from "./content.ts";

/** The accounts that Defender writes to, then those for checkpoints. */
export function storageContents({ settings, made }: Asked): Content[] {
  return [...made.accounts.map((planned) => account(settings, planned)), ...checkpointStores(settings)];
}

/** What an account has whatever it is for. */
function closedTo(sharedKeyAccess: boolean, networkAcls: object): Content["properties"] {
  return {
    accessTier: "Hot",
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    allowSharedKeyAccess: sharedKeyAccess,
    defaultToOAuthAuthentication: true,
    isLocalUserEnabled: false,
    minimumTlsVersion: "TLS1_2",
    networkAcls: { bypass: "AzureServices", ...networkAcls },
    publicNetworkAccess: "Enabled",
    supportsHttpsTrafficOnly: true,
  };
}

const ipRulesOf = (ranges: readonly string[]) => ranges.map((value) => ({ value, action: "Allow" }));
const subnetRulesOf = (ids: readonly string[]) => ids.map((id) => ({ id, action: "Allow" }));

function account(settings: Settings, { options }: PlannedAccount): Content {
  const { location, customerManagedKey: key } = settings;
  const { ipRules, virtualNetworkRules, hierarchicalNamespace, infrastructureEncryption } = options;
  const isEncrypted = key !== undefined && encrypts(key, "storage");
  return {
    type: "Microsoft.Storage/storageAccounts",
    apiVersion: "2024-01-01",
    ...{ location, tags: tagsOf(settings, "storageAccount"), kind: "StorageV2" },
    sku: { name: `Standard_${options.redundancy}` },
    ...(isEncrypted && { identity: { type: "UserAssigned" } }),
    properties: {
      ...closedTo(options.sharedKeyAccess, {
        defaultAction: "Deny",
        ipRules: ipRulesOf(ipRules),
        virtualNetworkRules: subnetRulesOf(virtualNetworkRules),
      }),
      encryption: {
        keySource: isEncrypted ? "Microsoft.Keyvault" : "Microsoft.Storage",
        ...(infrastructureEncryption && { requireInfrastructureEncryption: true }),
      },
      ...(hierarchicalNamespace && { isHnsEnabled: true }),
    },
  };
}

function checkpointStores(settings: Settings): Content[] {
  const { location, consumers, consumerGroups } = settings;
  if (!streamsTo(settings, "eventHub")) return [];
  return consumers.filter(hasCheckpointStore).flatMap((consumer): Content[] => {
    const { checkpoint } = provisionOf(consumer, consumerGroups);
    if (checkpoint === false) return [];
    return [
      {
        type: "Microsoft.Storage/storageAccounts",
        apiVersion: "2024-01-01",
        ...{ location, tags: tagsOf(settings, "checkpointStore"), kind: "StorageV2" },
        sku: { name: hasZones(location) ? "Standard_ZRS" : "Standard_LRS" },
        properties: {
          ...closedTo(checkpoint.sharedKey, {
            defaultAction: checkpoint.closed ? "Deny" : "Allow",
            ipRules: ipRulesOf(checkpoint.ipRules),
            virtualNetworkRules: subnetRulesOf(checkpoint.virtualNetworkRules),
          }),
          encryption: { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true },
        },
      },
    ];
  });
}
