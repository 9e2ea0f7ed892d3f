import * as storage from "@pulumi/azure-native/storage/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { ExistingAccount } from "../../../streaming/existing/facts.ts";
import type { Found } from "../../../streaming/cloud/found.ts";
import { parseId } from "../../../streaming/cloud/resourceId.ts";
import { normalizeLocation } from "../../../streaming/cloud/regions.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { containerNameOf } from "../../../streaming/storage/account.ts";
import { found, unlessMissing } from "../../found.ts";

/** The metadata key that holds the mark of the stack that created a container. */
const markKey = "madeBy";

/** Reads an account with its firewall, blob service and lifecycle; if the stack creates containers, also which of them exist. */
export function readAccountFacts(
  resourceId: string,
  request: StreamingRequest,
  mark: string,
  options: InvokeOptions,
): Promise<Found<ExistingAccount>> {
  const { resourceGroupName = "", name: accountName = "" } = parseId(resourceId) ?? {};
  const at = { resourceGroupName, accountName };
  return found(async () => {
    const account = await storage.getStorageAccount(at, options);
    const [blobs, lifecycle] = await Promise.all([
      unlessMissing(() => storage.getBlobServiceProperties({ ...at, blobServicesName: "default" }, options)),
      unlessMissing(() => storage.getManagementPolicy({ ...at, managementPolicyName: "default" }, options)),
    ]);
    return {
      resourceId: account.id,
      kind: account.kind,
      sku: account.sku.name,
      location: normalizeLocation(account.location),
      blobEndpoint: account.primaryEndpoints.blob,
      partitionedDns: account.dnsEndpointType === "AzureDnsZone",
      hierarchicalNamespace: account.isHnsEnabled ?? false,
      minimumTlsVersion: account.minimumTlsVersion ?? "TLS1_0",
      httpsOnly: account.enableHttpsTrafficOnly ?? true,
      sharedKeyAccess: account.allowSharedKeyAccess ?? true,
      anonymousBlobs: account.allowBlobPublicAccess ?? false,
      publicAccess: account.publicNetworkAccess ?? "Enabled",
      firewall: firewallOf(account),
      versioning: blobs?.isVersioningEnabled ?? false,
      softDelete:
        (blobs?.deleteRetentionPolicy?.enabled ?? false) &&
        (blobs?.containerDeleteRetentionPolicy?.enabled ?? false),
      deletesOld: (lifecycle?.policy.rules ?? []).some(deletesAppendBlobs),
      containers: request.storage?.containers ? await readContainers(at, request.tables, mark, options) : {},
    };
  });
}

function firewallOf({
  networkRuleSet: rules,
  privateEndpointConnections,
}: storage.GetStorageAccountResult): ExistingAccount["firewall"] {
  const { ipRules = [], virtualNetworkRules = [], resourceAccessRules = [] } = rules;
  return {
    denies: rules.defaultAction === "Deny",
    trustedServices: (rules.bypass ?? "").includes("AzureServices"),
    waysIn: [ipRules, virtualNetworkRules, resourceAccessRules, privateEndpointConnections].flat().length,
  };
}

function deletesAppendBlobs({
  enabled = true,
  definition: { actions, filters },
}: storage.GetManagementPolicyResult["policy"]["rules"][number]): boolean {
  return (
    enabled && actions.baseBlob?.delete !== undefined && (filters?.blobTypes ?? []).includes("appendBlob")
  );
}

async function readContainers(
  at: { readonly resourceGroupName: string; readonly accountName: string },
  tables: readonly string[],
  mark: string,
  options: InvokeOptions,
): Promise<Record<string, boolean>> {
  const entries = await Promise.all(
    tables.map(containerNameOf).map(async (containerName): Promise<[string, boolean][]> => {
      const container = await unlessMissing(() =>
        storage.getBlobContainer({ ...at, containerName }, options),
      );
      return container ? [[containerName, container.metadata?.[markKey] === mark]] : [];
    }),
  );
  return Object.fromEntries(entries.flat());
}
