import { fields } from "./fields.ts";
import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

/** The Microsoft Azure Event Hubs protocol (QRadar DSM guide). It creates its containers itself. */
export const qradar: ConsumerKind = {
  title: "QRadar",
  auth: ["sas", "entra"],
  checkpoint: "needed",
  configuration: (target) => ({
    "log-sources.yaml": `# A log source for each hub, entered by hand.\n${target.hubs.map((hub) => logSource(hub, target)).join("")}`,
  }),
};

const logSource = (hub: TargetHub, target: Target) =>
  `- ${fields({
    "Protocol Configuration": "Microsoft Azure Event Hubs",
    "Log Source Identifier": fill.shortHubName(hub),
    "Consumer Group": target.consumerGroup,
    ...(target.auth === "sas" ? sas(hub, target) : entra(hub, target)),
  }).join("  ")}`;

const sas = (hub: TargetHub, target: Target) => ({
  "Authentication Method": "SAS (Shared Access Signature)",
  "Event Hub Connection String": fill.hubConnection(hub, target),
  "Storage Account Connection String": fill.storageConnection(target),
});

const entra = (hub: TargetHub, target: Target) => ({
  "Authentication Method": "Entra ID",
  "Tenant ID": target.tenantId,
  "Client ID": fill.clientId,
  "Client Secret": fill.clientSecret,
  Namespace: fill.namespaceName(hub),
  "Event Hub Name": hub.name,
  "Storage Account Name": fill.storageAccount(target),
});
