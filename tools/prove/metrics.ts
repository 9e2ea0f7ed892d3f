import { apiVersions } from "../../azure/apiVersions.ts";
import type { Arm } from "../../azure/arm.ts";

/** What was counted in one hour. */
export interface Hour {
  /** Its beginning. */
  readonly start: Date;
  readonly total: number;
}

/** The hours of one value of a dimension: of one hub, say. */
export interface Series {
  readonly of: string;
  readonly hours: readonly Hour[];
}

/** Which numbers, and in how many parts. */
export interface MetricQuery {
  readonly metric: string;
  /** The dimension to tell apart, such as `EntityName`. */
  readonly by: string;
  /** A condition on another dimension, such as `ApiName eq 'AppendBlock'`. */
  readonly where?: string;
  readonly until: Date;
}

/** How far back is looked. Azure Monitor keeps metrics for 93 days. */
const days = 7;

const hourMs = 3_600_000;

/**
 * Reads a metric of a resource, hour by hour over the last days (rest/api/monitor/metrics/list). Without `top` Azure answers with ten
 * of a dimension's values.
 */
export async function counted(
  azure: Arm,
  resourceId: string,
  { metric, by, where, until }: MetricQuery,
): Promise<Series[]> {
  const since = new Date(until.getTime() - days * 24 * hourMs);
  const query = new URLSearchParams({
    metricnames: metric,
    timespan: `${since.toISOString()}/${until.toISOString()}`,
    interval: "PT1H",
    aggregation: "Total",
    top: "1000",
    $filter: [`${by} eq '*'`, ...(where === undefined ? [] : [where])].join(" and "),
  });
  const { value } = await azure.get<Answer>(
    `${resourceId}/providers/Microsoft.Insights/metrics?${query.toString()}`,
    apiVersions.metrics,
  );
  return (value[0]?.timeseries ?? []).map(({ metadatavalues = [], data }) => ({
    of: metadatavalues.find(({ name }) => name.value.toLowerCase() === by.toLowerCase())?.value ?? "",
    hours: data
      .filter(({ total = 0 }) => total > 0)
      .map(({ timeStamp, total = 0 }) => ({ start: new Date(timeStamp), total })),
  }));
}

interface Answer {
  value: {
    timeseries: {
      metadatavalues?: { name: { value: string }; value: string }[];
      data: { timeStamp: string; total?: number }[];
    }[];
  }[];
}

export const sum = (hours: readonly Hour[]): number => hours.reduce((all, { total }) => all + total, 0);

/** Those that were counted at all. */
export const busy = (series: readonly Series[]): Series[] => series.filter(({ hours }) => hours.length > 0);

/** Everything together. */
export const hoursOf = (series: readonly Series[]): Hour[] => series.flatMap(({ hours }) => hours);

/** `2026-11-22 18:00 UTC` */
export function at(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `1,234 messages in the last 7 days, last in the hour of 2026-11-22 18:00 UTC` */
export function hoursInWords(hours: readonly Hour[], what: string): string {
  const last = hours.reduce<Date | undefined>(
    (latest, { start }) => (latest && latest > start ? latest : start),
    undefined,
  );
  const number = `${sum(hours).toLocaleString("en-US")} ${what} in the last ${days} days`;
  return last ? `${number}, last in the hour of ${at(last)}` : number;
}
