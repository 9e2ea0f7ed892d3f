import type {
  ExistingAccount,
  ExistingFacts,
  ExistingHub,
  ExistingNamespace,
} from "../../../streaming/existing/facts.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";

export const subscription = "00000000-0000-0000-0000-000000000001";
export const group = `/subscriptions/${subscription}/resourceGroups/rg`;
export const namespaceId = (name = "contoso") => `${group}/providers/Microsoft.EventHub/namespaces/${name}`;
export const clusterId = `${group}/providers/Microsoft.EventHub/clusters/contoso`;
export const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/contoso`;

/** A request for namespaces on a cluster. */
export const dedicated: Partial<StreamingRequest> = { tier: "Dedicated", throughputUnits: 1, clusterId };

/** A hub of somebody else's. */
export function hub(name: string, changes: Partial<ExistingHub> = {}): ExistingHub {
  return {
    name,
    partitionCount: 4,
    retentionHours: 24,
    compacts: false,
    metadata: "",
    consumerGroups: { $Default: "" },
    ...changes,
  };
}

/** So many hubs that have nothing to do with Defender. */
export const otherHubs = (count: number): ExistingHub[] =>
  Array.from({ length: count }, (_, index) => hub(`other-${index}`));

/** A Standard namespace that Defender can write to, and nothing in it. */
export function namespace(changes: Partial<ExistingNamespace> = {}): ExistingNamespace {
  return {
    resourceId: namespaceId(),
    tier: "Standard",
    units: 2,
    ceiling: 0,
    location: "westeurope",
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    localAuth: true,
    minimumTlsVersion: "1.2",
    publicAccess: "Enabled",
    firewall: { denies: false, trustedServices: true },
    hubs: [],
    ...changes,
  };
}

/** An account that Defender can write to, set up as it should be. */
export function account(changes: Partial<ExistingAccount> = {}): ExistingAccount {
  return {
    resourceId: accountId,
    kind: "StorageV2",
    sku: "Standard_GRS",
    location: "westeurope",
    blobEndpoint: "https://contoso.blob.core.windows.net/",
    partitionedDns: false,
    hierarchicalNamespace: false,
    minimumTlsVersion: "TLS1_2",
    httpsOnly: true,
    sharedKeyAccess: true,
    anonymousBlobs: false,
    publicAccess: "Enabled",
    firewall: { denies: true, trustedServices: true, waysIn: 0 },
    versioning: false,
    softDelete: true,
    deletesOld: true,
    containers: {},
    ...changes,
  };
}

/** What was read, before the first deployment: a cluster with one capacity unit, and what the changes say. */
export function facts(changes: Partial<ExistingFacts> = {}): ExistingFacts {
  return {
    subscriptionId: subscription,
    location: "westeurope",
    mark: "defender-streaming project/stack",
    own: [],
    deployed: {},
    namespaces: {},
    cluster: { resourceId: clusterId, location: "westeurope", units: 1, namespaces: [] },
    ...changes,
  };
}
