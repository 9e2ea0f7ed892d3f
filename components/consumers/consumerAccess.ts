import * as eventhub from "@pulumi/azure-native/eventhub/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { checkpointContainerOf } from "../../streaming/consumers/checkpoints.ts";
import {
  configurationOf,
  deliveredTo,
  secretNameOf,
  sharedAccessRulesOf,
  storeKeyCommand,
  type ReadNamespace,
} from "../../streaming/consumers/configuration.ts";
import { listenRuleOf, type Provision } from "../../streaming/consumers/provision.ts";
import type { CheckpointStoreConfiguration, ConsumerConfiguration } from "../../streaming/outputs.ts";
import type { PlannedConsumer, PlannedHub } from "../../streaming/planned.ts";
import { KeyDelivery } from "../dynamic/keyDelivery.ts";
import { formerly } from "../formerly.ts";
import type { Turns } from "../turns.ts";
import type { GrantScope, PrincipalGrant } from "../roles/roleAssignments.ts";
import { CheckpointStore } from "./checkpointStore.ts";

/** A namespace that the consumer reads. */
export interface ReadableNamespace {
  /** Its key in the plan. Example: `ns1`. */
  key: string;
  resourceGroupName: pulumi.Input<string>;
  namespaceName: pulumi.Input<string>;
  resourceId: pulumi.Input<string>;
  fullyQualifiedNamespace: pulumi.Input<string>;
  /** As planned. */
  hubs: readonly PlannedHub[];
  /** The hubs' names once they exist, by themselves. */
  hubNames: Readonly<Record<string, pulumi.Input<string>>>;
  /** The order of policies. */
  turns: Turns;
}

/** One consumer of the hubs, and what it reads. */
export interface ConsumerAccessArgs {
  consumer: PlannedConsumer;
  principal: PrincipalGrant["principal"];
  namespaces: readonly ReadableNamespace[];
  /** The tenant of the subscription, a GUID: where the client signs in. */
  tenantId: pulumi.Input<string>;
  cloud: Cloud;
  /** The resource group of a checkpoint store. */
  resourceGroupName: pulumi.Input<string>;
  /** The region of a checkpoint store. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** Tags of a checkpoint store. Default: none. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * What a consumer needs beyond its roles: shared access rules with exactly Listen, and a store for its checkpoints. Consumer groups
 * are the hubs' own. No key is read unless `deliverKeyTo` or `revealKey` asks for it.
 */
export class ConsumerAccess extends pulumi.ComponentResource {
  readonly consumerName: string;
  readonly configuration: pulumi.Output<ConsumerConfiguration>;
  /** Connection strings by what they open: a hub or a namespace. Secret, and with `revealKey` only. */
  readonly keys: pulumi.Output<Record<string, string>> | undefined;
  /** The consumer's role on the containers of its store. */
  readonly grantScopes: readonly GrantScope[];
  /** The resources underneath. */
  readonly nodes: {
    readonly rules: readonly (eventhub.EventHubAuthorizationRule | eventhub.NamespaceAuthorizationRule)[];
    readonly checkpointStore: CheckpointStore | undefined;
  };

