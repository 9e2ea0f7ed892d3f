import type { Resource } from "../../state.ts";
import { subscriptionId } from "../../tenant.ts";

/** Where the state of a change is reported: in the subscription, at the region of what changes (Azure/azure-xplat-cli #2051). */
export function operationsIn(resource: Resource | undefined): string {
  const location = resource?.body.location ?? "";
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Network/locations/${location}/operations`;
}

/** The same of private DNS, which is in no region: in the resource group. */
export function dnsOperationsIn({ id }: Resource): string {
  return `${id.replace(/\/privateDnsZones\/.*$/i, "")}/privateDnsOperationStatuses`;
}
