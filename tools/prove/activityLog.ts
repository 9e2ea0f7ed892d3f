import { apiVersions } from "../../azure/apiVersions.ts";
import { parseId } from "../../streaming/cloud/resourceId.ts";
import type { Arm } from "../../azure/arm.ts";

/** One change or action in the activity log. */
export interface Activity {
  readonly time: Date;
  /** Such as `Microsoft.EventHub/namespaces/write`. */
  readonly operation: string;
  readonly resourceId: string;
  /** A user's name, or an application's id. */
  readonly caller: string;
}

/** The activity log goes 90 days back. */
const days = 89;

/**
 * What was done in a resource group and succeeded, newest first (rest/api/monitor/activity-logs/list). An entry may take 20 minutes
 * to appear.
 */
export async function activities(azure: Arm, resourceId: string, now: Date): Promise<Activity[]> {
  const { subscriptionId = "", resourceGroupName = "" } = parseId(resourceId) ?? {};
  const since = new Date(now.getTime() - days * 86_400_000).toISOString();
  const query = new URLSearchParams({
    $filter: `eventTimestamp ge '${since}' and eventTimestamp le '${now.toISOString()}' and resourceGroupName eq '${resourceGroupName}'`,
    $select: "eventTimestamp,operationName,resourceId,caller,status",
  });
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values?${query.toString()}`;
  const events = await azure.list<Event>(path, apiVersions.activityLog);
  return events
    .filter(({ status }) => status.value === "Succeeded")
    .map(({ eventTimestamp, operationName, resourceId: id, caller = "unknown" }) => ({
      time: new Date(eventTimestamp),
      operation: operationName.value,
      resourceId: id,
      caller,
    }))
    .sort((a, b) => b.time.getTime() - a.time.getTime());
}

interface Event {
  eventTimestamp: string;
  operationName: { value: string };
  resourceId: string;
  caller?: string;
  status: { value: string };
}

/** When the resource itself was last written; undefined: not within the log's days. */
export function lastWrite(log: readonly Activity[], resourceId: string): Date | undefined {
  const id = resourceId.toLowerCase();
  return log.find((one) => one.resourceId.toLowerCase() === id && /\/write$/i.test(one.operation))?.time;
}
