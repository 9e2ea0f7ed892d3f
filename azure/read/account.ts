import * as storage from "@pulumi/azure-native/storage/index.js";
import type { ProviderResource } from "@pulumi/pulumi";
import type { LiveAccount } from "../../streaming/storage/redundancy.ts";
import { normalizeLocation } from "../../streaming/cloud/regions.ts";
import type { Spot } from "../../streaming/standing.ts";
import { unlessMissing } from "../found.ts";

/** Reads a storage account; undefined when it does not exist. */
export async function readAccount(
  { resourceGroupName, name: accountName }: Spot,
  provider?: ProviderResource,
): Promise<LiveAccount | undefined> {
  const options = provider ? { provider } : {};
  const account = await unlessMissing(() =>
    storage.getStorageAccount({ resourceGroupName, accountName }, options),
  );
  if (!account) return undefined;
  const lifecycle = await unlessMissing(() =>
    storage.getManagementPolicy({ resourceGroupName, accountName, managementPolicyName: "default" }, options),
  );
  const [rule] = lifecycle?.policy.rules ?? [];
  return {
    resourceId: account.id,
    location: normalizeLocation(account.location),
    redundancy: account.sku.name.replace(/^Standard_/, ""),
    hierarchicalNamespace: account.isHnsEnabled ?? false,
    infrastructureEncryption: account.encryption.requireInfrastructureEncryption ?? false,
    retentionDays: rule?.definition.actions.baseBlob?.delete?.daysAfterModificationGreaterThan ?? false,
  };
}
