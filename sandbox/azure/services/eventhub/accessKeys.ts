import { randomBytes } from "node:crypto";

import { badRequest } from "./error.ts";
import { hostOf } from "./host.ts";
import { namespaceType } from "./namespaceNames.ts";
import { ancestors } from "../../arm/inventory.ts";
import type { Action } from "../../arm/resourceType.ts";
import type { Answer } from "../../http.ts";
import type { Resource, World } from "../../state.ts";

export function newKeys(): Record<string, string> {
  return { primaryKey: newKey(), secondaryKey: newKey() };
}

function newKey(): string {
  return randomBytes(32).toString("base64");
}

/** POST …/authorizationRules/<rule>/listKeys */
export const listKeys: Action = (rule, { world }) => shown(rule, world);

/** POST …/authorizationRules/<rule>/regenerateKeys with `{ keyType, key? }` */
export const regenerateKeys: Action = (rule, { body, world }) => {
  const { keyType, key } = (body ?? {}) as { keyType?: string; key?: string };
  if (keyType !== "PrimaryKey" && keyType !== "SecondaryKey") {
    throw badRequest("The property 'keyType' has to be PrimaryKey or SecondaryKey.");
  }
  const name = keyType === "PrimaryKey" ? "primaryKey" : "secondaryKey";
  rule.secrets = { ...rule.secrets, [name]: key ?? newKey() };
  return shown(rule, world);
};

function shown(rule: Resource, world: World): Answer {
  const [, hub] = /\/eventhubs\/([^/]+)/i.exec(rule.id) ?? [];
  const namespace = ancestors(world, rule.id).find(({ type }) => type === namespaceType);
  const host = namespace ? hostOf(namespace) : "";
  const { primaryKey = "", secondaryKey = "" } = rule.secrets ?? {};
  const connection = (key: string) =>
    `Endpoint=sb://${host}/;SharedAccessKeyName=${rule.name};SharedAccessKey=${key}${hub === undefined ? "" : `;EntityPath=${hub}`}`;
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
