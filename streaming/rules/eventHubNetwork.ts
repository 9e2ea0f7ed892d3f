import { readsFrom, streamsTo } from "../destinations.ts";
import { eventHubNetworkDefaults, type EventHubNetwork } from "../eventHubNetwork.ts";
import type { Mistake } from "../mistakes.ts";
import type { Draft } from "../request.ts";
import { tiers } from "../tiers.ts";
import { count } from "../words.ts";
import { ipRuleMistakes, subnetRuleMistakes, type Firewall } from "./networkRules.ts";
import type { Rule } from "./rule.ts";

/** A rule on the namespaces' firewall, silent when there are none. */
const ofNamespaces =
  (rule: (network: EventHubNetwork, request: Draft) => Mistake[]): Rule =>
  (request) =>
    streamsTo(request, "eventHub") ? rule(request.eventHubNetwork ?? eventHubNetworkDefaults, request) : [];

/** event-hubs-ip-filtering.md and event-hubs-quotas.md (MicrosoftDocs/azure-docs). */
const firewall: Firewall = {
  of: "namespace",
  mostRules: 128,
  longestSuffix: 32,
  serviceEndpoint: "Microsoft.EventHub",
};

const key = "eventHubNetwork";

const networkRules = ofNamespaces(({ ipRules, virtualNetworkRules }) => [
  ...ipRuleMistakes(`${key}.ipRules`, ipRules, firewall),
  ...subnetRuleMistakes(`${key}.virtualNetworkRules`, virtualNetworkRules, firewall),
]);

/** "If there are no IP and virtual network rules, all the traffic flows into the namespace" (event-hubs-ip-filtering.md). */
const selectedHasARule = ofNamespaces(({ publicAccess, ipRules, virtualNetworkRules }) =>
  publicAccess === "selected" && ipRules.length + virtualNetworkRules.length === 0
    ? [
        {
          key: `${key}.publicAccess`,
          value: publicAccess,
          rule: "Without a rule the namespace lets everybody in, although its default action is Deny.",
          mend: "Name at least one address in `ipRules` or one subnet in `virtualNetworkRules`; where nobody shall come over the public endpoint, write `eventHubNetwork: {publicAccess: disabled}`.",
        },
      ]
    : [],
);

const rulesAreForSelected = ofNamespaces(({ publicAccess, ...rules }) =>
  publicAccess === "selected"
    ? []
    : (["ipRules", "virtualNetworkRules"] as const).flatMap((name) =>
        rules[name].length === 0
          ? []
          : [
              {
                key: `${key}.${name}`,
                value: rules[name],
                rule: `Rules say who comes in with the public access \`selected\`; with \`${publicAccess}\` ${publicAccess === "open" ? "everybody does" : "nobody does"}.`,
                mend: "Write `publicAccess: selected` beside them, or take them out.",
              },
            ],
      ),
);

const tiersWithAFirewall = ofNamespaces(({ publicAccess }, { tier }) =>
  publicAccess === "open" || tier === undefined || tiers[tier].networkRules
    ? []
    : [
        {
          key: `${key}.publicAccess`,
          value: publicAccess,
          rule: `On ${tier} a namespace has no network rules and no private endpoints: everybody reaches it.`,
          mend: "Take it out, or choose tier Standard or Premium.",
        },
      ],
);

const consumersComeIn = ofNamespaces(
  ({ publicAccess, privateEndpoint }, { consumers = [], privateEndpoints }) => {
    const readers = consumers.filter((consumer) => readsFrom(consumer, "eventHub")).length;
    if (publicAccess !== "disabled" || privateEndpoint || privateEndpoints || readers === 0) return [];
    return [
      {
        key: `${key}.publicAccess`,
        value: `${publicAccess}, with ${count(readers, "consumer")} and no way in`,
        rule: "Without public access consumers come through a private endpoint alone.",
        mend: "Have one made with `privateEndpoints`, say with `privateEndpoint: true` that one is made elsewhere, or write `publicAccess: selected` with the consumers' addresses or subnets.",
      },
    ];
  },
);

export const eventHubNetworkRules: readonly Rule[] = [
  networkRules,
  selectedHasARule,
  rulesAreForSelected,
  tiersWithAFirewall,
  consumersComeIn,
];
