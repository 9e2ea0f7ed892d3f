import { fields } from "./fields.ts";
import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

/** The azure-eventhub input with processor v2, from 9.3 on with Entra ID too (x-pack/filebeat/input/azureeventhub, elastic/beats). */
export const elastic: ConsumerKind = {
  title: "Elastic Agent or Filebeat",
  auth: ["entra", "sas"],
  checkpoint: "needed",
  publicStore: true,
  configuration: (target) => ({
    "filebeat.yml": `${target.auth === "entra" ? "# For Filebeat 9.3 and newer.\n" : ""}filebeat.inputs:\n${target.hubs.map((hub) => input(hub, target)).join("")}`,
  }),
};

function input(hub: TargetHub, target: Target): string {
  const options = fields({
    eventhub: hub.name,
    consumer_group: target.consumerGroup,
    processor_version: "v2",
    ...(target.auth === "sas" ? connectionString(hub, target) : clientSecret(hub, target)),
    storage_account: fill.storageAccount(target),
    storage_account_container: fill.container(hub),
  });
  return ["  - type: azure-eventhub\n", ...options].join("    ");
}

const connectionString = (hub: TargetHub, target: Target) => ({
  auth_type: "connection_string",
  connection_string: fill.hubConnection(hub, target),
  storage_account_connection_string: fill.storageConnection(target),
});

const clientSecret = (hub: TargetHub, { tenantId, cloud }: Target) => ({
  auth_type: "client_secret",
  eventhub_namespace: hub.fullyQualifiedNamespace,
  ...{ tenant_id: tenantId, client_id: fill.clientId, client_secret: fill.clientSecret },
  authority_host: cloud.login,
});
