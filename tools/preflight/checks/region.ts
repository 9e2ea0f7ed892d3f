import { apiVersions } from "../../../azure/apiVersions.ts";
import { normalizeLocation } from "../../../streaming/cloud/regions.ts";
import type { Check, Subject } from "../check.ts";
import { contentsOf } from "../contents.ts";
import type { Finding } from "../finding.ts";
import { registrationOf, subscriptionScope } from "../subscription.ts";

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
    const location = normalizeLocation(settings.location);
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
    const types = new Set(contentsOf(subject).map(({ type }) => type));
    const missing = await Promise.all(
      ["Microsoft.EventHub/namespaces", "Microsoft.Storage/storageAccounts"]
        .filter((type) => types.has(type))
        .map((type) => notOffered(subject, location, type)),
    );
    if (missing.flat().length > 0) return missing.flat();
    return [{ status: "ok", what: `${known.displayName} offers everything that the stack creates.` }];
  },
};

async function notOffered({ azure, account }: Subject, location: string, type: string): Promise<Finding[]> {
  const [namespace = "", name = ""] = type.split("/");
  const { resourceTypes } = await registrationOf(azure, account, namespace);
  const offered = resourceTypes.find(({ resourceType }) => resourceType.toLowerCase() === name.toLowerCase());
  if (offered?.locations.some((one) => normalizeLocation(one) === location)) return [];
  return [
    {
      status: "problem",
      what: `${type} is not available in ${location}.`,
      fix: `Choose another \`azure-native:location\`: az provider show --namespace ${namespace} --query "resourceTypes[?resourceType=='${name}'].locations[]"`,
    },
  ];
}
