import type { Provider } from "../../arm/resourceType.ts";
import { hubRules, namespaceRules } from "./authorizationRules.ts";
import { clusterNamespaces, clusters } from "./clusters.ts";
import { consumerGroups } from "./consumerGroups.ts";
import { eventHubs } from "./eventHubs.ts";
import { checkNameAvailability } from "./namespaceNames.ts";
import { namespaces } from "./namespaces.ts";
import { networkRuleSets } from "./networkRuleSets.ts";

export const eventHub: Provider = {
  namespace: "Microsoft.EventHub",
  types: [
    clusters,
    clusterNamespaces,
    namespaces,
    namespaceRules,
    networkRuleSets,
    eventHubs,
    hubRules,
    consumerGroups,
  ],
  actions: { checknameavailability: checkNameAvailability },
};
