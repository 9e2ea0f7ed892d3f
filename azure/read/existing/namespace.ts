import * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { ExistingHub, ExistingNamespace } from "../../../streaming/existing/facts.ts";
import { hubFor } from "../../../streaming/existing/hubs.ts";
import type { Found } from "../../../streaming/cloud/found.ts";
import { parseId } from "../../../streaming/cloud/resourceId.ts";
import { normalizeLocation } from "../../../streaming/cloud/regions.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { tiers } from "../../../streaming/eventHubs/tiers.ts";
import { readHubs } from "../hubs.ts";
import { tierOf } from "../namespace.ts";
import { apiVersions } from "../../apiVersions.ts";
import type { Arm } from "../../arm.ts";
import { found } from "../../found.ts";

interface ConsumerGroup {
  readonly name: string;
  readonly properties: { readonly userMetadata?: string };
}

/** Reads a namespace with its firewall and all its hubs; of the hubs that the request needs, the consumer groups as well. */
export function readNamespaceFacts(
  resourceId: string,
  request: StreamingRequest,
  arm: Arm,
  options: InvokeOptions,
): Promise<Found<ExistingNamespace>> {
  const { resourceGroupName = "", name: namespaceName = "" } = parseId(resourceId) ?? {};
  return found(async () => {
    const at = { resourceGroupName, namespaceName };
    const namespace = await eventhub.getNamespace(at, options);
    const tier = tierOf(namespace);
    const { networkRules } = tiers[tier];
    return {
      resourceId: namespace.id,
      tier,
      units: namespace.sku?.capacity ?? 1,
      ceiling: namespace.isAutoInflateEnabled ? (namespace.maximumThroughputUnits ?? 0) : 0,
      location: normalizeLocation(namespace.location ?? ""),
      fullyQualifiedNamespace: new URL(namespace.serviceBusEndpoint).hostname,
      localAuth: !(namespace.disableLocalAuth ?? false),
      minimumTlsVersion: namespace.minimumTlsVersion ?? "1.2",
      publicAccess: namespace.publicNetworkAccess ?? "Enabled",
      firewall: networkRules ? await readFirewall(at, options) : undefined,
      hubs: await readHubsWithGroups(arm, resourceId, request),
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

async function readHubsWithGroups(
  arm: Arm,
  namespaceId: string,
  request: StreamingRequest,
): Promise<ExistingHub[]> {
  const needed = new Set(request.tables.map((table) => hubFor(table, request).toLowerCase()));
  const hubs = await readHubs(arm, namespaceId);
  return Promise.all(
    hubs.map(async (hub) => ({
      ...hub,
      consumerGroups: needed.has(hub.name.toLowerCase())
        ? await readConsumerGroups(arm, `${namespaceId}/eventhubs/${hub.name}`)
        : {},
    })),
  );
}

async function readConsumerGroups(arm: Arm, hubId: string): Promise<Record<string, string>> {
  const groups = await arm.list<ConsumerGroup>(`${hubId}/consumergroups`, apiVersions.eventHubLists);
  return Object.fromEntries(groups.map(({ name, properties }) => [name, properties.userMetadata ?? ""]));
}
