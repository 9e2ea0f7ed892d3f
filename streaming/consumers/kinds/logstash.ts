import type { ConsumerKind, Target } from "./kind.ts";
import * as fill from "./placeholders.ts";

/** The azure_event_hubs input (docs/index.asciidoc, logstash-plugins/logstash-input-azure_event_hubs), which has no Entra ID. */
export const logstash: ConsumerKind = {
  title: "Logstash",
  auth: ["sas"],
  checkpoint: "needed",
  containerPerHub: true,
  configuration: (target) => ({ "logstash.conf": pipeline(target) }),
};

function pipeline(target: Target): string {
  const hubs = target.hubs.map(
    (hub) => `      { "${hub.name}" => {
        event_hub_connection => "${fill.hubConnection(hub, target)}"
        storage_container => "${fill.container(hub)}"
      } }`,
  );
  // The plugin wants a thread for each hub and one more.
  return `input {
  azure_event_hubs {
    config_mode => "advanced"
    threads => ${Math.max(16, target.hubs.length + 1)}
    consumer_group => "${target.consumerGroup}"
    storage_connection => "${fill.storageConnection(target)}"
    codec => "json"
    event_hubs => [
${hubs.join(",\n")}
    ]
  }
}
filter {
  split { field => "records" }
}
`;
}
