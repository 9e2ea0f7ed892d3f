import { addressesOfReaders, type NamedConsumer } from "../consumers/consumer.ts";

/** Who reaches a namespace over its public endpoint: everybody, whom rules name, or nobody. Trusted Microsoft services always do. */
export const publicAccesses = ["open", "selected", "disabled"] as const;
type PublicAccess = (typeof publicAccesses)[number];

/** What can be asked of the namespaces' firewall. */
export interface EventHubNetwork {
  readonly publicAccess: PublicAccess;
  /** Public IPv4 addresses and ranges that consumers come from; with `selected` only. */
  readonly ipRules: readonly string[];
  /** Ids of subnets with the service endpoint `Microsoft.EventHub` that consumers come from; with `selected` only. */
  readonly virtualNetworkRules: readonly string[];
  /** Consumers come through a private endpoint that is made elsewhere. */
  readonly privateEndpoint: boolean;
}

export const eventHubNetworkDefaults = {
  publicAccess: "open",
  ipRules: [],
  virtualNetworkRules: [],
  privateEndpoint: false,
} as const satisfies EventHubNetwork;

/** With `selected`, also the addresses that consumers of the hubs say they come from. */
export function firewallWithReaders(
  network: EventHubNetwork,
  consumers: readonly NamedConsumer[],
): EventHubNetwork {
  if (network.publicAccess !== "selected") return network;
  const ipRules = [...new Set([...network.ipRules, ...addressesOfReaders(consumers, "eventHub")])];
  return { ...network, ipRules };
}
