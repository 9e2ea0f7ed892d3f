/** The inputs, in azure-native's shape, of a private endpoint. Its name and target are known in the deployment only. */
export const endpointInputs = <Id>({
  subnetId,
  groupId,
  name,
  targetId,
}: {
  readonly subnetId: string;
  readonly groupId: string;
  readonly name?: string;
  readonly targetId?: Id;
}) => ({
  subnet: { id: subnetId },
  privateLinkServiceConnections: [{ name, privateLinkServiceId: targetId, groupIds: [groupId] }],
});

/** The inputs of a private DNS zone. */
export const zoneInputs = { location: "global" };

/** The inputs of the link that lets a virtual network resolve a zone. */
export const zoneLinkInputs = (virtualNetworkId: string) => ({
  ...zoneInputs,
  virtualNetwork: { id: virtualNetworkId },
  registrationEnabled: false,
});
