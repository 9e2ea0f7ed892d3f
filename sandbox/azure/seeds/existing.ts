import type { Seed } from "./seed.ts";
import { seededGroup } from "./seed.ts";

const group = seededGroup("rg-security-events", "westeurope");
const namespaceId = `${group.id}/providers/Microsoft.EventHub/namespaces/contoso-security-events`;
const accountId = `${group.id}/providers/Microsoft.Storage/storageAccounts/contososecurityarchive`;

const clusterGroup = seededGroup("rg-event-hubs-cluster", "westeurope");

const hub = (name: string): Seed => ({
  id: `${namespaceId}/eventhubs/${name}`,
  apiVersion: "2024-01-01",
  body: {
    properties: {
      partitionCount: 4,
      retentionDescription: { cleanupPolicy: "Delete", retentionTimeInHours: 168 },
    },
  },
});

/** What a security team may have already: a Standard namespace with hubs, an account that trusted services reach, a Dedicated cluster. */
export const existing: readonly Seed[] = [
  group,
  {
    id: namespaceId,
    apiVersion: "2024-01-01",
    body: {
      location: "westeurope",
      sku: { name: "Standard", tier: "Standard", capacity: 1 },
      properties: { minimumTlsVersion: "1.2", publicNetworkAccess: "Enabled" },
    },
  },
  {
    id: `${namespaceId}/networkRuleSets/default`,
    apiVersion: "2024-01-01",
    body: {
      properties: {
        defaultAction: "Allow",
        publicNetworkAccess: "Enabled",
        trustedServiceAccessEnabled: true,
      },
    },
  },
  hub("firewall-logs"),
  hub("insights-logs-advancedhunting-deviceinfo"),
  {
    id: accountId,
    apiVersion: "2024-01-01",
    body: {
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_GRS" },
      properties: {
        allowBlobPublicAccess: false,
        minimumTlsVersion: "TLS1_2",
        supportsHttpsTrafficOnly: true,
        publicNetworkAccess: "Enabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
    },
  },
  clusterGroup,
  {
    id: `${clusterGroup.id}/providers/Microsoft.EventHub/clusters/contoso-cluster`,
    apiVersion: "2024-01-01",
    body: {
      location: "westeurope",
      sku: { name: "Dedicated", capacity: 1 },
      properties: { supportsScaling: true },
    },
  },
];
