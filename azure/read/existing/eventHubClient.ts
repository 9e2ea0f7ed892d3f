import type { EventHubManagementClient } from "@azure/arm-eventhub";
import type { Cloud } from "../../../streaming/cloud/clouds.ts";
import { connect } from "../../connection.ts";

/** The client of Event Hubs: azure-native reads one thing by its name, and lists nothing. */
export async function eventHubClient(
  subscriptionId: string,
  cloud: Cloud | undefined,
): Promise<EventHubManagementClient> {
  const { EventHubManagementClient } = await import("@azure/arm-eventhub");
  const { credential, endpoint, scope } = await connect(cloud);
  return new EventHubManagementClient(credential, subscriptionId, {
    endpoint,
    credentials: { scopes: [scope] },
  });
}
