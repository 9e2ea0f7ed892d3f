import type { ExistingHub } from "../../streaming/existing/facts.ts";
import { apiVersions } from "../apiVersions.ts";
import type { Arm } from "../arm.ts";

/** A hub in a list (rest/api/eventhub/event-hubs/list-by-namespace), as far as it is needed here. */
interface Hub {
  readonly name: string;
  readonly properties: {
    readonly partitionCount?: number;
    readonly messageRetentionInDays?: number;
    readonly retentionDescription?: {
      readonly cleanupPolicy?: string;
      readonly retentionTimeInHours?: number;
    };
    readonly userMetadata?: string;
  };
}

/** All hubs of a namespace, those of others too. */
export async function readHubs(
  arm: Arm,
  namespaceId: string,
): Promise<Omit<ExistingHub, "consumerGroups">[]> {
  const hubs = await arm.list<Hub>(`${namespaceId}/eventhubs`, apiVersions.eventHubLists);
  return hubs.map(({ name, properties }) => {
    const { partitionCount = 0, retentionDescription: retention, messageRetentionInDays = 0 } = properties;
    return {
      name,
      partitionCount,
      retentionHours: retention?.retentionTimeInHours ?? messageRetentionInDays * 24,
      compacts: (retention?.cleanupPolicy ?? "Delete") !== "Delete",
      metadata: properties.userMetadata ?? "",
    };
  });
}
