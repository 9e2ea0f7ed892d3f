import { fields } from "./fields.ts";
import type { ConsumerKind, Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

/**
 * Kafka's consumer from version 3.4 on (apache-kafka-frequently-asked-questions.yml, MicrosoftDocs/azure-docs). A file for
 * what one token or key opens: a namespace, or a hub with a rule of its own.
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

const modules = "org.apache.kafka.common.security";
function file(hub: TargetHub, target: Target): string {
  const host = hub.fullyQualifiedNamespace;
  const topics =
    target.listens === "hub" ? [hub] : target.hubs.filter((one) => one.fullyQualifiedNamespace === host);
  const plain = `${modules}.plain.PlainLoginModule required username="$ConnectionString" password="${fill.connection(hub, target)}";`;
  const bearer = `${modules}.oauthbearer.OAuthBearerLoginModule required clientId="${fill.clientId}" clientSecret="${fill.clientSecret}" scope="https://${host}/.default";`;
  const properties = {
    "bootstrap.servers": `${host}:9093`,
    "group.id": target.consumerGroup,
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": target.auth === "sas" ? "PLAIN" : "OAUTHBEARER",
    "sasl.jaas.config": target.auth === "sas" ? plain : bearer,
    ...(target.auth === "entra" && {
      "sasl.oauthbearer.token.endpoint.url": `${target.cloud.login}/${target.tenantId}/oauth2/v2.0/token`,
      "sasl.login.callback.handler.class": `${modules}.oauthbearer.OAuthBearerLoginCallbackHandler`,
    }),
  };
  const head = `# Topics: ${topics.map(({ name }) => name).join(", ")}\n`;
  return [head, ...fields(properties, (key, value) => `${key}=${value}`)].join("");
}
