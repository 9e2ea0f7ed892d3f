import type { LiveNamespace } from "../../streaming/eventHubs/liveNamespace.ts";
import type { LiveAccount } from "../../streaming/storage/redundancy.ts";

/** A namespace as it exists: Standard with one unit and no hubs. */
export const liveNamespace = (changes: Partial<LiveNamespace> = {}): LiveNamespace => ({
  resourceId: "/subscriptions/s/resourceGroups/group/providers/Microsoft.EventHub/namespaces/space",
  tier: "Standard",
  location: "westeurope",
  units: 1,
  hubs: {},
  ...changes,
});

/** A storage account as it exists: with the defaults, and LRS. */
export const liveAccount = (changes: Partial<LiveAccount> = {}): LiveAccount => ({
  resourceId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acc",
  location: "westeurope",
  redundancy: "LRS",
  hierarchicalNamespace: false,
  infrastructureEncryption: true,
  retentionDays: 365,
  ...changes,
});
