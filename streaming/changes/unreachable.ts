import type { LiveNamespace } from "../eventHubs/liveNamespace.ts";
import { changesInPlace, tiers } from "../eventHubs/tiers.ts";
import type { Plan } from "../planned.ts";
import { redundancyMistakes, type LiveAccount } from "../storage/redundancy.ts";
import type { Mistake } from "../wording/mistakes.ts";

/** What exists, as far as a plan may not be reached from it in one step. */
interface Before {
  readonly last: {
    readonly live: Readonly<Record<string, LiveNamespace>>;
    readonly liveAccounts: Readonly<Record<string, LiveAccount>>;
  };
}

/** What of a plan Azure cannot reach in one step from what exists. */
export function unreachable(
  plan: Plan,
  { location }: { readonly location?: string | undefined },
  { last }: Before,
): Mistake[] {
  return [
    ...tierMistakes(plan, last.live),
    ...plan.accounts.flatMap((account) =>
      redundancyMistakes(account, last.liveAccounts[account.key], location),
    ),
  ];
}

/** A namespace changes its tier in place only when its hubs fit the new tier already, and Azure changes the namespace before its hubs. */
function tierMistakes(plan: Plan, live: Readonly<Record<string, LiveNamespace>>): Mistake[] {
  const tooLong = plan.namespaces.flatMap(({ key, tier }) => {
    const standing = live[key];
    if (!standing || standing.tier === tier || !changesInPlace(standing.tier, tier)) return [];
    const hubs = Object.entries(standing.hubs).filter(
      ([, hub]) => hub.retentionHours > tiers[tier].retentionHours,
    );
    return hubs.length > 0 ? [{ key, from: standing.tier, to: tier, hubs: hubs.map(([name]) => name) }] : [];
  });
  const [first] = tooLong;
  if (!first) return [];
  const hours = tiers[first.to].retentionHours;
  return [
    {
      key: "tier",
      value: first.to,
      rule:
        `A namespace goes from ${first.from} to ${first.to} only when its hubs fit: they may keep events for ${hours} hours, ` +
        `and ${tooLong.flatMap(({ hubs }) => hubs).length} hubs of ${tooLong.map(({ key }) => key).join(", ")} keep them longer.`,
      fix:
        `Deploy once with \`tier: ${first.from}\`, \`retentionHours: ${hours}\` and without consumer groups, ` +
        `and then with \`tier: ${first.to}\`.`,
    },
  ];
}
