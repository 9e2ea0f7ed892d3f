import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

/** A program with the Azure SDK, here for TypeScript; those for .NET, Java, Python and Go have the same parts. */
export const sdk: ConsumerKind = {
  title: "Program with the Azure SDK",
  auth: ["entra", "sas"],
  checkpoint: "needed",
  configuration: (target) => ({ "consumer.ts": program(target) }),
};

const signIn = `import { DefaultAzureCredential } from "@azure/identity";
const credential = new DefaultAzureCredential();
`;

const program = (
  target: Target,
) => `import { EventHubConsumerClient, earliestEventPosition } from "@azure/event-hubs";
import { BlobCheckpointStore } from "@azure/eventhubs-checkpointstore-blob";
import { ContainerClient } from "@azure/storage-blob";
${target.auth === "entra" ? signIn : ""}
export const clients = [\n${target.hubs.map((hub) => client(hub, target)).join("\n")}\n];
export const read = () => clients.map((client) => client.subscribe({
  async processEvents(events, context) {
    for (const { body } of events) console.log(body.records);
    if (events.length > 0) await context.updateCheckpoint(events.at(-1)!);
  },
  async processError(error) { console.error(error); },
}, { startPosition: earliestEventPosition }));
`;

function client(hub: TargetHub, target: Target): string {
  const endpoint = target.checkpointStore?.blobEndpoint ?? fill.yours("address of the storage account/");
  const [from, credential, store] =
    target.auth === "sas"
      ? [fill.hubConnection(hub, target), "", `"${fill.storageConnection(target)}", "${fill.container(hub)}"`]
      : [hub.fullyQualifiedNamespace, " credential,", `"${endpoint}${fill.container(hub)}", credential`];
  return `  new EventHubConsumerClient("${target.consumerGroup}", "${from}", "${hub.name}",${credential}
    new BlobCheckpointStore(new ContainerClient(${store}))),`;
}