  constructor(name: string, args: ConsumerAccessArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:ConsumerAccess", name, {}, options);
    const { provision, storeGrant } = args.consumer;
    const store = createStore(this, name, args, provision);
    const rules = args.namespaces.flatMap((namespace) => createRules(this, name, namespace, provision));

    deliverKeys(this, args, rules);
    this.consumerName = args.consumer.name;
    this.configuration = configuration(args, provision, store);
    this.keys = args.consumer.revealKey ? keysOf(rules) : undefined;
    this.grantScopes = Object.entries(store?.nodes.containers ?? {}).map(([container, { id }]) => ({
      name: `${provision.key}-${container}`,
      id,
      grants: [{ ...storeGrant, principal: args.principal }],
    }));
    this.nodes = { rules: rules.map(({ rule }) => rule), checkpointStore: store };
    this.registerOutputs({ configuration: this.configuration });
  }
}

function createStore(
  parent: pulumi.Resource,
  name: string,
  { namespaces, resourceGroupName, location, tags }: ConsumerAccessArgs,
  provision: Provision,
): CheckpointStore | undefined {
  if (!provision.checkpoint) return undefined;
  const hubs = namespaces.flatMap((namespace) => namespace.hubs);
  const containers = hubs.flatMap((hub) => checkpointContainerOf(provision, hub.name) ?? []);
  return new CheckpointStore(
    `${name}-checkpoints`,
    {
      needs: provision.checkpoint,
      containers: [...new Set(containers)],
      resourceGroupName,
      location,
      tags,
    },
    { parent },
  );
}

/** A rule, its name in the program, what it opens, and the way to its keys. */
interface Rule {
  readonly name: string;
  /** The name of the rule whose place it takes. */
  readonly former?: string | undefined;
  readonly rule: eventhub.EventHubAuthorizationRule | eventhub.NamespaceAuthorizationRule;
  readonly opens: pulumi.Input<string>;
  readonly keys: () => pulumi.Output<{ primaryConnectionString: string }>;
}

function createRules(
  parent: pulumi.Resource,
  name: string,
  namespace: ReadableNamespace,
  provision: Provision,
): Rule[] {
  const { namespaceName, resourceGroupName, hubNames, turns } = namespace;
  const at = { resourceGroupName, namespaceName };
  const listen = { ...at, authorizationRuleName: listenRuleOf(provision), rights: ["Listen"] };
  if (provision.listens === "namespace") {
    const ruleName = `${name}-${namespace.key}`;
    const rule = turns.take(
      "",
      (dependsOn) => new eventhub.NamespaceAuthorizationRule(ruleName, listen, { parent, dependsOn }),
    );
    const keys = () =>
      eventhub.listNamespaceKeysOutput({ ...at, authorizationRuleName: rule.name }, { parent });
    return [{ name: ruleName, rule, opens: namespaceName, keys }];
  }
  if (provision.listens === undefined) return [];
  return namespace.hubs.map(({ name: hub, shortName, replaces }) => {
    const inHub = { ...at, eventHubName: hubNames[hub] ?? hub };
    const ruleName = `${name}-${namespace.key}-${shortName}`;
    const former = replaces && `${name}-${namespace.key}-${replaces}`;
    const inputs = { ...listen, ...inHub };
    const rule = turns.take(
      hub,
      (dependsOn) =>
        new eventhub.EventHubAuthorizationRule(ruleName, inputs, { parent, dependsOn, ...formerly(former) }),
    );
    const keys = () =>
      eventhub.listEventHubKeysOutput({ ...inHub, authorizationRuleName: rule.name }, { parent });
    return { name: ruleName, former, rule, opens: hub, keys };
  });
}

function configuration(
  { consumer, namespaces, tenantId, cloud }: ConsumerAccessArgs,
  provision: Provision,
  store: CheckpointStore | undefined,
): pulumi.Output<ConsumerConfiguration> {
  const read = namespaces.map(({ resourceId, fullyQualifiedNamespace, hubs }) =>
    pulumi.output({ resourceId, fullyQualifiedNamespace }).apply((namespace) => ({ ...namespace, hubs })),
  );
  const checkpoints =
    store && pulumi.output({ resourceId: store.resourceId, blobEndpoint: store.blobEndpoint });
  return pulumi
    .all([pulumi.all(read), checkpoints, tenantId])
    .apply(([namespaces, checkpointStore, tenantId]) => ({
      name: consumer.name,
      kind: consumer.kind ?? "",
      auth: provision.auth,
      consumerGroup: provision.consumerGroup,
      sharedAccessRules: namespaces
        .flatMap((namespace) => sharedAccessRulesOf(provision, namespace))
        .map((rule) => deliveredTo(consumer.deliverKeyTo, rule)),
      ...(checkpointStore && { checkpointStore: storeConfiguration(checkpointStore, namespaces, provision) }),
      files: consumer.kind
        ? configurationOf(consumer.kind, provision, { tenantId, cloud, namespaces, checkpointStore })
        : {},
    }));
}

function storeConfiguration(
  { resourceId, blobEndpoint }: { resourceId: string; blobEndpoint: string },
  namespaces: readonly ReadNamespace[],
  provision: Provision,
): CheckpointStoreConfiguration {
  const hubs = namespaces.flatMap((namespace) => namespace.hubs.map(({ name }) => name));
  const sharedKey = provision.checkpoint && provision.checkpoint.sharedKey;
  return {
    resourceId,
    blobEndpoint,
    containers: Object.fromEntries(hubs.map((hub) => [hub, checkpointContainerOf(provision, hub) ?? ""])),
    command: sharedKey ? storeKeyCommand(resourceId) : "",
  };
}

function deliverKeys(parent: pulumi.Resource, args: ConsumerAccessArgs, rules: readonly Rule[]): void {
  const { cloud, consumer } = args;
  if (consumer.deliverKeyTo === undefined) return;
  for (const { name, former, rule } of rules) {
    new KeyDelivery(
      name,
      { ruleId: rule.id, vaultId: consumer.deliverKeyTo, secretName: rule.id.apply(secretNameOf), cloud },
      { parent, ...formerly(former) },
    );
  }
}

function keysOf(rules: readonly Rule[]): pulumi.Output<Record<string, string>> {
  const strings = rules.map(({ opens, keys }) => pulumi.all([opens, keys().primaryConnectionString]));
  return pulumi.secret(pulumi.all(strings).apply((pairs) => Object.fromEntries(pairs)));
}
