import { getClientConfigOutput } from "@pulumi/azure-native/authorization/index.js";
import type { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Destination } from "../streaming/defender/destinations.ts";
import { defaultRegistrationMinutes } from "../streaming/request.ts";
import type { Outputs } from "../streaming/outputs.ts";
import type { Consumer, PortalUser, Principal } from "../streaming/people/principals.ts";
import type { Plan } from "../streaming/planned.ts";
import { type People, principalKeyOf } from "../streaming/roles/roles.ts";
import { commonScopes } from "../streaming/roles/existingScopes.ts";
import { createConsumerAccess, keysByConsumer } from "./consumers/hubConsumers.ts";
import { DeletionLocks } from "./deletionLocks.ts";
import { EndpointIntegration } from "./dynamic/endpointIntegration.ts";
import { ProviderRegistration } from "./dynamic/providerRegistration.ts";
import { EncryptionIdentity } from "./encryption/encryptionIdentity.ts";
import { EventHubDestination } from "./eventHubs/eventHubDestination.ts";
import { Created } from "./created.ts";
import { PrivateEndpoints } from "./network/privateEndpoints.ts";
import {
  type Accounts,
  at,
  deployedOutputs,
  type DestinationComponent,
  type Destinations,
} from "./outputs.ts";
import { type GrantScope, type Principals, RoleAssignments } from "./roles/roleAssignments.ts";
import { StackResourceGroup } from "./stackResourceGroup.ts";
import { createLifecycle } from "./storage/lifecycle.ts";
import { StorageDestination } from "./storage/storageDestination.ts";
import { type TagArgs, tagsFor } from "./tags.ts";

/** What the Azure side of Defender streaming is created from. */
export interface DefenderStreamingArgs extends TagArgs {
  /** Everything that is decided. Example: `decide(request, known).plan`. */
  plan: Plan;
  /** The Azure region of everything. Example: `westeurope`, or `group.location`. */
  location: pulumi.Input<string>;
  /**
   * Who saves the export settings in the Defender portal, and how they have their role (`access`): everybody that the plan has.
   * Example: `decide(request, known).portalUsers`.
   */
  portalUsers?: readonly PortalUser<pulumi.Input<string>>[];
  /** Which applications read the events: all that the plan has. Example: `createApplications(…).consumers`. */
  consumers?: readonly Consumer<pulumi.Input<string>>[];
  /**
   * What the names of the export settings begin with; unique in the tenant. Default: the component's name.
   * Example: `contoso-prod`, for `contoso-prod-export1`.
   */
  exportSettingPrefix?: pulumi.Input<string>;
  /** How long to wait for the registration of each resource provider, in minutes. Default: 15. */
  registration?: { timeoutMinutes?: pulumi.Input<number> };
}

/** What is known before the deployment. */
type Settled = "portal" | "placement";

/** The stack outputs; docs/outputs.md explains each. */
export type DefenderStreamingOutputs = Pick<Outputs, Settled> & {
  readonly [
    Name in Exclude<keyof Outputs, Settled | "applications" | "clientSecrets" | "warnings">
  ]: pulumi.Output<Outputs[Name]>;
};

/** The Azure side of Defender streaming: a resource group with the namespaces and the storage account of a plan, and who may use them. */
export class DefenderStreaming extends pulumi.ComponentResource {
  /** What a program exports of it: for people, for the tools, and for the next deployment (`lastDeployment`). */
  readonly outputs: DefenderStreamingOutputs;
  /** The resources underneath; `destinations` by the namespace's key in the plan, `accounts` by the account's. */
  readonly nodes: {
    /** Undefined: it is an existing one, or nothing is created in a group. */
    readonly resourceGroup: ResourceGroup | undefined;
    readonly destinations: Readonly<Record<string, EventHubDestination>>;
    readonly accounts: Readonly<Record<string, StorageDestination>>;
  };

