import { normalizeLocation } from "../cloud/regions.ts";
import { isInOtherGroup } from "../cloud/resourceId.ts";
import type { LiveNamespace, LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import { changesInPlace } from "../eventHubs/tiers.ts";
import type { Plan, PlannedNamespace } from "../planned.ts";
import type { PlannedAccount } from "../storage/account.ts";
import type { LiveAccount, LiveAccounts } from "../storage/redundancy.ts";
import { count, listed, sentences } from "../wording/words.ts";
import { readersAfterwards } from "./protection.ts";

interface Situation {
  readonly plan: Plan;
  readonly last: {
    readonly live: LiveNamespaces;
    readonly liveAccounts?: LiveAccounts;
    readonly ownGroup?: string | undefined;
  };
  readonly request: { readonly location?: string | undefined; readonly allowDataLoss: readonly string[] };
}

/**
 * What Azure cannot change, so that this deployment replaces it: what is lost, what to write if it is protected, and what is left to do. The
 * engine's own error says only which resource is protected.
 */
export function replacementNotices(situation: Situation): string[] {
  const { plan, last } = situation;
  return [
    ...plan.namespaces.flatMap((namespace) => {
      const live = last.live[namespace.key];
      if (!live) return [];
      const what = namespace.existing ? [] : unchangeable(namespace, live, situation);
      return what.length > 0
        ? namespaceNotice(namespace, what, situation)
        : hubNotices(namespace, live, situation);
    }),
    ...plan.accounts.flatMap((account) => {
      const live = last.liveAccounts?.[account.key];
      return live && !account.existing ? accountNotices(account, live, situation) : [];
    }),
  ];
}

const otherRegion = ({ request: { location } }: Situation, from: string) =>
  location !== undefined &&
  normalizeLocation(location) !== from &&
  `the region from ${from} to ${normalizeLocation(location)}`;

const otherGroup = ({ plan, last }: Situation, { resourceId }: { readonly resourceId: string }) =>
  isInOtherGroup(resourceId, plan.resourceGroup?.name ?? last.ownGroup) && "the resource group";

const allow = ({ request }: Situation, what: string, names: readonly string[]) =>
  ` The engine stops here, because ${what} protected. If the events may be lost, set ` +
  `\`defender-streaming:allowDataLoss: [${[...new Set([...request.allowDataLoss, ...names])].join(", ")}]\` in the same deployment.`;

const portalAfterwards =
  "Afterwards, enter the new `resourceId` of the output `exportSettings` in the Defender portal.";

function unchangeable(planned: PlannedNamespace, live: LiveNamespace, situation: Situation): string[] {
  const { tier, isEncrypted, clusterId } = planned;
  return sentences(
    !changesInPlace(live.tier, tier) && `the tier from ${live.tier} to ${tier}`,
    otherRegion(situation, live.location),
    (live.customerManagedKey ?? false) !== isEncrypted && "whether your own key encrypts it",
    live.clusterId?.toLowerCase() !== clusterId?.toLowerCase() && "the cluster",
    otherGroup(situation, live),
  );
}

function namespaceNotice(
  { key, isProtected }: PlannedNamespace,
  what: readonly string[],
  situation: Situation,
): string[] {
  return [
    `${key} is replaced, because Azure cannot change ${listed(what)}. The old namespace is deleted with its hubs and their events.` +
      `${isProtected ? allow(situation, "it is", [key]) : ""} ${portalAfterwards} ${readersAfterwards}`,
  ];
}

function hubNotices(planned: PlannedNamespace, live: LiveNamespace, situation: Situation): string[] {
  const { key, tier, hubs } = planned;
  const replaced = hubs.filter(({ name, partitions, partitionCount, adopted }) => {
    const now = live.hubs[name];
    return adopted === undefined && partitions === "replace" && now && now.partitionCount !== partitionCount;
  });
  const [first] = replaced;
  if (!first) return [];
  const isProtected = replaced.some((hub) => hub.isProtected);
  const names = replaced.length === hubs.length ? [key] : replaced.flatMap(({ tables }) => tables);
  const [these, them] = replaced.length === 1 ? ["is", "it is"] : ["are", "they are"];
  return [
    `${count(replaced.length, "hub")} of ${key} ${these} replaced, because on ${tier} Azure cannot change ${replaced.length === 1 ? "its" : "their"} partitions to ${first.partitionCount}: ${listed(replaced.map(({ name }) => name))}. ` +
      `The events in ${replaced.length === 1 ? "it" : "them"} are deleted.${isProtected ? allow(situation, them, names) : ""} ${readersAfterwards}`,
  ];
}

function accountNotices(planned: PlannedAccount, live: LiveAccount, situation: Situation): string[] {
  const { key, options, isProtected } = planned;
  const what = sentences(
    otherRegion(situation, live.location),
    live.hierarchicalNamespace !== options.hierarchicalNamespace && "the hierarchical namespace",
    live.infrastructureEncryption !== options.infrastructureEncryption && "the infrastructure encryption",
    otherGroup(situation, live),
  );
  if (what.length === 0) return [];
  return [
    `${key} is replaced, because Azure cannot change ${listed(what)}. The old account is deleted with all its blobs.` +
      `${isProtected ? allow(situation, "it is", [key]) : ""} ${portalAfterwards}`,
  ];
}
