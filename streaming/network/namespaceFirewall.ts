import { addressesOfReaders, type NamedConsumer } from "../consumers/consumer.ts";

/** Who can use the public endpoint of a namespace: anyone, only what the rules name, or nobody. Trusted Microsoft services always can. */
export const publicAccesses = ["open", "selected", "disabled"] as const;
type PublicAccess = (typeof publicAccesses)[number];

/** Options of the namespaces' firewall. */
export interface EventHubNetwork {
  readonly publicAccess: PublicAccess;
  /** Public IPv4 addresses and ranges that consumers connect from. Only with `selected`. */
  readonly ipRules: readonly string[];
  /** Ids of subnets that consumers connect from, with the service endpoint `Microsoft.EventHub`. Only with `selected`. */
  readonly virtualNetworkRules: readonly string[];
  /** Consumers connect through a private endpoint that this stack does not create. */
  readonly privateEndpoint: boolean;
}

export const eventHubNetworkDefaults = {
  publicAccess: "open",
  ipRules: [],
  virtualNetworkRules: [],
  privateEndpoint: false,
} as const satisfies EventHubNetwork;

/** With `selected`, also the addresses in `allowedIps` of consumers of the hubs. */
export function firewallWithReaders(
  network: EventHubNetwork,
  consumers: readonly NamedConsumer[],
): EventHubNetwork {
  if (network.publicAccess !== "selected") return network;
  const ipRules = [...new Set([...network.ipRules, ...addressesOfReaders(consumers, "eventHub")])];
  return { ...network, ipRules };
}
