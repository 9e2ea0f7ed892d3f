import { fields } from "./fields.ts";
import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import { mapping, rawTableOf, tableOf, tables } from "./kusto.ts";
import * as fill from "./placeholders.ts";

/**
 * Azure Data Explorer reads with the cluster's managed identity, which is the consumer here (create-event-hubs-connection.md,
 * MicrosoftDocs/dataexplorer-docs); Fabric's eventhouses and eventstreams with a shared access key. Both keep their positions.
 */
export const dataExplorer: ConsumerKind = {
  title: "Azure Data Explorer or Fabric",
  auth: ["entra", "sas"],
  checkpoint: "none",
  configuration: (target) => ({
    "tables.kql": target.hubs.map(tables).join("\n"),
    ...(target.auth === "sas"
      ? { "fabric-connections.yaml": target.hubs.map((hub) => fabric(hub, target)).join("") }
      : { "data-connections.sh": target.hubs.map((hub) => adx(hub, target)).join("\n") }),
  }),
};

const adx = (hub: TargetHub, target: Target) => `az kusto data-connection event-hub create \\
  --resource-group "${fill.yours("resource group of the cluster")}" --cluster-name "${fill.yours("cluster")}" \\
  --database-name "${fill.yours("database")}" --location "${fill.yours("region of the cluster")}" \\
  --managed-identity-resource-id "${fill.yours("id of the cluster, or of its user-assigned identity")}" \\
  --data-connection-name "defender-${tableOf(hub).toLowerCase()}" --event-hub-resource-id "${hub.resourceId}" \\
  --consumer-group '${target.consumerGroup}' --data-format MULTIJSON --compression None \\
  --table-name "${rawTableOf(hub)}" --mapping-rule-name "${mapping}"
`;

const fabric = (hub: TargetHub, target: Target) =>
  `- ${fields({
    "Event Hub namespace": hub.fullyQualifiedNamespace,
    "Event Hub": hub.name,
    "Shared Access Key Name": hub.rule,
    "Shared Access Key": fill.key(hub, target),
    "Consumer group": target.consumerGroup,
  }).join("  ")}`;
