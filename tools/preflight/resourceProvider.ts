import { apiVersions } from "../../azure/apiVersions.ts";
import type { Account } from "./account.ts";
import type { Arm } from "../../azure/arm.ts";
import { subscriptionScope } from "./subscription.ts";

/** A resource provider as a subscription sees it (rest/api/resources/providers/get). */
interface ResourceProvider {
  readonly registrationState: string;
  readonly resourceTypes: readonly {
    readonly resourceType: string;
    /** Display names, such as `West Europe`. */
    readonly locations: readonly string[];
  }[];
}

export function registrationOf(azure: Arm, account: Account, namespace: string): Promise<ResourceProvider> {
  return azure.get<ResourceProvider>(
    `${subscriptionScope(account)}/providers/${namespace}`,
    apiVersions.resourceProvider,
  );
}
