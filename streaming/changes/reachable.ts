import type { LiveNamespace } from "../eventHubs/liveNamespace.ts";
import { changesInPlace, tiers } from "../eventHubs/tiers.ts";
import type { Plan } from "../planned.ts";
import { redundancyMistakes, type LiveAccount } from "../storage/redundancy.ts";
import { MistakesError, type Mistake } from "../wording/mistakes.ts";

/** The storage accounts as they stand, by the keys of the plan, and the region where they shall be, if it is known. */
interface Accounts {
  readonly live: Readonly<Record<string, LiveAccount>>;
  readonly location: string | undefined;
}

/**
 * @param live the namespaces as they stand, by the keys of the plan
 * @param accounts default: there is none yet
 * @returns the plan, when it can be reached in one step from what stands.
 * @throws MistakesError before anything is touched.
 */
export function reachable(
  plan: Plan,
  live: Readonly<Record<string, LiveNamespace>>,
  accounts: Accounts = { live: {}, location: undefined },
): Plan {
  const mistakes = [
    ...tierMistakes(plan, live),
    ...plan.accounts.flatMap((account) =>
      redundancyMistakes(account, accounts.live[account.key], accounts.location),
    ),
  ];
  if (mistakes.length > 0) throw new MistakesError(mistakes);
  return plan;
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
