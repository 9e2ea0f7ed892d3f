import { nameIn } from "../cloud/resourceId.ts";
import type { StreamingRequest } from "../request.ts";
import type { ExistingFacts, ExistingHub, ExistingNamespace } from "./facts.ts";
import { existingNamespaces } from "./existing.ts";

/**
 * The existing resources of a request, assumed to be as the request needs them, to plan without reading Azure. Undefined if it
 * names none.
 */
export function assumedFacts(request: StreamingRequest, subscriptionId: string): ExistingFacts | undefined {
  const { existing = {}, clusterId, tier, throughputUnits } = request;
  if (request.existing === undefined && clusterId === undefined) return undefined;
  const adopted = (Array.isArray(existing.adoptHubs) ? (existing.adoptHubs as readonly string[]) : []).map(
    (name): ExistingHub => ({
      name,
      partitionCount: request.partitionCount,
      retentionHours: request.retentionHours,
      compacts: false,
      metadata: "",
      consumerGroups: {},
    }),
  );
  const namespace = (resourceId: string): ExistingNamespace => ({
    resourceId,
    tier,
    units: throughputUnits,
    ceiling: 0,
    location: "",
    fullyQualifiedNamespace: "",
    localAuth: true,
    minimumTlsVersion: "1.2",
    publicAccess: "Enabled",
    firewall: { denies: false, trustedServices: true },
    hubs: adopted,
  });
  const { accountId, resourceGroupId } = existing;
  return {
    subscriptionId,
    location: undefined,
    mark: "",
    own: [],
    deployed: {},
    resourceGroup:
      resourceGroupId === undefined
        ? undefined
        : { resourceId: resourceGroupId, name: nameIn(resourceGroupId) },
    namespaces: Object.fromEntries(existingNamespaces(existing).map(([key, id]) => [key, namespace(id)])),
    cluster:
      clusterId === undefined
        ? undefined
        : { resourceId: clusterId, location: "", units: Infinity, namespaces: [] },
    account:
      accountId === undefined
        ? undefined
        : {
            resourceId: accountId,
            kind: "StorageV2",
            sku: "Standard_GRS",
            location: "",
            blobEndpoint: "",
            partitionedDns: false,
            hierarchicalNamespace: false,
            minimumTlsVersion: "TLS1_2",
            httpsOnly: true,
            sharedKeyAccess: true,
            anonymousBlobs: false,
            publicAccess: "Enabled",
            firewall: { denies: false, trustedServices: true, waysIn: 0 },
            versioning: false,
            softDelete: true,
            deletesOld: true,
            containers: {},
          },
  };
}
