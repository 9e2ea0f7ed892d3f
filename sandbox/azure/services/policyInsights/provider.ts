import type { Provider } from "../../arm/resourceType.ts";
import { checkPolicyRestrictions } from "./checkPolicyRestrictions.ts";

export const policyInsights: Provider = {
  namespace: "Microsoft.PolicyInsights",
  types: [],
  actions: { checkpolicyrestrictions: checkPolicyRestrictions },
};
