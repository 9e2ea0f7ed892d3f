import type { ArmError } from "../../arm/error.ts";
import type { Resource } from "../../state.ts";
import { badRequest } from "./error.ts";
import { namespaceType } from "./namespaceNames.ts";
import type { Tier } from "./tiers.ts";

export const hubType = `${namespaceType}/eventhubs`;

export function partitionsOf(hub: Resource): number {
  return hub.body.properties?.["partitionCount"] as number;
}

export function retentionHoursOf(hub: Resource): number {
  return (hub.body.properties?.["retentionDescription"] as { retentionTimeInHours: number })
    .retentionTimeInHours;
}

/** event-hubs/resource-manager-exceptions.md (MicrosoftDocs/azure-docs), BadRequest 40000. */
export function retentionTooLong(tier: Tier, days: number): ArmError {
  return badRequest(
    `The value '${days}' for MessageRetentionInDays isn't valid for the ${tier.name} tier. the value can't exceed '${tier.retentionDays}' day(s).`,
  );
}
