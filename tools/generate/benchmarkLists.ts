import { benchmarks } from "../../streaming/benchmarks/benchmarks.ts";
import type { BenchmarkRule } from "../../streaming/benchmarks/rule.ts";
import { linked } from "./linked.ts";
import { markdownTable } from "./markdownTable.ts";

/** docs/security.md's lists: the rules that a stack does not meet, and those it meets. */
export function renderBenchmarks(): string {
  const exceptions = merged(benchmarks).flatMap(({ names, rule }) =>
    (rule.exceptions ?? []).map(({ which, reason, otherwise = "none" }) => [
      `- **${names}**: ${rule.asks}.`,
      `  - Not met by: ${which}`,
      `  - Why: ${linked(reason)}`,
      `  - Setting that meets it: ${otherwise}`,
    ]),
  );
  const met = merged(benchmarks.filter(({ exceptions: some }) => some === undefined)).map(
    ({ names, rule }) => [rule.asks, names],
  );
  return [
    "### Rules that are not met",
    exceptions.flat().join("\n"),
    "### Rules that are met",
    markdownTable(["what", "rules"], met),
  ].join("\n\n");
}

/** Rules that ask for the same, with their names and the policy of Azure Policy in one cell. */
function merged(rules: readonly BenchmarkRule[]): { names: string; rule: BenchmarkRule }[] {
  const same = new Map<string, BenchmarkRule[]>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.type, rule.asks.replace(/ or newer$/, ""), rule.exceptions]);
    same.set(key, [...(same.get(key) ?? []), rule]);
  }
  return [...same.values()].flatMap((group) => {
    const [rule] = group;
    const policies = group.flatMap(({ policy }) => (policy ? [`Azure Policy ${policy.slice(0, 8)}`] : []));
    return rule ? [{ names: [...group.map(({ id }) => id), ...policies].join(", "), rule }] : [];
  });
}