  constructor(name: string, args: DefenderStreamingArgs, options?: pulumi.ComponentResourceOptions) {
    const { plan, location, portalUsers = [], consumers: readers = [] } = args;
    const given = [...portalUsers, ...readers].map((one) => one.name);
    const unplanned = given.find((one) => !plan.everybody.includes(one));
    if (unplanned) throw new Error(`The plan does not have ${unplanned}, who would get no role.`);
    const missing = plan.everybody.find((one) => !given.includes(one));
    if (missing) throw new Error(`The plan has ${missing}, but \`portalUsers\` and \`consumers\` do not.`);
    const created = new Created();
    super("defender-streaming:index:DefenderStreaming", name, {}, created.below(options));
    const { cloud } = plan;
    const people = { portalUsers: byKey(portalUsers), consumers: byKey(readers) };
    const { subscriptionId, tenantId } = getClientConfigOutput({ parent: this });

    const resourceGroup = new StackResourceGroup(
      name,
      { location, tags: tagsFor(args, "resourceGroup") },
      plan.resourceGroup,
      { parent: this },
    );
    const site: Site = { parent: this, name, args, people, resourceGroup, subscriptionId, tenantId };
    const registrations = registerProviders(site);
    const encryption = createEncryptionIdentity(site, registrations);
    const before = { registrations, encryption };
    const destinations = createDestinations(site, before);
    const accounts = createAccounts(site, before);
    const all = { ...destinations, ...accounts };
    const endpoints = createPrivateEndpoints(site, destinations, accounts);
    const integration =
      plan.endpointIntegration &&
      new EndpointIntegration(
        `${name}-endpoint-integration`,
        { subscriptionId, restoreOnDestroy: plan.endpointIntegration.restoreOnDestroy, cloud },
        { parent: this, dependsOn: registrations },
      );
    const consumers = createConsumerAccess(
      name,
      args,
      resourceGroup,
      tenantId,
      destinations,
      people.consumers,
      { parent: this, dependsOn: registrations },
    );
    const roleAssignments = new RoleAssignments(
      name,
      {
        scopes: [...grantScopes(site, all), ...consumers.flatMap((consumer) => consumer.grantScopes)],
        subscriptionId,
        cloud,
      },
      { parent: this },
    );

    const destinationsAndAccess = [...Object.values(all), ...consumers, roleAssignments, endpoints].filter(
      (one) => one !== undefined,
    );
    const lifecycles = createLifecycles(site, accounts, [
      ...destinationsAndAccess,
      ...(integration ? [integration] : []),
    ]);

    if (plan.locks) {
      const lockedResources = [...destinationsAndAccess, ...lifecycles];
      const scopes = lockedScopes(plan.locks, all, endpoints);
      new DeletionLocks(`${name}-locks`, { scopes, lockedResources }, { parent: this });
    }

    const requiredRoleAssignments = pulumi
      .all([roleAssignments.required, encryption?.required ?? []])
      .apply((lists) => lists.flat());
    const deployed = {
      ...created.outputs({
        ...deployedOutputs(name, args, destinations, accounts),
        requiredRoleAssignments,
      }),
      placement: plan.placement,
    };
    const consumerOutputs = created.outputs({
      consumerConfiguration: pulumi.all(consumers.map((one) => one.configuration)),
      consumerKeys: keysByConsumer(consumers),
    });
    this.outputs = { ...deployed, ...consumerOutputs, portal: plan.portal };
    this.nodes = { resourceGroup: resourceGroup.made, destinations, accounts };
    this.registerOutputs(deployed);
  }
}

/** Where the component creates its resources, and from what. */
interface Site {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly args: DefenderStreamingArgs;
  readonly people: Readonly<Record<keyof People, Principals>>;
  readonly resourceGroup: StackResourceGroup;
  readonly subscriptionId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
}

