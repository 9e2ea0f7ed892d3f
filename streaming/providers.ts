import { destinationKinds, streamsTo, type DestinationKind } from "./destinations.ts";
import type { EndpointIntegration } from "./request.ts";

/** Defender's writer comes through Azure Monitor, wherever it writes. */
const always = "Microsoft.Insights";

const providerOf: Readonly<Record<DestinationKind, string>> = {
  eventHub: "Microsoft.EventHub",
  storage: "Microsoft.Storage",
};

/** What the providers of a stack depend on. */
export interface ProviderNeeds {
  readonly destinations?: readonly DestinationKind[] | undefined;
  readonly endpointIntegration?: false | EndpointIntegration | undefined;
  /** Further ones that are asked for by name. */
  readonly registration?: { readonly providers?: readonly string[] } | undefined;
}

/** The resource providers that have to be registered with the subscription, each once; letter case is ignored. */
export function providersFor(needs: ProviderNeeds): string[] {
  const needed = [
    always,
    ...destinationKinds.filter((kind) => streamsTo(needs, kind)).map((kind) => providerOf[kind]),
    ...(needs.endpointIntegration ? ["Microsoft.Security"] : []),
    ...(needs.registration?.providers ?? []),
  ];
  const byKey = new Map(needed.map((one): [string, string] => [one.toLowerCase(), one]));
  return [...byKey.values()];
}
