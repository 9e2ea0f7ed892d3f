import type { Question } from "../../arm/resourceType.ts";
import { query } from "../../http.ts";
import type { Activity } from "../../state.ts";
import { subscriptionId, tenantId } from "../../tenant.ts";
import { MonitorError } from "./error.ts";

const time = (filter: string, operator: string) =>
  Date.parse(new RegExp(`eventTimestamp ${operator} '?([^' ]+)'?`, "i").exec(filter)?.[1] ?? "");
const value = (filter: string, name: string) =>
  new RegExp(`${name} eq '?([^' ]+)'?`, "i").exec(filter)?.[1]?.toLowerCase();

/** GET …/providers/Microsoft.Insights/eventtypes/management/values (rest/api/monitor/activity-logs/list); newest first. */
export const activityLog: Question = {
  apiVersions: ["2015-04-01"],
  answer({ world, url }) {
    const filter = query(url, "$filter") ?? "";
    const from = time(filter, "ge");
    if (Number.isNaN(from)) {
      throw new MonitorError(
        "The $filter query parameter is required, and in it at least the start: eventTimestamp ge '<time>'.",
      );
    }
    const to = time(filter, "le");
    const [group, resource, provider] = ["resourceGroupName", "resourceUri", "resourceProvider"].map((name) =>
      value(filter, name),
    );
    const found = (world.state.activities ?? []).filter(
      (one) =>
        one.at >= from &&
        !(one.at > to) &&
        [undefined, groupIn(one.resourceId).toLowerCase()].includes(group) &&
        [undefined, one.resourceId.toLowerCase()].includes(resource) &&
        [undefined, one.operation.split("/")[0]?.toLowerCase()].includes(provider),
    );
    const selected = query(url, "$select")
      ?.split(",")
      .map((name) => name.trim().toLowerCase());
    return {
      value: found
        .toReversed()
        .map(event)
        .map((one) =>
          selected
            ? Object.fromEntries(
                Object.entries(one).filter(([name]) => selected.includes(name.toLowerCase())),
              )
            : one,
        ),
    };
  },
};

function event({ at, operation, resourceId, caller }: Activity): Record<string, unknown> {
  const named = (text: string) => ({ value: text, localizedValue: text });
  const eventTimestamp = new Date(at).toISOString();
  return {
    authorization: { action: operation, scope: resourceId },
    caller,
    category: named("Administrative"),
    eventName: named("EndRequest"),
    eventTimestamp,
    level: "Informational",
    operationName: named(operation),
    resourceGroupName: groupIn(resourceId),
    resourceId,
    resourceProviderName: named(operation.split("/")[0] ?? ""),
    status: named("Succeeded"),
    submissionTimestamp: eventTimestamp,
    subscriptionId,
    tenantId,
  };
}

const groupIn = (id: string) => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
