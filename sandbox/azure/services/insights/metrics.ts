import type { Question } from "../../arm/resourceType.ts";
import { query } from "../../http.ts";
import type { Sample } from "../../state.ts";
import { type DimensionFilter, readDimensionFilter } from "./dimensionFilter.ts";
import { MonitorError } from "./error.ts";
import { type MetricDefinition, metricDefinitions } from "./metricDefinitions.ts";

const minute = 60_000;
const hour = 60 * minute;

const intervals: Readonly<Record<string, number>> = {
  PT1M: minute,
  PT5M: 5 * minute,
  PT15M: 15 * minute,
  PT30M: 30 * minute,
  PT1H: hour,
  PT6H: 6 * hour,
  PT12H: 12 * hour,
  P1D: 24 * hour,
};

const aggregations: Readonly<Record<string, (values: readonly number[]) => number>> = {
  total: (values) => values.reduce((sum, value) => sum + value, 0),
  count: (values) => values.length,
  average: (values) => (values.length === 0 ? 0 : aggregated("total", values) / values.length),
  minimum: (values) => Math.min(...(values.length === 0 ? [0] : values)),
  maximum: (values) => Math.max(...(values.length === 0 ? [0] : values)),
};

function aggregated(name: string, values: readonly number[]): number {
  return aggregations[name]?.(values) ?? 0;
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly aggregation: readonly string[];
}

/** GET <resource>/providers/Microsoft.Insights/metrics (rest/api/monitor/metrics/list). */
export const metrics: Question = {
  apiVersions: ["2018-01-01", "2019-07-01", "2021-05-01", "2023-10-01", "2024-02-01"],
  answer({ world, scope, url }) {
    const type = typeOf(scope);
    const definitions = metricDefinitions[type.toLowerCase()] ?? {};
    const names = (query(url, "metricnames") ?? Object.keys(definitions)[0] ?? "").split(",");
    const interval = query(url, "interval") ?? "PT1M";
    const step = intervals[interval];
    if (step === undefined)
      throw new MonitorError(
        `Invalid time grain '${interval}'. Valid ones are: ${Object.keys(intervals).join(",")}`,
      );
    const aggregation = (query(url, "aggregation") ?? "Total").toLowerCase().split(",");
    const timespan = query(url, "timespan") ?? `${iso(world.now() - hour)}/${iso(world.now())}`;
    const [from = NaN, to = NaN] = timespan.split("/").map((time) => Date.parse(time));
    if (!(from < to)) throw new MonitorError(`The timespan '${timespan}' is not of the form <start>/<end>.`);
    const window = { from, to, step, aggregation };
    const filter = query(url, "$filter") ?? "";
    // Documented: ten series, unless `top` asks for more. It counts only together with a filter.
    const top = Number(query(url, "top") ?? 10);
    const taken = (world.state.samples ?? []).filter(
      ({ resource, at }) => resource === scope.toLowerCase() && at >= from && at < to,
    );
    return {
      cost: 0,
      timespan,
      interval,
      value: names.map((name) => {
        const [metric, definition] = definitionNamed(name, type, definitions);
        const asked = readDimensionFilter(filter, metric, definition.dimensions);
        const all = taken.filter((sample) => sample.metric === metric);
        return {
          id: `${scope}/providers/Microsoft.Insights/metrics/${metric}`,
          type: "Microsoft.Insights/metrics",
          name: { value: metric, localizedValue: metric },
          unit: definition.unit,
          timeseries:
            asked.size === 0
              ? [{ metadatavalues: [], data: points(all, window) }]
              : split(all, asked, window).slice(0, top),
          errorCode: "Success",
        };
      }),
      namespace: type,
      resourceregion: world.state.resources[scope.toLowerCase()]?.body.location ?? "",
    };
  },
};

function definitionNamed(
  name: string,
  type: string,
  definitions: Readonly<Record<string, MetricDefinition>>,
): [string, MetricDefinition] {
  const found = Object.entries(definitions).find(
    ([metric]) => metric.toLowerCase() === name.trim().toLowerCase(),
  );
  if (found) return found;
  const [provider, ...types] = type.split("/");
  throw new MonitorError(
    `Failed to find metric configuration for provider: ${provider ?? ""}, resource Type: ${types.join("/")}, metric: ${name}, Valid metrics: ${Object.keys(definitions).join(",")}`,
  );
}

/** A series for each value of the dimension with the wildcard, among the samples that match the others. */
function split(samples: readonly Sample[], asked: DimensionFilter, window: Window): unknown[] {
  const series = new Map<string, { values: [string, string][]; samples: Sample[] }>();
  for (const sample of samples) {
    const dimensions = new Map(
      Object.entries(sample.dimensions).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const values = [...asked.keys()].map((name): [string, string] => [name, dimensions.get(name) ?? ""]);
    if (!values.every(([name, value]) => matches(asked.get(name), value))) continue;
    const key = JSON.stringify(values);
    const one = series.get(key) ?? { values, samples: [] };
    one.samples.push(sample);
    series.set(key, one);
  }
  return [...series.values()].map(({ values, samples: of }) => ({
    metadatavalues: values.map(([name, value]) => ({ name: { value: name, localizedValue: name }, value })),
    data: points(of, window),
  }));
}

function matches(allowed: ReadonlySet<string> | undefined, value: string): boolean {
  return [...(allowed ?? [])].some((one) => one === "*" || one.toLowerCase() === value.toLowerCase());
}

/** The steps begin with the timespan. */
function points(samples: readonly Sample[], { from, to, step, aggregation }: Window): unknown[] {
  const steps = Math.ceil((to - from) / step);
  return Array.from({ length: steps }, (_, index) => {
    const start = from + index * step;
    const values = samples.filter(({ at }) => at >= start && at < start + step).map(({ value }) => value);
    return {
      timeStamp: iso(start),
      ...Object.fromEntries(aggregation.map((name) => [name, aggregated(name, values)])),
    };
  });
}

/** `…/providers/Microsoft.EventHub/namespaces/x` → `Microsoft.EventHub/namespaces` */
function typeOf(id: string): string {
  const [provider = "", ...rest] =
    id
      .split(/\/providers\//i)
      .at(-1)
      ?.split("/") ?? [];
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}

const iso = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
