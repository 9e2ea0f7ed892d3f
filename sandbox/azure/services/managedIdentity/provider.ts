import type { Provider } from "../../arm/resourceType.ts";
import { userAssignedIdentities } from "./userAssignedIdentities.ts";

export const managedIdentity: Provider = {
  namespace: "Microsoft.ManagedIdentity",
  types: [userAssignedIdentities],
};
