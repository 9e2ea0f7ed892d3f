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

/** The parts of a user-assigned identity's ARM id. */
export interface IdentityId {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly identityName: string;
}

const identityIdPattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/([^/]+)$/i;

export const isIdentityId = (resourceId: string): boolean => identityIdPattern.test(resourceId);

/** @throws Error when it is not the id of a user-assigned identity. */
export function parseIdentityId(resourceId: string): IdentityId {
  const match = identityIdPattern.exec(resourceId);
  if (!match) throw new Error(`'${resourceId}' is not the id of a user-assigned identity.`);
  return { subscriptionId: match[1] ?? "", resourceGroupName: match[2] ?? "", identityName: match[3] ?? "" };
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
