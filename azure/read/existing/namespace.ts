import type { EventHubManagementClient, Eventhub } from "@azure/arm-eventhub";
import * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { Cloud } from "../../../streaming/cloud/clouds.ts";
import type { ExistingHub, ExistingNamespace, Found } from "../../../streaming/existing/facts.ts";
import { hubFor } from "../../../streaming/existing/hubs.ts";
import { partsOf } from "../../../streaming/existing/ids.ts";
import { normaliseLocation } from "../../../streaming/cloud/regions.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { tiers } from "../../../streaming/eventHubs/tiers.ts";
import { tierOf } from "../namespace.ts";
import { eventHubClient } from "./eventHubClient.ts";
import { found } from "./found.ts";

/** The names of a namespace and the client that lists what is in it. */
interface Inside {
  readonly client: EventHubManagementClient;
  readonly resourceGroupName: string;
  readonly namespaceName: string;
}

/** Reads a namespace with its firewall and all its hubs; of the hubs that the request needs, the consumer groups as well. */
export function readNamespaceFacts(
  resourceId: string,
  request: StreamingRequest,
  cloud: Cloud | undefined,
  options: InvokeOptions,
): Promise<Found<ExistingNamespace>> {
  const { subscriptionId = "", resourceGroupName = "", name: namespaceName = "" } = partsOf(resourceId) ?? {};
  return found(async () => {
    const at = { resourceGroupName, namespaceName };
    const namespace = await eventhub.getNamespace(at, options);
    const tier = tierOf(namespace);
    const { networkRules } = tiers[tier];
    const inside = { ...at, client: await eventHubClient(subscriptionId, cloud) };
    return {
      resourceId: namespace.id,
      tier,
      units: namespace.sku?.capacity ?? 1,
      ceiling: namespace.isAutoInflateEnabled ? (namespace.maximumThroughputUnits ?? 0) : 0,
      location: normaliseLocation(namespace.location ?? ""),
      fullyQualifiedNamespace: new URL(namespace.serviceBusEndpoint).hostname,
      localAuth: !(namespace.disableLocalAuth ?? false),
      minimumTlsVersion: namespace.minimumTlsVersion ?? "1.2",
      publicAccess: namespace.publicNetworkAccess ?? "Enabled",
      firewall: networkRules ? await readFirewall(at, options) : undefined,
      hubs: await readHubs(inside, request),
    };
  });
}

async function readFirewall(
  at: { readonly resourceGroupName: string; readonly namespaceName: string },
  options: InvokeOptions,
): Promise<ExistingNamespace["firewall"]> {
  const rules = await eventhub.getNamespaceNetworkRuleSet(at, options);
  return {
    denies: rules.defaultAction === "Deny",
    trustedServices: rules.trustedServiceAccessEnabled ?? false,
  };
}

async function readHubs(inside: Inside, request: StreamingRequest): Promise<ExistingHub[]> {
  const needed = new Set(request.tables.map((table) => hubFor(table, request).toLowerCase()));
  const hubs: ExistingHub[] = [];
  const { client, resourceGroupName, namespaceName } = inside;
  for await (const hub of client.eventHubs.listByNamespace(resourceGroupName, namespaceName)) {
    const name = hub.name ?? "";
    hubs.push(hubFacts(hub, needed.has(name.toLowerCase()) ? await readConsumerGroups(inside, name) : {}));
  }
  return hubs;
}

function hubFacts(hub: Eventhub, consumerGroups: ExistingHub["consumerGroups"]): ExistingHub {
  const { retentionDescription: retention, messageRetentionInDays = 0 } = hub;
  return {
    name: hub.name ?? "",
    partitionCount: hub.partitionCount ?? 0,
    retentionHours: retention?.retentionTimeInHours ?? messageRetentionInDays * 24,
    compacts: (retention?.cleanupPolicy ?? "Delete") !== "Delete",
    metadata: hub.userMetadata ?? "",
    consumerGroups,
  };
}

async function readConsumerGroups(
  { client, resourceGroupName, namespaceName }: Inside,
  hub: string,
): Promise<Record<string, string>> {
  const groups: Record<string, string> = {};
  for await (const { name, userMetadata } of client.consumerGroups.listByEventHub(
    resourceGroupName,
    namespaceName,
    hub,
  )) {
    if (name !== undefined) groups[name] = userMetadata ?? "";
  }
  return groups;
}
