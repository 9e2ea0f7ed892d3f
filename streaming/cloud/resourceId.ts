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

/** The name of the resource group in the ARM id of what is in it; empty when it is in none. */
export function groupNameIn(resourceId: string): string {
  return /\/resourceGroups\/([^/]+)\//i.exec(resourceId)?.[1] ?? "";
}

/** The form of a subnet's ARM id. */
export const subnetIdForm =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

/** The parts of a subnet's ARM id. */
export interface SubnetId {
  /** The ARM id of its virtual network. */
  readonly virtualNetworkId: string;
  readonly subnetName: string;
}

/** @throws Error when it is not the id of a subnet. */
export function parseSubnetId(resourceId: string): SubnetId {
  if (!subnetIdForm.test(resourceId)) throw new Error(`'${resourceId}' is not the id of a subnet.`);
  const segments = resourceId.split("/");
  return { virtualNetworkId: segments.slice(0, -2).join("/"), subnetName: segments.at(-1) ?? "" };
}

/** The name in a private DNS zone's ARM id, such as `privatelink.servicebus.windows.net`; undefined when it is no such id. */
export function zoneNameIn(resourceId: string): string | undefined {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/([^/]+)$/i.exec(
    resourceId,
  )?.[1];
}
