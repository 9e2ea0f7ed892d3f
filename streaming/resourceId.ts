/** The parts of an Event Hubs namespace's ARM id. */
export interface NamespaceId {
  readonly resourceGroupName: string;
  readonly namespaceName: string;
}

/** @throws Error when it is not the id of an Event Hubs namespace. */
export function parseNamespaceId(resourceId: string): NamespaceId {
  const match = /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.EventHub\/namespaces\/([^/]+)$/i.exec(
    resourceId,
  );
  if (!match) throw new Error(`'${resourceId}' is not the id of an Event Hubs namespace.`);
  return { resourceGroupName: match[1] ?? "", namespaceName: match[2] ?? "" };
}

/** The parts of a storage account's ARM id. */
export interface AccountId {
  readonly resourceGroupName: string;
  readonly accountName: string;
}

/** @throws Error when it is not the id of a storage account. */
export function parseAccountId(resourceId: string): AccountId {
  const match = /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Storage\/storageAccounts\/([^/]+)$/i.exec(
    resourceId,
  );
  if (!match) throw new Error(`'${resourceId}' is not the id of a storage account.`);
  return { resourceGroupName: match[1] ?? "", accountName: match[2] ?? "" };
}
