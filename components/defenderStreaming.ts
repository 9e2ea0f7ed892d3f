import { getClientConfigOutput } from "@pulumi/azure-native/authorization/index.js";
import type { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../streaming/cloud/clouds.ts";
import { destinationKinds, type DestinationKind } from "../streaming/defender/destinations.ts";
import { portalOf } from "../streaming/defender/portal.ts";
import type { Product } from "../streaming/defender/tables.ts";
import { providersFor } from "../streaming/deployer/providers.ts";
import { type CustomerManagedKey, encrypts } from "../streaming/encryption/customerManagedKey.ts";
import type { LiveNamespace } from "../streaming/eventHubs/liveNamespace.ts";
import type { PrivateEndpoints as EndpointsRequest } from "../streaming/network/privateEndpoints.ts";
import type { Outputs } from "../streaming/outputs.ts";
import type { Consumer, PortalUser } from "../streaming/people/principals.ts";
import type { Plan } from "../streaming/planned.ts";
import type {
  EndpointIntegration as IntegrationRequest,
  RoleHandling,
  RoleScope,
} from "../streaming/request.ts";
import { grants } from "../streaming/roles/roles.ts";
import type { StandingGrants } from "../streaming/roles/standingGrants.ts";
import { commonScopes } from "../streaming/roles/standingScopes.ts";
import { createConsumerAccess, keysByConsumer } from "./consumers/hubConsumers.ts";
import { DeletionLocks } from "./deletionLocks.ts";
import { EndpointIntegration } from "./dynamic/endpointIntegration.ts";
import { ProviderRegistration } from "./dynamic/providerRegistration.ts";
import { EncryptionIdentity } from "./encryption/encryptionIdentity.ts";
import { EventHubDestination } from "./eventHubs/eventHubDestination.ts";
import { PrivateEndpoints } from "./network/privateEndpoints.ts";
import {
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

/** What the Azure side of Defender streaming is made from. */
export interface DefenderStreamingArgs extends TagArgs {
  /** Which namespaces, hubs and export settings. Example: `plan(request, lastPlacement)`. */
  plan: Plan;
  /** The Azure region of everything. Example: `westeurope`, or `group.location`. */
  location: pulumi.Input<string>;
  /** Microsoft's cloud. The azure-native provider has to be of the same one: see `azureProvider`. Default: `public`. Example: `gccHigh`. */
  cloud?: Cloud | undefined;
  /** Which Defender streams: says which page of its portal takes the export settings. Default: `xdr`. */
  product?: Product;
  /** The namespaces as they stand, by their key in the plan. Default: none exist yet. Example: `{ ns1: … }`. */
  live?: Record<string, LiveNamespace>;
  /**
   * What the names of the export settings begin with; unique in the tenant. Default: the component's name.
   * Example: `contoso-prod`, for `contoso-prod-export1`.
   */
  exportSettingPrefix?: pulumi.Input<string>;
  /**
   * Who saves the export settings in the Defender portal, and how they have their role (`access`). Default: nobody.
   * Example: `[{ name: "SOC", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "Group" }]`.
   */
  portalUsers?: readonly PortalUser<pulumi.Input<string>>[];
  /** Which applications read the events; as `portalUsers`. Default: none. */
  consumers?: readonly Consumer<pulumi.Input<string>>[];
  /**
   * Consumer groups of each hub; a consumer reads through the one of its name. Default: none beside `$Default`.
   * Example: `["splunk"]`.
   */
  consumerGroups?: readonly string[];
  /** `manage`: role assignments are made; `expect`: they are only listed. Default: `manage`. */
  roles?: RoleHandling;
  /** Where grants hold. Default: `destination`, each namespace and account by itself. Example: `resourceGroup`. */
  roleScope?: RoleScope;
  /**
   * Which roles are assigned already at what is there before the stack: those that others made are left to them. Default: none is known.
   * Example: `(await lookUp("defender", request)).standingGrants`.
   */
  standingGrants?: readonly StandingGrants[];
  /** Whether what holds events is protected from deletion. Default: true. */
  protect?: boolean | undefined;
  /**
   * Tables, or keys of namespaces with all hubs in them or of the account, that are not protected all the same. Default: none.
   * Example: `["DeviceInfo", "ns2", "sa1"]`.
   */
  allowDataLoss?: readonly string[];
  /** Makes a shared access policy with Send and Listen on each hub. Default: false. */
  hubPolicy?: boolean | undefined;
  /** Private endpoints for all destinations. Default: none. Example: `{ subnetId, dnsZones: "create" }`. */
  privateEndpoints?: false | EndpointsRequest | undefined;
  /** Locks destinations and private endpoints against deletion. Default: false. */
  lock?: boolean | undefined;
  /**
   * Encrypts with a key of the customer's. Default: keys of Microsoft's.
   * Example: `{ keyVaultId: "/subscriptions/…/vaults/kv-soc", keyName: "streaming" }`.
   */
  customerManagedKey?: CustomerManagedKey | undefined;
  /**
   * Resource providers to register beside those that are needed, and how long to wait for each, in minutes.
   * Default: none, 15. Example: `{ providers: ["Microsoft.Storage"], timeoutMinutes: 30 }`.
   */
  registration?: { providers?: readonly string[]; timeoutMinutes?: pulumi.Input<number> };
  /** Turns on Defender for Cloud's integration with Defender for Endpoint for the whole subscription. Default: false. */
  endpointIntegration?: false | IntegrationRequest | undefined;
}

/** With the cloud that everything is in: what signs in by itself must not choose one of its own. */
export type ResolvedArgs = DefenderStreamingArgs & { readonly cloud: Cloud };

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
  /** What consumers of the hubs that need more than roles are told. */
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
    /** Undefined: it is there already, or nothing is made in one. */
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

  constructor(name: string, given: DefenderStreamingArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:DefenderStreaming", name, {}, options);
    const args: ResolvedArgs = { ...given, cloud: given.cloud ?? "public" };
    const { subscriptionId, tenantId } = getClientConfigOutput({ parent: this });

    const registrations = registerProviders(this, name, args, subscriptionId);
    const resourceGroup = new StackResourceGroup(
      name,
      { location: args.location, ...tagsFor(args, "resourceGroup") },
      args.plan.resourceGroup,
      { parent: this },
    );
    const encryption = createEncryptionIdentity(this, name, args, resourceGroup, registrations);
    const before = { registrations, encryption };
    const destinations = createDestinations(this, name, args, resourceGroup, before);
    const accounts = createAccounts(this, name, args, resourceGroup, tenantId, before);
    const endpoints = createPrivateEndpoints(this, name, args, resourceGroup, destinations, accounts);
    if (args.endpointIntegration) {
      const { restoreOnDestroy } = args.endpointIntegration;
      new EndpointIntegration(
        `${name}-endpoint-integration`,
        { subscriptionId, restoreOnDestroy, cloud: args.cloud },
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
          ...grantScopes(args, subscriptionId, resourceGroup, destinations, accounts).map((scope) => ({
            ...scope,
            standing: args.standingGrants?.find(({ name }) => name === scope.name),
          })),
          ...consumers.flatMap((consumer) => consumer.grantScopes),
        ],
        subscriptionId,
        roles: args.roles ?? "manage",
        cloud: args.cloud,
      },
      { parent: this },
    );

    if (args.lock) {
      const scopes = lockedScopes(args.plan, { ...destinations, ...accounts }, endpoints);
      const all = [...Object.values(destinations), ...Object.values(accounts), ...consumers, roleAssignments];
      const lockedResources = [...all, ...(endpoints ? [endpoints] : [])];
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
    this.portal = portalOf(args.product ?? "xdr", args.cloud);
    this.placement = args.plan.placement;
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

/** The kinds of destinations that a plan has. */
const kindsIn = ({ namespaces, accounts }: Plan): DestinationKind[] =>
  destinationKinds.filter((kind) => (kind === "eventHub" ? namespaces : accounts).length > 0);

function registerProviders(
  parent: pulumi.Resource,
  name: string,
  args: ResolvedArgs,
  subscriptionId: pulumi.Output<string>,
): ProviderRegistration[] {
  const { registration = {}, cloud } = args;
  const needed = providersFor({ ...args, destinations: kindsIn(args.plan) });
  return needed.map(
    (namespace) =>
      new ProviderRegistration(
        `${name}-${namespace.toLowerCase().replace("microsoft.", "")}`,
        { namespace, subscriptionId, timeoutMinutes: registration.timeoutMinutes ?? 15, cloud },
        { parent },
      ),
  );
}

/** What has to be there before a destination. */
interface Before {
  readonly registrations: ProviderRegistration[];
  readonly encryption: EncryptionIdentity | undefined;
}

function createEncryptionIdentity(
  parent: pulumi.Resource,
  name: string,
  args: ResolvedArgs,
  resourceGroup: StackResourceGroup,
  registrations: ProviderRegistration[],
): EncryptionIdentity | undefined {
  const { customerManagedKey, location, cloud } = args;
  if (!customerManagedKey) return undefined;
  return new EncryptionIdentity(
    `${name}-encryption`,
    {
      customerManagedKey,
      resourceGroupName: resourceGroup.name,
      location,
      cloud,
      ...tagsFor(args, "identity"),
    },
    { parent, dependsOn: registrations },
  );
}

/** How a kind of destination is encrypted, and what it waits for. */
function encryptionOf(
  { customerManagedKey }: ResolvedArgs,
  kind: DestinationKind,
  { registrations, encryption }: Before,
) {
  return customerManagedKey && encryption && encrypts(customerManagedKey, kind)
    ? { encryption: encryption.key, dependsOn: [...registrations, encryption] }
    : { encryption: undefined, dependsOn: registrations };
}

function createDestinations(
  parent: pulumi.Resource,
  name: string,
  args: ResolvedArgs,
  resourceGroup: StackResourceGroup,
  before: Before,
): Destinations {
  const { encryption, dependsOn } = encryptionOf(args, "eventHub", before);
  const destinations = args.plan.namespaces.map((namespace): [string, EventHubDestination] => [
    namespace.key,
    new EventHubDestination(
      `${name}-${namespace.key}`,
      {
        namespace,
        resourceGroupName: namespace.existing?.resourceGroupName ?? resourceGroup.name,
        location: args.location,
        live: args.live?.[namespace.key],
        protect: args.protect ?? true,
        allowDataLoss: args.allowDataLoss ?? [],
        hubPolicy: args.hubPolicy ?? false,
        encryption,
        ...tagsFor(args, "namespace"),
      },
      { parent, dependsOn },
    ),
  ]);
  return Object.fromEntries(destinations);
}

function createAccounts(
  parent: pulumi.Resource,
  name: string,
  args: ResolvedArgs,
  resourceGroup: StackResourceGroup,
  tenantId: pulumi.Output<string>,
  before: Before,
): Accounts {
  const { encryption, dependsOn } = encryptionOf(args, "storage", before);
  const accounts = args.plan.accounts.map((account): [string, StorageDestination] => [
    account.key,
    new StorageDestination(
      `${name}-${account.key}`,
      {
        account,
        resourceGroupName: account.existing?.resourceGroupName ?? resourceGroup.name,
        location: args.location,
        tenantId,
        cloud: args.cloud,
        protect: args.protect ?? true,
        allowDataLoss: args.allowDataLoss ?? [],
        encryption,
        ...tagsFor(args, "storageAccount"),
      },
      { parent, dependsOn },
    ),
  ]);
  return Object.fromEntries(accounts);
}

/** Made after everything that is in their destinations, because Azure lets one change at a time into those. */
function createPrivateEndpoints(
  parent: pulumi.Resource,
  name: string,
  args: ResolvedArgs,
  resourceGroup: StackResourceGroup,
  destinations: Destinations,
  accounts: Accounts,
): PrivateEndpoints | undefined {
  if (!args.privateEndpoints) return undefined;
  const targets = (kind: DestinationKind, those: Readonly<Record<string, Destination>>) =>
    Object.entries(those).map(([key, { resourceId: id }]) => ({ key, kind, id }));
  return new PrivateEndpoints(
    `${name}-endpoints`,
    {
      targets: [...targets("eventHub", destinations), ...targets("storage", accounts)],
      request: args.privateEndpoints,
      cloud: args.cloud,
      resourceGroupName: resourceGroup.name,
      location: args.location,
      endpointTags: tagsFor(args, "privateEndpoint").tags,
      zoneTags: tagsFor(args, "privateDnsZone").tags,
    },
    { parent, dependsOn: [...Object.values(destinations), ...Object.values(accounts)] },
  );
}

/** What this stack made: what was there already is not its own to lock. */
function lockedScopes(
  { namespaces, accounts }: Plan,
  destinations: Readonly<Record<string, Destination>>,
  endpoints: PrivateEndpoints | undefined,
): Record<string, pulumi.Output<string>> {
  const used = new Set([...namespaces, ...accounts].filter(({ existing }) => existing).map(({ key }) => key));
  const made = Object.fromEntries(Object.entries(destinations).filter(([key]) => !used.has(key)));
  const ids = (
    those: Readonly<Record<string, { readonly resourceId: pulumi.Output<string> }>>,
    suffix = "",
  ) => Object.entries(those).map(([key, { resourceId }]) => [`${key}${suffix}`, resourceId] as const);
  return Object.fromEntries([...ids(made), ...ids(endpoints?.endpoints ?? {}, "-endpoint")]);
}

function grantScopes(
  args: ResolvedArgs,
  subscriptionId: pulumi.Output<string>,
  resourceGroup: StackResourceGroup,
  destinations: Destinations,
  accounts: Accounts,
): GrantScope[] {
  const { portalUsers = [], consumers = [], plan } = args;
  const granted = (...kinds: DestinationKind[]) => grants({ portalUsers, consumers }, kinds);
  const all = granted(...kindsIn(plan));
  const each = (kind: DestinationKind, those: Readonly<Record<string, Destination>>): GrantScope[] =>
    Object.entries(those).map(([name, { resourceId: id }]) => ({ name, id, grants: granted(kind) }));
  switch (args.roleScope ?? "destination") {
    case "destination":
      return [...each("eventHub", destinations), ...each("storage", accounts)];
    case "resourceGroup":
      return [{ name: commonScopes.resourceGroup, id: resourceGroup.id, grants: all }];
    case "subscription": {
      const id = pulumi.interpolate`/subscriptions/${subscriptionId}`;
      return [{ name: commonScopes.subscription, id, grants: all }];
    }
  }
}
