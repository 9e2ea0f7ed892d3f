import { fields } from "./fields.ts";
import { allowTokens, withKey, withToken } from "./kafkaSignIn.ts";
import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

/**
 * Kafka's consumer from version 3.4 on (apache-kafka-frequently-asked-questions.yml, MicrosoftDocs/azure-docs). A file for
 * what one token or key opens: a namespace, or a hub with its own rule.
 */
export const kafka: ConsumerKind = {
  title: "Kafka client",
  auth: ["entra", "sas"],
  checkpoint: "none",
  kafka: true,
  configuration: (target) => {
    const nameOf = target.listens === "hub" ? fill.shortHubName : fill.namespaceName;
    return Object.fromEntries(target.hubs.map((hub) => [`${nameOf(hub)}.properties`, file(hub, target)]));
  },
};

function file(hub: TargetHub, target: Target): string {
  const host = hub.fullyQualifiedNamespace;
  const topics =
    target.listens === "hub" ? [hub] : target.hubs.filter((one) => one.fullyQualifiedNamespace === host);
  const properties = {
    "bootstrap.servers": `${host}:9093`,
    "group.id": target.consumerGroup,
    "security.protocol": "SASL_SSL",
    ...(target.auth === "sas" ? withKey(hub, target) : withToken(hub, target)),
  };
  const head = [
    `# Topics: ${topics.map(({ name }) => name).join(", ")}\n`,
    target.auth === "sas" ? "" : `# From Kafka 4.0 on, start Java with ${allowTokens(target)}\n`,
  ];
  return [...head, ...fields(properties, (key, value) => `${key}=${value}`)].join("");
}
