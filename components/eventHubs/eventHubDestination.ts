import * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { EncryptionKey } from "../../streaming/cloud/encryptionKey.ts";
import { hasZones } from "../../streaming/cloud/regions.ts";
import {
  consumerGroupInputs,
  hubInputs,
  namespaceInputs,
  policyInputs,
  ruleSetInputs,
} from "../../streaming/eventHubs/body.ts";
import { replacementKeyOf } from "../../streaming/eventHubs/liveNamespace.ts";
import { tiers } from "../../streaming/eventHubs/tiers.ts";
import type { PlannedHub, PlannedNamespace } from "../../streaming/planned.ts";
import { Turns } from "../turns.ts";
import { formerly } from "../formerly.ts";
import { fromLocation } from "../location.ts";
import { newHome, type NamespaceHome, existingHome } from "./namespaceHome.ts";

/** One namespace of the plan, and where it is created. */
export interface EventHubDestinationArgs {
  /** The namespace as planned: tier, units, hubs. Example: `plan.namespaces[0]`. */
  namespace: PlannedNamespace;
  /** The resource group's name; it is not used for an existing namespace. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** The Azure region; another one is a replacement. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** Encrypts the namespace, from Premium on; turning it on or off is a replacement. Default: a key of Microsoft's. */
  encryption?: EncryptionKey<pulumi.Input<string>> | undefined;
  /** Tags of the namespace; hubs have none in Azure. Default: none. Example: `{ owner: "soc" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * An Event Hubs namespace that Defender can write to: its hubs, their consumer groups, and a network rule set that
 * lets trusted Microsoft services in (Basic has none).
 *
 * What Azure can't change in place is declared here as a replacement, because azure-native would send the change and
 * Azure refuse it in the middle of an update: tier to or from Premium, location, encryption on or off, and the number of
 * partitions (below Premium any change, from Premium on a smaller number).
 */
export class EventHubDestination extends pulumi.ComponentResource {
  /** The namespace's ARM id: what the Defender portal asks for. */
  readonly resourceId: pulumi.Output<string>;
  /** The namespace's name. */
  readonly namespaceName: pulumi.Output<string>;
  /** The host that consumers connect to, such as `name.servicebus.windows.net`. */
  readonly fullyQualifiedNamespace: pulumi.Output<string>;
  /** The units that the namespace has now, which auto-inflate may have raised. */
  readonly throughputUnits: pulumi.Output<number>;
  /** Auto-inflate's ceiling; 0 when it is off. */
  readonly maximumThroughputUnits: pulumi.Output<number>;
  /** The resources underneath. */
  readonly nodes: {
    /** Undefined: it is an existing namespace. */
    readonly namespace: eventhub.Namespace | undefined;
    readonly ruleSet: eventhub.NamespaceNetworkRuleSet | undefined;
    readonly hubs: Record<string, eventhub.EventHub>;
  };
  /** The order of what is below a hub, by its name, and of the namespace's own policies, by "". */
  readonly turns = new Turns();

  constructor(name: string, args: EventHubDestinationArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:EventHubDestination", name, {}, options);
    const { namespace: planned } = args;
    const { networkRules } = tiers[planned.tier];

    const home = planned.existing
      ? existingHome(planned.existing)
      : newHome(createNamespace(this, name, args), args.resourceGroupName, planned);
    const { namespace, resourceGroupName, namespaceName } = home;
    const at = { resourceGroupName, namespaceName };
    const ruleSet =
      namespace && networkRules
        ? new eventhub.NamespaceNetworkRuleSet(
            name,
            { ...at, ...ruleSetInputs(planned) },
            // Kept when it leaves the program: azure-native would not delete it but close the namespace to everybody.
            { parent: this, retainOnDelete: true },
          )
        : undefined;
    const hubs = Object.fromEntries(
      planned.hubs.map((hub) => {
        const hubOptions: pulumi.CustomResourceOptions = {
          parent: this,
          protect: hub.isProtected,
          replaceOnChanges: hub.partitions === "replace" ? ["partitionCount"] : [],
          // In the same namespace two hubs of one name cannot be; in a new namespace the old one stays until the new one is.
          deleteBeforeReplace: !planned.isReplaced,
          ...adoption(hub),
        };
        return [hub.name, createHub(name, at, planned, hub, hubOptions, this.turns)];
      }),
    );

    this.resourceId = home.resourceId;
    this.namespaceName = home.namespaceName;
    this.fullyQualifiedNamespace = home.fullyQualifiedNamespace;
    this.throughputUnits = home.throughputUnits;
    this.maximumThroughputUnits = home.maximumThroughputUnits;
    this.nodes = { namespace, ruleSet, hubs };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}

function createNamespace(
  parent: pulumi.Resource,
  name: string,
  args: EventHubDestinationArgs,
): eventhub.Namespace {
  const { namespace: planned, location, encryption, tags } = args;
  return new eventhub.Namespace(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      location,
      ...namespaceInputs(planned, { zoneRedundant: zones(location), key: encryption }),
      tags,
    },
    {
      parent,
      protect: planned.isProtected,
      replacementTrigger: fromLocation(location, (region) => replacementKeyOf(planned, region)),
    },
  );
}

/** True where the region has zones, else nothing. */
function zones(location: pulumi.Input<string>): pulumi.Input<boolean> | undefined {
  // Undefined is not sent, which the SDK's types don't say.
  return fromLocation(location, (region) => hasZones(region) || undefined) as
    pulumi.Input<boolean> | undefined;
}

function createHub(
  destination: string,
  at: Pick<NamespaceHome, "resourceGroupName" | "namespaceName">,
  namespace: PlannedNamespace,
  planned: PlannedHub,
  options: pulumi.CustomResourceOptions,
  turns: Turns,
): eventhub.EventHub {
  const { parent } = options;
  const name = `${destination}-${planned.shortName}`;
  const was = (below = "") => formerly(planned.replaces && `${destination}-${planned.replaces}${below}`);
  const hub = new eventhub.EventHub(
    name,
    { ...at, ...hubInputs(planned, namespace) },
    { ...options, ...was() },
  );
  const inHub = { ...at, eventHubName: hub.name };
  for (const group of planned.consumerGroups) {
    const inputs = { ...inHub, ...consumerGroupInputs(group, namespace) };
    turns.take(
      planned.name,
      (dependsOn) =>
        new eventhub.ConsumerGroup(`${name}-${group}`, inputs, { parent, dependsOn, ...was(`-${group}`) }),
    );
  }
  if (planned.hasPolicy) {
    const inputs = { ...inHub, ...policyInputs };
    turns.take(
      planned.name,
      (dependsOn) =>
        new eventhub.EventHubAuthorizationRule(`${name}-send-listen`, inputs, {
          parent,
          dependsOn,
          ...was("-send-listen"),
        }),
    );
  }
  return hub;
}

/**
 * A hub that was there before enters the state as it is, and leaves it without being deleted. What its owner
 * set beside partitions and retention stays.
 */
function adoption({ adopted }: PlannedHub): pulumi.CustomResourceOptions {
  if (!adopted) return {};
  return {
    import: adopted,
    retainOnDelete: true,
    ignoreChanges: ["captureDescription", "userMetadata", "status"],
  };
}
