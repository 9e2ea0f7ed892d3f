import ipaddr from "ipaddr.js";
import type { Mistake } from "../wording/mistakes.ts";
import { armTypes, isIdOf } from "./resourceId.ts";
import { count } from "../wording/words.ts";

const { IPv4 } = ipaddr;

/** The rules that the firewall of a namespace or account accepts. */
export interface Firewall {
  /** What it protects. */
  readonly of: "namespace" | "account";
  /** The most rules of each kind. */
  readonly mostRules: number;
  /** The suffix of the smallest range it accepts. */
  readonly longestSuffix: 30 | 32;
  /** What a subnet needs so that a rule can allow it. */
  readonly serviceEndpoint: "Microsoft.EventHub" | "Microsoft.Storage";
}

/** storage-network-security.md (MicrosoftDocs/azure-docs). */
export const accountFirewall: Firewall = {
  of: "account",
  mostRules: 400,
  longestSuffix: 30,
  serviceEndpoint: "Microsoft.Storage",
};

/** event-hubs-ip-filtering.md and event-hubs-quotas.md (MicrosoftDocs/azure-docs). */
export const namespaceFirewall: Firewall = {
  of: "namespace",
  mostRules: 128,
  longestSuffix: 32,
  serviceEndpoint: "Microsoft.EventHub",
};

/** What is wrong with addresses to allow. */
export function ipRuleMistakes(key: string, rules: readonly string[], firewall: Firewall): Mistake[] {
  return [
    ...twice(key, rules),
    ...rules.flatMap((rule, index) => rangeMistakes(`${key}[${index}]`, rule, firewall)),
  ];
}

/** What is wrong with a public IPv4 address, or a range of them, to allow. */
function rangeMistakes(key: string, value: string, { of: thing, longestSuffix }: Firewall): Mistake[] {
  const at = { key, value };
  const hasSuffix = value.includes("/");
  const isRange = IPv4.isValidCIDRFourPartDecimal(hasSuffix ? value : `${value}/32`);
  const [address, bits] = isRange ? IPv4.parseCIDR(hasSuffix ? value : `${value}/32`) : [];
  if (!address || !bits) {
    const rule = `An IP rule is a public IPv4 address, or a range with a suffix from /1 to /${longestSuffix}.`;
    return [{ ...at, rule, fix: "Write for example 203.0.113.7, or 203.0.113.0/24." }];
  }
  if (address.range() === "private") {
    const why =
      thing === "account"
        ? "Azure refuses private addresses here"
        : "A rule for private addresses has no effect";
    const rule = `${why}: the ${thing} never sees them.`;
    const fix =
      "Name the subnet in `virtualNetworkRules`, or let consumers connect through a private endpoint.";
    return [{ ...at, rule, fix }];
  }
  if (!hasSuffix) return [];
  const [first, last] = [IPv4.networkAddressFromCIDR(value), IPv4.broadcastAddressFromCIDR(value)].map(
    String,
  );
  if (bits > longestSuffix) {
    const rule = "Azure refuses the suffixes /31 and /32.";
    const single = [...new Set([first, last])].join(", ");
    return [{ ...at, rule, fix: `Write single addresses without a suffix: ${single}.` }];
  }
  if (first !== address.toString()) {
    const rule = `A range starts with its first address, which for /${bits} is ${first}. Either the address or the suffix is wrong.`;
    const fix = `Write ${first}/${bits} for the range, or ${address.toString()} for the single address.`;
    return [{ ...at, rule, fix }];
  }
  return [];
}

/** What is wrong with ids of subnets to allow. */
export function subnetRuleMistakes(key: string, rules: readonly string[], firewall: Firewall): Mistake[] {
  return [
    ...twice(key, rules),
    ...rules
      .map((value, index) => ({ key: `${key}[${index}]`, value }))
      .filter(({ value }) => !isIdOf(armTypes.subnet, value))
      .map((at) => ({
        ...at,
        rule: `A virtual network rule is the id of a subnet with the service endpoint ${firewall.serviceEndpoint}.`,
        fix: writeSubnetId,
      })),
  ];
}

export const writeSubnetId =
  "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>.";

/** @param rules all rules of one kind, from all settings; equal ones count once. */
export function tooManyRules(
  key: string,
  rules: readonly string[],
  { of: thing, mostRules }: Firewall,
): Mistake[] {
  const { size } = new Set(rules);
  if (size <= mostRules) return [];
  const rule = `${thing === "account" ? "An account" : "A namespace"} has at most ${mostRules} rules of this kind.`;
  return [
    { key, value: count(size, "rule"), rule, fix: `Remove ${size - mostRules}, or write larger ranges.` },
  ];
}

/** Entries of a list that repeat an earlier one. */
export function twice(key: string, rules: readonly string[]): Mistake[] {
  const lower = rules.map((rule) => rule.toLowerCase());
  return rules.flatMap((value, index) =>
    lower.indexOf(value.toLowerCase()) === index
      ? []
      : [{ key: `${key}[${index}]`, value, rule: "It is in the list twice.", fix: "Remove one of the two." }],
  );
}
