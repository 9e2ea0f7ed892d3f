import { readsFrom } from "../defender/destinations.ts";
import type { StreamingRequest } from "../request.ts";
import { sentences } from "../wording/words.ts";
import type { PlannedAccount } from "./account.ts";

/** What a person should know about a storage account that breaks no rule. */
export function storageWarnings(
  { options, existing }: PlannedAccount,
  { consumers }: StreamingRequest,
): string[] {
  const { retentionDays, hierarchicalNamespace, immutability, ipRules } = options;
  const isRead = consumers.some((consumer) => readsFrom(consumer, "storage"));
  return sentences(
    retentionDays === false &&
      "`storage.retentionDays` is false: no blob is ever deleted, and the account keeps growing. Append blobs have no cheaper access tier.",
    hierarchicalNamespace &&
      "`storage.hierarchicalNamespace`: Microsoft's older pages say that Azure Monitor does not write to such accounts, newer ones say that it does. Test it first. Turning it off again replaces the account.",
    immutability &&
      "`storage.immutability` creates an unlocked policy, which can still be changed or removed. Locking it is a separate step that cannot be undone: see docs/storage.md.",
    isRead &&
      ipRules.length > 0 &&
      !existing &&
      "`storage.ipRules` have no effect on callers in the account's Azure region. Those need `storage.virtualNetworkRules`, `storage.resourceAccessRules` or a private endpoint.",
  );
}
