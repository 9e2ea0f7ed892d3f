import type { Target, TargetHub } from "./kind.ts";
import * as fill from "./placeholders.ts";

const modules = "org.apache.kafka.common.security";
const tokensFrom = ({ cloud, tenantId }: Target) => `${cloud.login}/${tenantId}/oauth2/v2.0/token`;

/** The connection string as a password. */
export const withKey = (hub: TargetHub, target: Target) => ({
  "sasl.mechanism": "PLAIN",
  "sasl.jaas.config": `${modules}.plain.PlainLoginModule required username="$ConnectionString" password="${fill.connection(hub, target)}";`,
});

/** A token of an application for the namespace. */
export const withToken = ({ fullyQualifiedNamespace: host }: TargetHub, target: Target) => ({
  "sasl.mechanism": "OAUTHBEARER",
  "sasl.jaas.config": `${modules}.oauthbearer.OAuthBearerLoginModule required clientId="${fill.clientId}" clientSecret="${fill.clientSecret}" scope="https://${host}/.default";`,
  "sasl.oauthbearer.token.endpoint.url": tokensFrom(target),
  "sasl.login.callback.handler.class": `${modules}.oauthbearer.OAuthBearerLoginCallbackHandler`,
});

/** From 4.0 on Kafka asks for tokens only where this property of Java allows it (System Properties, kafka.apache.org). */
export const allowTokens = (target: Target) =>
  `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${tokensFrom(target)}`;
