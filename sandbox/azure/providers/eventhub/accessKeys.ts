import { randomBytes } from "node:crypto";

import { badRequest } from "./error.ts";
import type { Action } from "../../arm/resourceType.ts";
import type { Answer } from "../../http.ts";
import type { Resource } from "../../state.ts";

export function newKeys(): Record<string, string> {
  return { primaryKey: newKey(), secondaryKey: newKey() };
}

function newKey(): string {
  return randomBytes(32).toString("base64");
}

/** POST …/authorizationRules/<rule>/listKeys */
export const listKeys: Action = (rule) => shown(rule);

/** POST …/authorizationRules/<rule>/regenerateKeys with `{ keyType, key? }` */
export const regenerateKeys: Action = (rule, { body }) => {
  const { keyType, key } = (body ?? {}) as { keyType?: string; key?: string };
  if (keyType !== "PrimaryKey" && keyType !== "SecondaryKey") {
    throw badRequest("The property 'keyType' has to be PrimaryKey or SecondaryKey.");
  }
  const name = keyType === "PrimaryKey" ? "primaryKey" : "secondaryKey";
  rule.secrets = { ...rule.secrets, [name]: key ?? newKey() };
  return shown(rule);
};

function shown(rule: Resource): Answer {
  const [, namespace = "", hub] = /\/namespaces\/([^/]+)(?:\/eventhubs\/([^/]+))?/i.exec(rule.id) ?? [];
  const { primaryKey = "", secondaryKey = "" } = rule.secrets ?? {};
  const connection = (key: string) =>
    `Endpoint=sb://${namespace}.servicebus.windows.net/;SharedAccessKeyName=${rule.name};SharedAccessKey=${key}${hub === undefined ? "" : `;EntityPath=${hub}`}`;
  return {
    status: 200,
    body: {
      primaryConnectionString: connection(primaryKey),
      secondaryConnectionString: connection(secondaryKey),
      primaryKey,
      secondaryKey,
      keyName: rule.name,
    },
  };
}
