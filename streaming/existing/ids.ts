import { armTypes, parseId } from "../cloud/resourceId.ts";
import type { Mistake } from "../wording/mistakes.ts";

/** A type of Azure resource that a request names by its id. */
export interface ExistingType {
  /** With its article. */
  readonly what: string;
  /** As it stands in ids. Resource groups have none. */
  readonly type?: string;
  /** Prints the ids of all of them. */
  readonly list: string;
}

const az = (command: string) => `az ${command} --query "[].id" --output tsv`;

export const resourceGroupKind: ExistingType = { what: "a resource group", list: az("group list") };
export const namespaceKind: ExistingType = {
  what: "an Event Hubs namespace",
  type: armTypes.namespace,
  list: az("eventhubs namespace list"),
};
export const clusterKind: ExistingType = {
  what: "an Event Hubs cluster",
  type: "Microsoft.EventHub/clusters",
  list: az("eventhubs cluster list"),
};
export const accountKind: ExistingType = {
  what: "a storage account",
  type: armTypes.storageAccount,
  list: az("storage account list"),
};

/** What is wrong with an id alone: it is malformed, or of another type of resource. */
export function idMistakes(key: string, value: string | undefined, kind: ExistingType): Mistake[] {
  if (value === undefined) return [];
  const found = parseId(value);
  if (found && kind.type?.toLowerCase() === found.type?.toLowerCase()) return [];
  const is = found ? ` This id has the type ${found.type ?? "resource group"}.` : "";
  return [
    {
      key,
      value,
      rule: `It must be the id of ${kind.what}.${is}`,
      fix: `Write ${exampleOf(kind)}; \`${kind.list}\` lists yours.`,
    },
  ];
}

function exampleOf({ type }: ExistingType): string {
  const group = "/subscriptions/<id>/resourceGroups/<group>";
  return type === undefined ? group : `${group}/providers/${type}/<name>`;
}
