import type { LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import { changesInPlace, tiers } from "../eventHubs/tiers.ts";
import type { Plan } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import { redundancyMistakes, type LiveAccounts } from "../storage/redundancy.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { crowdingMistakes } from "./crowding.ts";
import { type Current, handoverMistakes } from "./handover.ts";

/** Changes that Azure cannot make in one step. */
export function unreachable(
  plan: Plan,
  request: StreamingRequest,
  current: Current & { readonly liveAccounts?: LiveAccounts | undefined },
): Mistake[] {
  const { live = {}, liveAccounts = {} } = current;
  return [
    ...tierMistakes(plan, live),
    ...plan.namespaces.flatMap((namespace) => handoverMistakes(namespace, request, current)),
    ...crowdingMistakes(plan, request, current),
    ...plan.accounts.flatMap((account) =>
      redundancyMistakes(account, liveAccounts[account.key], request.location),
    ),
  ];
}

/** A namespace changes its tier in place only if its hubs already fit the new tier. Azure changes the namespace before its hubs. */
function tierMistakes(plan: Plan, live: LiveNamespaces): Mistake[] {
  const tooLong = plan.namespaces.flatMap(({ key, tier }) => {
    const current = live[key];
    if (!current || current.tier === tier || !changesInPlace(current.tier, tier)) return [];
    const hubs = Object.entries(current.hubs).filter(
      ([, hub]) => hub.retentionHours > tiers[tier].retentionHours,
    );
    return hubs.length > 0 ? [{ key, from: current.tier, to: tier, hubs: hubs.map(([name]) => name) }] : [];
  });
  const [first] = tooLong;
  if (!first) return [];
  const hours = tiers[first.to].retentionHours;
  return [
    {
      key: "tier",
      value: first.to,
      rule:
        `A namespace changes from ${first.from} to ${first.to} only if its hubs fit: they may keep events for ${hours} hours, ` +
        `but ${tooLong.flatMap(({ hubs }) => hubs).length} hubs of ${tooLong.map(({ key }) => key).join(", ")} keep them longer.`,
      fix:
        `First deploy with \`tier: ${first.from}\`, \`retentionHours: ${hours}\` and without consumer groups, ` +
        `then with \`tier: ${first.to}\`.`,
    },
  ];
}
