import { getClientConfigOutput } from "@pulumi/azure-native/authorization/index.js";
import type { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { DestinationKind } from "../streaming/defender/destinations.ts";
import type { Outputs } from "../streaming/outputs.ts";
import type { Consumer, PortalUser } from "../streaming/people/principals.ts";
import type { Plan } from "../streaming/planned.ts";
import { grants } from "../streaming/roles/roles.ts";
import { commonScopes } from "../streaming/roles/standingScopes.ts";
import { createConsumerAccess, keysByConsumer } from "./consumers/hubConsumers.ts";
import { DeletionLocks } from "./deletionLocks.ts";
import { EndpointIntegration } from "./dynamic/endpointIntegration.ts";
import { ProviderRegistration } from "./dynamic/providerRegistration.ts";
import { EncryptionIdentity } from "./encryption/encryptionIdentity.ts";
import { EventHubDestination } from "./eventHubs/eventHubDestination.ts";
import { PrivateEndpoints } from "./network/privateEndpoints.ts";
import {
  at,
  type Accounts,
  consumerConnections,
  deployedAccounts,
  deployedNamespaces,
  type Destination,
  type Destinations,
  exportSettings,
} from "./outputs.ts";
import { type GrantScope, RoleAssignments } from "./roles/roleAssignments.ts";
import { StackResourceGroup } from "./stackResourceGroup.ts";
import { StorageDestination } from "./storage/storageDestination.ts";
import { type TagArgs, tagsFor } from "./tags.ts";

/** What the Azure side of Defender streaming is created from. */
export interface DefenderStreamingArgs extends TagArgs {
  /** Everything that is decided. Example: `decide(request, known).plan`. */
  plan: Plan;
  /** The Azure region of everything. Example: `westeurope`, or `group.location`. */
  location: pulumi.Input<string>;
  /**
   * Who saves the export settings in the Defender portal, and how they have their role (`access`). Default: nobody.
   * Example: `decide(request, known).portalUsers`.
   */
  portalUsers?: readonly PortalUser<pulumi.Input<string>>[];
  /** Which applications read the events. Default: none. Example: `makeApplications(…).consumers`. */
  consumers?: readonly Consumer<pulumi.Input<string>>[];
  /**
   * What the names of the export settings begin with; unique in the tenant. Default: the component's name.
   * Example: `contoso-prod`, for `contoso-prod-export1`.
   */
  exportSettingPrefix?: pulumi.Input<string>;
  /** How long to wait for the registration of each resource provider, in minutes. Default: 15. */
  registration?: { timeoutMinutes?: pulumi.Input<number> };
}

/** The stack outputs; README explains each. */
export type DefenderStreamingOutputs = Pick<
  DefenderStreaming,
  | "exportSettings"
  | "portal"
  | "namespaces"
  | "accounts"
  | "consumers"
  | "consumerConfiguration"
  | "consumerKeys"
  | "requiredRoleAssignments"
  | "placement"
>;

/** The Azure side of Defender streaming: a resource group with the namespaces and the storage account of a plan, and who may use them. */
export class DefenderStreaming extends pulumi.ComponentResource {
  readonly exportSettings: pulumi.Output<Outputs["exportSettings"]>;
  readonly namespaces: pulumi.Output<Outputs["namespaces"]>;
  readonly accounts: pulumi.Output<Outputs["accounts"]>;
  readonly consumers: pulumi.Output<Outputs["consumers"]>;
  /** What the clients of consumers need beyond roles. */
  readonly consumerConfiguration: pulumi.Output<Outputs["consumerConfiguration"]>;
  /** Connection strings of consumers with `revealKey`, by name and by what they open: a secret. */
  readonly consumerKeys: pulumi.Output<Outputs["consumerKeys"]>;
  readonly requiredRoleAssignments: pulumi.Output<Outputs["requiredRoleAssignments"]>;
  /** Where the export settings are entered, and what the fields are called. */
  readonly portal: Outputs["portal"];
  /** To be given to the next `plan()`, so that nothing moves. */
  readonly placement: Outputs["placement"];
  /** The resources underneath; `destinations` by the namespace's key in the plan, `accounts` by the account's. */
  readonly nodes: {
    /** Undefined: it is an existing one, or nothing is created in a group. */
    readonly resourceGroup: ResourceGroup | undefined;
    readonly destinations: Readonly<Record<string, EventHubDestination>>;
    readonly accounts: Readonly<Record<string, StorageDestination>>;
  };

  /** What a program exports of it: for people, for the tools, and for the next deployment (`lastDeployment`). */
  get outputs(): DefenderStreamingOutputs {
    const { exportSettings, portal, namespaces, accounts, consumers, requiredRoleAssignments, placement } =
      this;
    const { consumerConfiguration, consumerKeys } = this;
    return {
      ...{ exportSettings, portal, namespaces, accounts, consumers, requiredRoleAssignments, placement },
      ...{ consumerConfiguration, consumerKeys },
    };
  }

  constructor(name: string, args: DefenderStreamingArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:DefenderStreaming", name, {}, options);
    const { plan, location } = args;
    const { cloud } = plan;
    const { subscriptionId, tenantId } = getClientConfigOutput({ parent: this });

    const registrations = registerProviders(this, name, args, subscriptionId);
    const resourceGroup = new StackResourceGroup(
      name,
      { location, ...tagsFor(args, "resourceGroup") },
      plan.resourceGroup,
      { parent: this },
    );
    const encryption = createEncryptionIdentity(this, name, args, resourceGroup, registrations);
    const before = { registrations, encryption };
    const destinations = createDestinations(this, name, args, resourceGroup, before);
    const accounts = createAccounts(this, name, args, resourceGroup, tenantId, before);
    const all = { ...destinations, ...accounts };
    const endpoints = createPrivateEndpoints(this, name, args, resourceGroup, destinations, accounts);
    if (plan.endpointIntegration) {
      const { restoreOnDestroy } = plan.endpointIntegration;
      new EndpointIntegration(
        `${name}-endpoint-integration`,
        { subscriptionId, restoreOnDestroy, cloud },
        { parent: this, dependsOn: registrations },
      );
    }
    const consumers = createConsumerAccess(name, args, resourceGroup, tenantId, destinations, {
      parent: this,
      dependsOn: registrations,
    });
    const roleAssignments = new RoleAssignments(
      name,
      {
        scopes: [
          ...grantScopes(args, subscriptionId, resourceGroup, all),
          ...consumers.flatMap((consumer) => consumer.grantScopes),
        ],
        subscriptionId,
        roles: plan.roles,
        cloud,
      },
      { parent: this },
    );

    if (plan.locks) {
      const lockedResources = [
        ...Object.values(all),
        ...consumers,
        roleAssignments,
        ...(endpoints ? [endpoints] : []),
      ];
      const scopes = lockedScopes(plan.locks, all, endpoints);
      new DeletionLocks(`${name}-locks`, { scopes, lockedResources }, { parent: this });
    }

    this.exportSettings = exportSettings(name, args, destinations, accounts);
    this.namespaces = deployedNamespaces(args, destinations);
    this.accounts = deployedAccounts(args, accounts);
    this.consumers = consumerConnections(args, destinations);
    this.consumerConfiguration = pulumi.all(consumers.map((one) => one.configuration));
    this.consumerKeys = keysByConsumer(consumers);
    this.requiredRoleAssignments = pulumi
      .all([roleAssignments.required, encryption?.required ?? []])
      .apply((lists) => lists.flat());
    this.portal = plan.portal;
    this.placement = plan.placement;
    this.nodes = { resourceGroup: resourceGroup.made, destinations, accounts };
    this.registerOutputs({
      exportSettings: this.exportSettings,
      namespaces: this.namespaces,
      accounts: this.accounts,
      consumers: this.consumers,
      requiredRoleAssignments: this.requiredRoleAssignments,
      placement: this.placement,
    });
  }
}

function registerProviders(
  parent: pulumi.Resource,
  name: string,
  { plan: { providers, cloud }, registration = {} }: DefenderStreamingArgs,
  subscriptionId: pulumi.Output<string>,
): ProviderRegistration[] {
  return providers.map(
    (namespace) =>
      new ProviderRegistration(
        `${name}-${namespace.toLowerCase().replace("microsoft.", "")}`,
        { namespace, subscriptionId, timeoutMinutes: registration.timeoutMinutes ?? 15, cloud },
        { parent },
      ),
  );
}

/** What has to exist before a destination. */
interface Before {
  readonly registrations: ProviderRegistration[];
  readonly encryption: EncryptionIdentity | undefined;
}

function createEncryptionIdentity(
  parent: pulumi.Resource,
  name: string,
  args: DefenderStreamingArgs,
  resourceGroup: StackResourceGroup,
  registrations: ProviderRegistration[],
): EncryptionIdentity | undefined {
  const { key, cloud } = args.plan;
  if (!key) return undefined;
  return new EncryptionIdentity(
    `${name}-encryption`,
    {
      customerManagedKey: key,
      resourceGroupName: resourceGroup.name,
      location: args.location,
      cloud,
      ...tagsFor(args, "identity"),
    },
    { parent, dependsOn: registrations },
  );
}

/** How a destination is encrypted, and what it waits for. */
function encryptionOf(
  { isEncrypted }: { readonly isEncrypted: boolean },
  { registrations, encryption }: Before,
) {
  return isEncrypted && encryption
    ? { encryption: encryption.key, dependsOn: [...registrations, encryption] }
    : { encryption: undefined, dependsOn: registrations };
}

function createDestinations(
  parent: pulumi.Resource,
  name: string,
  args: DefenderStreamingArgs,
  resourceGroup: StackResourceGroup,
  before: Before,
): Destinations {
  const destinations = args.plan.namespaces.map((namespace): [string, EventHubDestination] => {
    const { encryption, dependsOn } = encryptionOf(namespace, before);
    return [
      namespace.key,
      new EventHubDestination(
        `${name}-${namespace.key}`,
        {
          namespace,
          resourceGroupName: namespace.existing?.resourceGroupName ?? resourceGroup.name,
          location: args.location,
          encryption,
          ...tagsFor(args, "namespace"),
        },
        { parent, dependsOn },
      ),
    ];
  });
  return Object.fromEntries(destinations);
}

function createAccounts(
  parent: pulumi.Resource,
  name: string,
  args: DefenderStreamingArgs,
  resourceGroup: StackResourceGroup,
  tenantId: pulumi.Output<string>,
  before: Before,
): Accounts {
  const accounts = args.plan.accounts.map((account): [string, StorageDestination] => {
    const { encryption, dependsOn } = encryptionOf(account, before);
    return [
      account.key,
      new StorageDestination(
        `${name}-${account.key}`,
        {
          account,
          resourceGroupName: account.existing?.resourceGroupName ?? resourceGroup.name,
          location: args.location,
          tenantId,
          cloud: args.plan.cloud,
          encryption,
          ...tagsFor(args, "storageAccount"),
        },
        { parent, dependsOn },
      ),
    ];
  });
  return Object.fromEntries(accounts);
}

/** Created after everything that is in their destinations, because Azure lets one change at a time into those. */
function createPrivateEndpoints(
  parent: pulumi.Resource,
  name: string,
  args: DefenderStreamingArgs,
  resourceGroup: StackResourceGroup,
  destinations: Destinations,
  accounts: Accounts,
): PrivateEndpoints | undefined {
  const { privateEndpoints, cloud } = args.plan;
  if (!privateEndpoints) return undefined;
  const targets = (kind: DestinationKind, those: Readonly<Record<string, Destination>>) =>
    Object.entries(those).map(([key, { resourceId: id }]) => ({ key, kind, id }));
  return new PrivateEndpoints(
    `${name}-endpoints`,
    {
      targets: [...targets("eventHub", destinations), ...targets("storage", accounts)],
      request: privateEndpoints,
      cloud,
      resourceGroupName: resourceGroup.name,
      location: args.location,
      endpointTags: tagsFor(args, "privateEndpoint").tags,
      zoneTags: tagsFor(args, "privateDnsZone").tags,
    },
    { parent, dependsOn: [...Object.values(destinations), ...Object.values(accounts)] },
  );
}

function lockedScopes(
  locks: readonly string[],
  destinations: Readonly<Record<string, Destination>>,
  endpoints: PrivateEndpoints | undefined,
): Record<string, pulumi.Output<string>> {
  const those = Object.entries(endpoints?.endpoints ?? {});
  const all = { ...destinations, ...Object.fromEntries(those.map(([key, one]) => [`${key}-endpoint`, one])) };
  return Object.fromEntries(locks.map((key) => [key, at(all, key).resourceId]));
}

function grantScopes(
  { plan, portalUsers = [], consumers = [] }: DefenderStreamingArgs,
  subscriptionId: pulumi.Output<string>,
  resourceGroup: StackResourceGroup,
  destinations: Readonly<Record<string, Destination>>,
): GrantScope[] {
  const idOf = (name: string) => {
    if (name === commonScopes.resourceGroup) return resourceGroup.id;
    if (name === commonScopes.subscription) return pulumi.interpolate`/subscriptions/${subscriptionId}`;
    return at(destinations, name).resourceId;
  };
  return plan.scopes.map(({ name, kinds, standing }) => ({
    name,
    id: idOf(name),
    grants: grants({ portalUsers, consumers }, kinds),
    standing,
  }));
}
