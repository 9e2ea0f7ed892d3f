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
