import { readsFrom, streamsTo } from "../defender/destinations.ts";
import { eventHubNetworkDefaults, firewallWithReaders, type EventHubNetwork } from "./namespaceFirewall.ts";
import { existingNamespaces } from "../existing/existing.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { Draft } from "../request.ts";
import { tiers } from "../eventHubs/tiers.ts";
import { listed } from "../wording/words.ts";
import { ipRuleMistakes, namespaceFirewall, subnetRuleMistakes, tooManyRules } from "../cloud/firewall.ts";
import type { Rule } from "../rule.ts";

/** A rule for the namespaces' firewall; without namespaces it finds nothing. */
const ofNamespaces =
  (rule: (network: EventHubNetwork, request: Draft) => Mistake[]): Rule =>
  (request) =>
    streamsTo(request, "eventHub") ? rule(request.eventHubNetwork ?? eventHubNetworkDefaults, request) : [];

const key = "eventHubNetwork";

const networkRules = ofNamespaces((network, { consumers = [] }) => [
  ...tooManyRules(`${key}.ipRules`, firewallWithReaders(network, consumers).ipRules, namespaceFirewall),
  ...ipRuleMistakes(`${key}.ipRules`, network.ipRules, namespaceFirewall),
  ...tooManyRules(`${key}.virtualNetworkRules`, network.virtualNetworkRules, namespaceFirewall),
  ...subnetRuleMistakes(`${key}.virtualNetworkRules`, network.virtualNetworkRules, namespaceFirewall),
]);

/** "If there are no IP and virtual network rules, all the traffic flows into the namespace" (event-hubs-ip-filtering.md). */
const selectedHasARule = ofNamespaces((network, { consumers = [] }) => {
  const { publicAccess, ipRules, virtualNetworkRules } = firewallWithReaders(network, consumers);
  return mistakes(
    publicAccess === "selected" &&
      ipRules.length + virtualNetworkRules.length === 0 && {
        key: `${key}.publicAccess`,
        value: publicAccess,
        rule: "Without a rule the namespace is open to everyone, although its default action is Deny.",
        fix: "Name at least one address in `ipRules` (or `allowedIps` of a consumer) or one subnet in `virtualNetworkRules`. To close the public endpoint, write `eventHubNetwork: {publicAccess: disabled}`.",
      },
  );
});

const rulesAreForSelected = ofNamespaces(({ publicAccess, ...rules }) =>
  publicAccess === "selected"
    ? []
    : (["ipRules", "virtualNetworkRules"] as const).flatMap((name) =>
        mistakes(
          rules[name].length !== 0 && {
            key: `${key}.${name}`,
            value: rules[name],
            rule: `Rules have an effect only with \`publicAccess: selected\`. With \`${publicAccess}\` ${publicAccess === "open" ? "everyone" : "nobody"} has access.`,
            fix: "Write `publicAccess: selected` too, or remove them.",
          },
        ),
      ),
);

const tiersWithAFirewall = ofNamespaces(({ publicAccess }, { tier }) =>
  mistakes(
    publicAccess !== "open" &&
      tier !== undefined &&
      !tiers[tier].networkRules && {
        key: `${key}.publicAccess`,
        value: publicAccess,
        rule: `On ${tier} a namespace has no network rules and no private endpoints. Everyone can reach it.`,
        fix: "Remove it, or choose tier Standard or Premium.",
      },
  ),
);

/** Rules and private endpoints may be for any consumer. Without them each consumer needs `allowedIps`. */
const consumersComeIn = ofNamespaces((network, { consumers = [], existing, privateEndpoints }) => {
  if (existingNamespaces(existing).length > 0) return [];
  const { publicAccess, ipRules, virtualNetworkRules, privateEndpoint } = network;
  if (publicAccess === "open" || privateEndpoint || privateEndpoints) return [];
  if (publicAccess === "selected" && ipRules.length + virtualNetworkRules.length > 0) return [];
  const readers = consumers.filter((consumer) => readsFrom(consumer, "eventHub"));
  const outside =
    publicAccess === "disabled" ? readers : readers.filter(({ allowedIps = [] }) => allowedIps.length === 0);
  if (outside.length === 0 || (publicAccess === "selected" && outside.length === readers.length)) return [];
  return [
    {
      key: `${key}.publicAccess`,
      value: `${publicAccess}, without access for ${listed(outside.map(({ name }) => name))}`,
      rule:
        publicAccess === "disabled"
          ? "Without public access consumers need a private endpoint."
          : "The firewall allows only what the rules name, and no rule is for this consumer.",
      fix: "Create private endpoints with `privateEndpoints`, write `privateEndpoint: true` if you create one yourself, or write `publicAccess: selected` with the consumers' addresses or subnets (`allowedIps` of the consumer, `ipRules`, `virtualNetworkRules`).",
    },
  ];
});

export const eventHubNetworkRules: readonly Rule[] = [
  networkRules,
  selectedHasARule,
  rulesAreForSelected,
  tiersWithAFirewall,
  consumersComeIn,
];
