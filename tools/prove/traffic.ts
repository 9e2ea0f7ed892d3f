import { counted, type Series } from "./metrics.ts";
import type { Scene } from "./question.ts";

/** What came into a namespace, by hub. */
export function incoming(
  { azure, now }: Scene,
  { resourceId }: { readonly resourceId: string },
  metric: "IncomingMessages" | "IncomingBytes" | "ThrottledRequests" = "IncomingMessages",
): Promise<Series[]> {
  return counted(azure, resourceId, { metric, by: "EntityName", until: now });
}

/** How blobs of an account were appended to, by the way of signing in: `AccountKey`, `OAuth`, `SAS`, … */
export function appends(
  { azure, now }: Scene,
  { resourceId }: { readonly resourceId: string },
): Promise<Series[]> {
  const query = {
    metric: "Transactions",
    by: "Authentication",
    where: "ApiName eq 'AppendBlock'",
    until: now,
  };
  // The blob service counts for itself; the account's numbers add queues, tables and files.
  return counted(azure, `${resourceId}/blobServices/default`, query);
}

export const saveSetting = "the export setting saved in the Defender portal, and an hour of traffic";
export const withHubs = "a stack with the destination `eventHub`";
export const withStorage = "a stack with the destination `storage`";
