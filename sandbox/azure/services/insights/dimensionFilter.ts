import { MonitorError } from "./error.ts";

/** What a `$filter` asks of dimensions, by lower-case dimension: the values that may be, or `*` for each by itself. */
export type DimensionFilter = ReadonlyMap<string, ReadonlySet<string>>;

const condition = /^([\w.]+) eq '([^']*)'$/i;

/**
 * Reads `EntityName eq '*' and OperationResult eq 'Success'`; values of one dimension may be joined with `or`.
 *
 * @throws MonitorError when it is of another form, names an unknown dimension, or has more than one wildcard
 */
export function readDimensionFilter(
  filter: string,
  metric: string,
  dimensions: readonly string[],
): DimensionFilter {
  const asked = new Map<string, Set<string>>();
  for (const part of filter === "" ? [] : filter.split(/ (?:and|or) /i)) {
    const [, name = "", value = ""] = condition.exec(part.trim().replace(/^\(|\)$/g, "")) ?? [];
    if (name === "")
      throw new MonitorError(`The filter '${filter}' is not of the form <dimension> eq '<value>'.`);
    if (!dimensions.some((dimension) => dimension.toLowerCase() === name.toLowerCase())) {
      throw new MonitorError(
        `Metric: ${metric} does not support requested dimension combination: ${name.toLowerCase()}, supported ones are: ${dimensions.join(",")}`,
      );
    }
    const values = asked.get(name.toLowerCase()) ?? new Set();
    asked.set(name.toLowerCase(), values.add(value));
  }
  if ([...asked.values()].filter((values) => values.has("*")).length > 1) {
    throw new MonitorError("Only one dimension may have a wildcard.");
  }
  return asked;
}
