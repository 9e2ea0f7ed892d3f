import type { LiveNamespace } from "./live.ts";
import { MistakesError } from "./mistakes.ts";
import type { Plan } from "./plan.ts";
import { changesInPlace, tiers } from "./tiers.ts";

/**
 * What cannot become of what stands in one step: a namespace changes its tier in place only when its hubs fit the new tier already,
 * and Azure changes the namespace before its hubs.
 *
 * @returns the plan, when it can be reached.
 * @throws MistakesError before anything is touched.
 */
export function reachable(plan: Plan, live: Readonly<Record<string, LiveNamespace>>): Plan {
  const tooLong = plan.namespaces.flatMap(({ key, tier }) => {
    const standing = live[key];
    if (!standing || standing.tier === tier || !changesInPlace(standing.tier, tier)) return [];
    const hubs = Object.entries(standing.hubs).filter(
      ([, hub]) => hub.retentionHours > tiers[tier].retentionHours,
    );
    return hubs.length > 0 ? [{ key, from: standing.tier, to: tier, hubs: hubs.map(([name]) => name) }] : [];
  });
  const [first] = tooLong;
  if (!first) return plan;
  const hours = tiers[first.to].retentionHours;
  throw new MistakesError([
    {
      key: "tier",
      value: first.to,
      rule:
        `A namespace goes from ${first.from} to ${first.to} only when its hubs fit: they may keep events for ${hours} hours, ` +
        `and ${tooLong.flatMap(({ hubs }) => hubs).length} hubs of ${tooLong.map(({ key }) => key).join(", ")} keep them longer.`,
      mend:
        `Deploy once with \`tier: ${first.from}\`, \`retentionHours: ${hours}\` and without consumer groups, ` +
        `and then with \`tier: ${first.to}\`.`,
    },
  ]);
}
