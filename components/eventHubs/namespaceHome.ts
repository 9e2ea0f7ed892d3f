import type * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { UsedNamespace, PlannedNamespace } from "../../streaming/planned.ts";

/** The namespace of the hubs: a new or an existing one. */
export interface NamespaceHome {
  /** The new one. */
  readonly namespace: eventhub.Namespace | undefined;
  readonly resourceId: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly namespaceName: pulumi.Output<string>;
  readonly fullyQualifiedNamespace: pulumi.Output<string>;
  /** What it has now, which auto-inflate may have raised. */
  readonly throughputUnits: pulumi.Output<number>;
  /** Auto-inflate's ceiling; 0: it is off. */
  readonly maximumThroughputUnits: pulumi.Output<number>;
}

export function newHome(
  namespace: eventhub.Namespace,
  resourceGroupName: pulumi.Input<string>,
  planned: PlannedNamespace,
): NamespaceHome {
  return {
    namespace,
    resourceId: namespace.id,
    resourceGroupName,
    namespaceName: namespace.name,
    fullyQualifiedNamespace: namespace.serviceBusEndpoint.apply((endpoint) => new URL(endpoint).hostname),
    throughputUnits: namespace.sku.apply((sku) => sku?.capacity ?? planned.throughputUnits),
    maximumThroughputUnits: pulumi
      .all([namespace.isAutoInflateEnabled, namespace.maximumThroughputUnits])
      .apply(([enabled, ceiling]) => (enabled === true ? (ceiling ?? 0) : 0)),
  };
}

/** Nothing is registered for it: neither it nor its rule set enters the state. */
export function existingHome(used: UsedNamespace): NamespaceHome {
  return {
    namespace: undefined,
    resourceId: pulumi.output(used.resourceId),
    resourceGroupName: used.resourceGroupName,
    namespaceName: pulumi.output(used.name),
    fullyQualifiedNamespace: pulumi.output(used.fullyQualifiedNamespace),
    throughputUnits: pulumi.output(used.units),
    maximumThroughputUnits: pulumi.output(used.ceiling),
  };
}