function registerProviders({ parent, name, args, subscriptionId }: Site): ProviderRegistration[] {
  const { plan, registration = {} } = args;
  return plan.providers.map(
    (namespace) =>
      new ProviderRegistration(
        `${name}-${namespace.toLowerCase().replace("microsoft.", "")}`,
        {
          namespace,
          subscriptionId,
          timeoutMinutes: registration.timeoutMinutes ?? defaultRegistrationMinutes,
          cloud: plan.cloud,
        },
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
  { parent, name, args, resourceGroup }: Site,
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
      tags: tagsFor(args, "identity"),
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

/** Creates something for each part of the plan. */
function each<Part extends { readonly key: string }, Resource>(
  parts: readonly Part[],
  create: (part: Part) => Resource,
): Readonly<Record<string, Resource>> {
  return Object.fromEntries(parts.map((part) => [part.key, create(part)]));
}

function createDestinations({ parent, name, args, resourceGroup }: Site, before: Before): Destinations {
  return each(args.plan.namespaces, (namespace) => {
    const { encryption, dependsOn } = encryptionOf(namespace, before);
    return new EventHubDestination(
      `${name}-${namespace.key}`,
      {
        namespace,
        resourceGroupName: namespace.existing?.resourceGroupName ?? resourceGroup.name,
        location: args.location,
        encryption,
        tags: tagsFor(args, "namespace"),
      },
      { parent, dependsOn },
    );
  });
}

function createAccounts({ parent, name, args, resourceGroup, tenantId }: Site, before: Before): Accounts {
  return each(args.plan.accounts, (account) => {
    const { encryption, dependsOn } = encryptionOf(account, before);
    return new StorageDestination(
      `${name}-${account.key}`,
      {
        account,
        resourceGroupName: account.existing?.resourceGroupName ?? resourceGroup.name,
        location: args.location,
        tenantId,
        cloud: args.plan.cloud,
        encryption,
        tags: tagsFor(args, "storageAccount"),
      },
      { parent, dependsOn },
    );
  });
}

function createLifecycles(
  { parent, name, args, resourceGroup }: Site,
  accounts: Accounts,
  dependsOn: pulumi.Resource[],
): pulumi.Resource[] {
  return args.plan.accounts.flatMap((planned) => {
    const account = at(accounts, planned.key);
    // With an existing account the stack may need no group.
    const resourceGroupName = planned.existing ? "" : resourceGroup.name;
    return createLifecycle(
      `${name}-${planned.key}`,
      { planned, account, resourceGroupName },
      { parent, dependsOn },
    );
  });
}

/** Created after everything that is in their destinations, because Azure lets one change at a time into those. */
function createPrivateEndpoints(
  { parent, name, args, resourceGroup }: Site,
  destinations: Destinations,
  accounts: Accounts,
): PrivateEndpoints | undefined {
  const { privateEndpoints } = args.plan;
  if (!privateEndpoints) return undefined;
  const targets = (kind: Destination, those: Readonly<Record<string, DestinationComponent>>) =>
    Object.entries(those).map(([key, { resourceId: id }]) => ({ key, kind, id }));
  return new PrivateEndpoints(
    `${name}-endpoints`,
    {
      targets: [...targets("eventHub", destinations), ...targets("storage", accounts)],
      request: privateEndpoints,
      resourceGroupName: resourceGroup.name,
      location: args.location,
      endpointTags: tagsFor(args, "privateEndpoint"),
      zoneTags: tagsFor(args, "privateDnsZone"),
    },
    { parent, dependsOn: [...Object.values(destinations), ...Object.values(accounts)] },
  );
}

function lockedScopes(
  locks: readonly string[],
  destinations: Readonly<Record<string, DestinationComponent>>,
  endpoints: PrivateEndpoints | undefined,
): Record<string, pulumi.Output<string>> {
  const those = Object.entries(endpoints?.endpoints ?? {});
  const all = { ...destinations, ...Object.fromEntries(those.map(([key, one]) => [`${key}-endpoint`, one])) };
  return Object.fromEntries(locks.map((key) => [key, at(all, key).resourceId]));
}

function grantScopes(
  { args: { plan }, people, subscriptionId, resourceGroup }: Site,
  destinations: Readonly<Record<string, DestinationComponent>>,
): GrantScope[] {
  const idOf = (name: string) => {
    if (name === commonScopes.resourceGroup) return resourceGroup.id;
    if (name === commonScopes.subscription) return pulumi.interpolate`/subscriptions/${subscriptionId}`;
    return at(destinations, name).resourceId;
  };
  return plan.scopes.map(({ name, grants }) => ({
    name,
    id: idOf(name),
    grants: grants.map((grant) => ({ ...grant, principal: at(people[grant.to], grant.principalKey) })),
  }));
}

function byKey(people: readonly Principal<pulumi.Input<string>>[]): Principals {
  return Object.fromEntries(people.map((one) => [principalKeyOf(one), one]));
}
