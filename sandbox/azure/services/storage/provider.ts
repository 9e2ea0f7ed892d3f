import type { Provider } from "../../arm/resourceType.ts";
import { checkNameAvailability } from "./accountNames.ts";
import { storageAccounts } from "./accounts.ts";
import { blobServices } from "./blobServices.ts";
import { containers } from "./containers.ts";
import { immutabilityPolicies } from "./immutabilityPolicies.ts";
import { managementPolicies } from "./managementPolicies.ts";
import { usages } from "./usages.ts";

export const storage: Provider = {
  namespace: "Microsoft.Storage",
  types: [storageAccounts, blobServices, containers, immutabilityPolicies, managementPolicies],
  actions: { checknameavailability: checkNameAvailability },
  questions: { "locations/usages": usages },
};
