import { createsNamespaces } from "../request.ts";
import type { Rule } from "../rule.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { count, listed } from "../wording/words.ts";
import { tiers, type Tier } from "./tiers.ts";

const units: Rule = ({ tier, throughputUnits: value }) => {
  if (value === undefined) return [];
  const key = "throughputUnits";
  if (tier === undefined) return atLeastOne(key, value, "unit");
  const facts = tiers[tier];
  const allowed = [...facts.units, ...facts.unconfirmedUnits].sort((a, b) => a - b);
  if (allowed.includes(value)) return [];
  const next = allowed.find((allowedUnits) => allowedUnits > value) ?? Math.max(...allowed);
  return [
    {
      key,
      value,
      rule: `On ${tier} a namespace has ${unitsInWords(tier)}.`,
      fix:
        tier === "Dedicated" ? "Leave it at 1: the cluster has the capacity." : `Write \`${key}: ${next}\`.`,
    },
  ];
};

function unitsInWords(tier: Tier): string {
  const { units: confirmed, unconfirmedUnits, unit } = tiers[tier];
  const [lowest, highest] = [Math.min(...confirmed), Math.max(...confirmed)];
  if (lowest === highest) return count(lowest, unit);
  if (confirmed.length === highest - lowest + 1) return `${lowest} to ${highest} ${unit}s`;
  const unconfirmed =
    unconfirmedUnits.length === 0
      ? ""
      : ` (${listed(unconfirmedUnits.map(String))} are accepted, but unconfirmed)`;
  return `${listed(confirmed.map(String), "or")} ${unit}s${unconfirmed}`;
}

const autoInflateOnStandard: Rule = ({ tier, autoInflate: value }) => {
  if (tier === undefined || !value || tiers[tier].autoInflateCeiling > 0) return [];
  const rule = `Only tier Standard has auto-inflate; the tier is ${tier}.`;
  const fix = "Remove it or write `autoInflate: false`, or choose tier Standard.";
  return [{ key: "autoInflate", value, rule, fix }];
};

const ceiling: Rule = ({ tier, autoInflate, throughputUnits }) => {
  if (!autoInflate || (tier !== undefined && tiers[tier].autoInflateCeiling === 0)) return [];
  const key = "autoInflate.maximumThroughputUnits";
  const value = autoInflate.maximumThroughputUnits;
  const highest = tiers.Standard.autoInflateCeiling;
  const lowest =
    throughputUnits !== undefined && throughputUnits <= highest ? Math.max(1, throughputUnits) : 1;
  if (isWhole(value) && value >= lowest && value <= highest) return [];
  const because = lowest > 1 ? " (not below `throughputUnits`)" : "";
  return [
    {
      key,
      value,
      rule: `On Standard the ceiling of auto-inflate is ${lowest}${because} to ${highest} throughput units.`,
      fix: `Write a ceiling of ${value > highest ? highest : lowest} or another one in that range, or \`autoInflate: false\`.`,
    },
  ];
};

const partitions: Rule = ({ tier, partitionCount: value }) => {
  if (value === undefined) return [];
  const key = "partitionCount";
  if (tier === undefined) return atLeastOne(key, value, "partition");
  const most = tiers[tier].partitions;
  if (isWhole(value) && value >= 1 && value <= most) return [];
  const lasting = tiers[tier].partitionsCanGrow ? "" : " The count can't be changed later on this tier.";
  return [
    {
      key,
      value,
      rule: `On ${tier} a hub has 1 to ${most} partitions.${lasting}`,
      fix: `Write \`${key}: ${value > most ? most : 1}\` or another number in that range${betterTier(tier, value > most, value, "partitions")}.`,
    },
  ];
};

/** For new namespaces. Existing ones are checked with their own units. */
const partitionsTogether: Rule = (request) => {
  const { tier, layout, tables, partitionCount, throughputUnits } = request;
  if (tier === undefined || layout === undefined || tables === undefined) return [];
  if (!createsNamespaces(request)) return [];
  if (partitionCount === undefined || throughputUnits === undefined || !(throughputUnits >= 1)) return [];
  const hubs = layout === "single" ? 1 : Math.min(tables.length, tiers[tier].hubs * throughputUnits);
  const most = tiers[tier].partitionsPerUnit * throughputUnits;
  const all = hubs * partitionCount;
  if (all <= most || partitionCount > tiers[tier].partitions) return [];
  return [
    {
      key: "partitionCount",
      value: partitionCount,
      rule: `On ${tier} all hubs of a namespace together have at most ${most} partitions with ${count(throughputUnits, tiers[tier].unit)}; ${hubs} hubs with ${partitionCount} have ${all}.`,
      fix: `Write \`partitionCount: ${Math.max(1, Math.floor(most / hubs))}\`, raise \`throughputUnits\`, or stream fewer tables.`,
    },
  ];
};

const retention: Rule = ({ tier, retentionHours: value }) => {
  if (value === undefined) return [];
  const key = "retentionHours";
  if (tier === undefined) return atLeastOne(key, value, "hour");
  const most = tiers[tier].retentionHours;
  if (isWhole(value) && value >= 1 && value <= most) return [];
  return [
    {
      key,
      value,
      rule: `On ${tier} events are kept for 1 to ${most} hours (${count(most / 24, "day")}).`,
      fix: `Write \`${key}: ${value > most ? most : 1}\` or another number in that range${betterTier(tier, value > most, value, "retentionHours")}.`,
    },
  ];
};

/** ", or choose tier X" if that tier allows the value. */
function betterTier(
  tier: Tier,
  tooHigh: boolean,
  value: number,
  limit: "partitions" | "retentionHours",
): string {
  if (!tooHigh) return "";
  const better = (["Standard", "Premium"] as const).find((other) => tiers[other][limit] >= value);
  return better === undefined || better === tier ? "" : `, or choose tier ${better}`;
}

function atLeastOne(key: string, value: number, unit: string): Mistake[] {
  if (isWhole(value) && value >= 1) return [];
  const rule = `It must be a whole number of ${unit}s, at least 1.`;
  return [{ key, value, rule, fix: `Write \`${key}: 1\` or more.` }];
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value);
}

export const capacityRules: readonly Rule[] = [
  units,
  autoInflateOnStandard,
  ceiling,
  partitions,
  partitionsTogether,
  retention,
];
