import { readsFrom } from "../defender/destinations.ts";
import type { StreamingRequest } from "../request.ts";
import type { PlannedAccount } from "./account.ts";

/** What a person should know about a storage account that breaks no rule. */
export function storageWarnings(
  { options, existing }: PlannedAccount,
  { consumers }: StreamingRequest,
): string[] {
  const { retentionDays, hierarchicalNamespace, immutability, ipRules } = options;
  const isRead = consumers.some((consumer) => readsFrom(consumer, "storage"));
  return [
    ...(retentionDays === false
      ? [
          "`storage.retentionDays` is false: nothing deletes what Defender writes, and the account grows for ever. Blobs of this kind have no cheaper tier.",
        ]
      : []),
    ...(hierarchicalNamespace
      ? [
          "`storage.hierarchicalNamespace`: Microsoft's older pages say that Azure Monitor does not write to such accounts, the newer ones that it does. Try it before you rely on it; turning it off again replaces the account.",
        ]
      : []),
    ...(immutability
      ? [
          "`storage.immutability` is made unlocked, so that it can still be changed and taken away. Locking is a step of your own that cannot be undone: docs/storage.md says how.",
        ]
      : []),
    ...(isRead && ipRules.length > 0 && !existing
      ? [
          "`storage.ipRules` say nothing to callers in the account's own Azure region: those need `storage.virtualNetworkRules`, `storage.resourceAccessRules` or a private endpoint.",
        ]
      : []),
  ];
}
