import { apiVersions } from "../../azure/apiVersions.ts";
import type { Account } from "./account.ts";
import type { Arm } from "../../azure/arm.ts";

/** A subscription as Azure shows it (rest/api/resources/subscriptions/get). */
interface Subscription {
  readonly displayName: string;
  readonly tenantId: string;
  readonly state: "Enabled" | "Warned" | "PastDue" | "Disabled" | "Deleted";
}

export const subscriptionScope = ({ subscriptionId }: Account) => `/subscriptions/${subscriptionId}`;

export function subscriptionOf(azure: Arm, account: Account): Promise<Subscription> {
  return azure.get<Subscription>(subscriptionScope(account), apiVersions.subscription);
}

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
