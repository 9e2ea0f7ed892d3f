import type { NamedConsumer } from "../consumers/consumer.ts";
import { hasCheckpointStore } from "../consumers/provision.ts";
import { allDestinations, streamsTo, type Destination } from "../defender/destinations.ts";
import type { CustomerManagedKey } from "../encryption/customerManagedKey.ts";
import type { PrivateEndpoints } from "../network/privateEndpoints.ts";
import type { EndpointIntegration } from "../request.ts";

/** Defender's writer comes through Azure Monitor, wherever it writes. */
const always = "Microsoft.Insights";

const providerOf: Readonly<Record<Destination, string>> = {
  eventHub: "Microsoft.EventHub",
  storage: "Microsoft.Storage",
};

/** What the providers of a stack depend on. */
export interface ProviderNeeds {
  readonly destinations?: readonly Destination[] | undefined;
  readonly consumers?: readonly NamedConsumer[] | undefined;
  readonly customerManagedKey?: CustomerManagedKey | undefined;
  readonly endpointIntegration?: false | EndpointIntegration | undefined;
  readonly privateEndpoints?: false | PrivateEndpoints | undefined;
  /** Further ones that are asked for by name. */
  readonly registration?: { readonly providers?: readonly string[] } | undefined;
}

/** The resource providers that have to be registered with the subscription, each once; letter case is ignored. */
export function providersFor(needs: ProviderNeeds): string[] {
  const { consumers = [], customerManagedKey, endpointIntegration, privateEndpoints, registration } = needs;
  const hubs = streamsTo(needs, "eventHub");
  const needed = [
    always,
    ...allDestinations.filter((kind) => streamsTo(needs, kind)).map((kind) => providerOf[kind]),
    ...(customerManagedKey && !customerManagedKey.userAssignedIdentityId
      ? ["Microsoft.ManagedIdentity"]
      : []),
    ...(hubs && consumers.some(hasCheckpointStore) ? [providerOf.storage] : []),
    ...(hubs && consumers.some(({ deliverKeyTo }) => deliverKeyTo !== undefined)
      ? ["Microsoft.KeyVault"]
      : []),
    ...(endpointIntegration ? ["Microsoft.Security"] : []),
    ...(privateEndpoints ? ["Microsoft.Network"] : []),
    ...(registration?.providers ?? []),
  ];
  const byKey = new Map(needed.map((one): [string, string] => [one.toLowerCase(), one]));
  return [...byKey.values()];
}
