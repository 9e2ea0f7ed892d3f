/** The parts of the ARM id of a resource group, or of something in one. */
export interface ArmId {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  /** Such as `Microsoft.EventHub/namespaces`; undefined for a resource group. */
  readonly type: string | undefined;
  /** The last name in it. */
  readonly name: string;
}

/** Types of the resources whose ids are read here, as they stand in ids. */
export const armTypes = {
  identity: "Microsoft.ManagedIdentity/userAssignedIdentities",
  keyVault: "Microsoft.KeyVault/vaults",
  namespace: "Microsoft.EventHub/namespaces",
  storageAccount: "Microsoft.Storage/storageAccounts",
  subnet: "Microsoft.Network/virtualNetworks/subnets",
  zone: "Microsoft.Network/privateDnsZones",
} as const;

/** The parts of an ARM id; undefined when it is no such id. */
export function parseId(id: string): ArmId | undefined {
  const match =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+)((?:\/[^/]+\/[^/]+)+))?$/i.exec(
      id,
    );
  if (!match) return undefined;
  const [, subscriptionId = "", resourceGroupName = "", provider, path = ""] = match;
  const segments = path.split("/").slice(1);
  const types = segments.filter((_, index) => index % 2 === 0);
  return {
    subscriptionId,
    resourceGroupName,
    type: provider === undefined ? undefined : [provider, ...types].join("/"),
    name: segments.at(-1) ?? resourceGroupName,
  };
}

/** Azure ignores the letter case of types. */
export function isIdOf(type: string, id: string): boolean {
  return parseId(id)?.type?.toLowerCase() === type.toLowerCase();
}

/** The parts of an ARM id of this type. @throws Error when it is no such id */
export function parseIdOf(type: string, id: string): ArmId {
  const parts = isIdOf(type, id) ? parseId(id) : undefined;
  if (!parts) throw new Error(`'${id}' is not the id of a resource of the type ${type}.`);
  return parts;
}

/** The last name in an ARM id of any form. */
export const nameIn = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** The ARM id of what a nested resource is in: of a subnet, its virtual network. */
export const parentOf = (id: string): string => id.split("/").slice(0, -2).join("/");

/** Whether a resource is in another resource group than this one; no if the group is unknown. */
export function isInOtherGroup(id: string, group: string | undefined): boolean {
  const now = parseId(id)?.resourceGroupName;
  return group !== undefined && now !== undefined && now.toLowerCase() !== group.toLowerCase();
}
