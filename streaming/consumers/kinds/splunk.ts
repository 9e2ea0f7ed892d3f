import { fields } from "./fields.ts";
import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

/**
 * The Splunk Add-on for Microsoft Cloud Services (its inputs.conf.spec), which signs in with an Azure app account, and to a
 * checkpoint store with an account key that it holds under a name. Without a store positions are in a file of the forwarder, and
 * one forwarder reads a hub: where the store does not open, it goes on with that file.
 */
export const splunk: ConsumerKind = {
  title: "Splunk",
  auth: ["entra"],
  checkpoint: "possible",
  storeKey: true,
  configuration: (target) => ({
    "inputs.conf": target.hubs.map((hub) => stanza(hub, target)).join("\n"),
  }),
};

function stanza(hub: TargetHub, target: Target): string {
  const options = {
    account: fill.yours("name of the Azure app account in the add-on"),
    event_hub_namespace: hub.fullyQualifiedNamespace,
    event_hub_name: hub.name,
    consumer_group: target.consumerGroup,
    index: fill.yours("index"),
    sourcetype: "mscs:azure:eventhub",
    use_amqp_over_websocket: 1,
    ...(target.checkpointStore && {
      blob_checkpoint_enabled: 1,
      storage_account: fill.yours(
        `name in the add-on of the storage account ${target.checkpointStore.account}`,
      ),
      container_name: fill.container(hub),
    }),
  };
  const lines = fields(options, (key, value) => `${key} = ${value}`);
  return [`[mscs_azure_event_hub://defender_${fill.shortHubName(hub)}]\n`, ...lines].join("");
}
