import { apiVersions } from "../../../azure/apiVersions.ts";
import { streamsTo, type DestinationKind } from "../../../streaming/defender/destinations.ts";
import { normaliseLocation } from "../../../streaming/cloud/regions.ts";
import type { Check, Subject } from "../check.ts";
import type { Finding } from "../finding.ts";
import { registrationOf, subscriptionScope } from "../subscription.ts";

const types: Readonly<Record<DestinationKind, readonly [namespace: string, type: string]>> = {
  eventHub: ["Microsoft.EventHub", "namespaces"],
  storage: ["Microsoft.Storage", "storageAccounts"],
};

/** Whether the subscription has the region, and the region what the stack creates. */
export const region: Check = {
  name: "region",
  asks: "Whether the region offers what the stack creates",
  async findings(subject) {
    const { azure, account, settings } = subject;
    const locations = await azure.list<{ name: string; displayName: string }>(
      `${subscriptionScope(account)}/locations`,
      apiVersions.subscription,
    );
    const location = normaliseLocation(settings.location);
    const known = locations.find(({ name }) => name === location);
    if (!known) {
      return [
        {
          status: "problem",
          what: `This subscription has no region ${location}.`,
          fix: `Choose another \`azure-native:location\`: az account list-locations --query "[].name" --output tsv`,
        },
      ];
    }
    const missing = await Promise.all(
      Object.entries(types)
        .filter(([kind]) => streamsTo(settings, kind as DestinationKind))
        .map(([, [namespace, type]]) => notOffered(subject, location, namespace, type)),
    );
    if (missing.flat().length > 0) return missing.flat();
    return [{ status: "ok", what: `${known.displayName} offers everything that the stack creates.` }];
  },
};

async function notOffered(
  { azure, account }: Subject,
  location: string,
  namespace: string,
  type: string,
): Promise<Finding[]> {
  const { resourceTypes } = await registrationOf(azure, account, namespace);
  const offered = resourceTypes.find(({ resourceType }) => resourceType.toLowerCase() === type.toLowerCase());
  if (offered?.locations.some((one) => normaliseLocation(one) === location)) return [];
  return [
    {
      status: "problem",
      what: `${namespace}/${type} is not available in ${location}.`,
      fix: `Choose another \`azure-native:location\`: az provider show --namespace ${namespace} --query "resourceTypes[?resourceType=='${type}'].locations[]"`,
    },
  ];
}
