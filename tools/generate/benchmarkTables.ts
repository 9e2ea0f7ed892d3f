import { format } from "prettier";
import { benchmarks } from "../../streaming/benchmarks/benchmarks.ts";
import type { BenchmarkRule } from "../../streaming/benchmarks/rule.ts";
import { markdownTable } from "./markdownTable.ts";

/** docs/security.md's two tables: what is otherwise than the benchmarks ask, and what is as they ask. */
export async function renderBenchmarkTables(): Promise<string> {
  const exceptions = merged(benchmarks).flatMap(({ names, rule }) =>
    (rule.exceptions ?? []).map(({ which, reason, otherwise = "no setting" }) => [
      names,
      rule.asks,
      which,
      `${reason}.`,
      otherwise,
    ]),
  );
  const kept = merged(benchmarks.filter(({ exceptions: some }) => some === undefined)).map(
    ({ names, rule }) => [rule.asks, names],
  );
  const text = [
    "### Not as they ask",
    markdownTable(["rule", "asks for", "not so", "why", "how to have it"], exceptions),
    "### As they ask",
    markdownTable(["what", "rules"], kept),
  ].join("\n\n");
  return (await format(text, { parser: "markdown" })).trim();
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
