import type { Cloud } from "./cloud/clouds.ts";
import type { NamedConsumer } from "./consumers/consumer.ts";
import type { Provision } from "./consumers/provision.ts";
import type { CustomerManagedKey } from "./encryption/customerManagedKey.ts";
import type { Tier } from "./eventHubs/tiers.ts";
import type { EventHubNetwork } from "./network/namespaceFirewall.ts";
import type { Portal } from "./outputs.ts";
import type { PrivateEndpoints } from "./network/privateEndpoints.ts";
import type { ZonesToCreate } from "./network/zoneLinks.ts";
import type { Placement } from "./placement/placement.ts";
import type { EndpointIntegration } from "./request.ts";
import type { Grant } from "./roles/roles.ts";
import type { PlannedAccount } from "./storage/account.ts";

/** An existing resource group. */
export interface UsedGroup {
  /** The ARM id. */
  readonly resourceId: string;
  readonly name: string;
}

/** An existing namespace, as far as what is created in it depends on it. */
export interface UsedNamespace {
  /** The ARM id. */
  readonly resourceId: string;
  readonly resourceGroupName: string;
  readonly name: string;
  readonly fullyQualifiedNamespace: string;
  readonly units: number;
  /** Auto-inflate's ceiling; 0: it is off. */
  readonly ceiling: number;
  /** The user metadata of the hubs and consumer groups that this stack creates in it. */
  readonly mark: string;
}

/** What will exist, and what a person enters in the Defender portal. Components carry it out and decide nothing. */
export interface Plan {
  readonly cloud: Cloud;
  /** Where the export settings are entered, and what the fields are called. */
  readonly portal: Portal;
  /** Resource providers that have to be registered. */
  readonly providers: readonly string[];
  readonly namespaces: PlannedNamespace[];
  /** The existing resource group to use; undefined: one is created. */
  readonly resourceGroup?: UsedGroup;
  /** The storage account, or none. */
  readonly accounts: PlannedAccount[];
  /** Those that read the hubs. */
  readonly consumers: readonly PlannedConsumer[];
  /** The names of all portal users and consumers. */
  readonly everybody: readonly string[];
  /** Where roles hold. */
  readonly scopes: readonly PlannedScope[];
  /** Existing resources that the request names for hubs, whether or not this plan needs them, and what else it may come to need. */
  readonly named: NamedResources;
  /** Encrypts destinations; undefined: keys of Microsoft's do. */
  readonly key?: PlannedKey;
  /** For all destinations; undefined: there are none. */
  readonly privateEndpoints?: PlannedEndpoints | undefined;
  /** What is locked against deletion: keys of destinations, and of their private endpoints (`ns1-endpoint`). Undefined: nothing is. */
  readonly locks?: readonly string[] | undefined;
  /** Undefined: the switch is left alone. */
  readonly endpointIntegration?: EndpointIntegration;
  readonly exportSettings: PlannedExportSetting[];
  /** Where each table went; to be handed to the next plan. */
  readonly placement: Placement;
  /** Sentences about what is allowed and still worth a second thought. */
  readonly warnings: string[];
}

export interface NamedResources {
  /** The ids of existing namespaces. */
  readonly namespaceIds: readonly string[];
  /** Whether namespaces may be created, and the subnets that these let in. */
  readonly newNamespaces: false | { readonly subnetIds: readonly string[] };
  readonly clusterId?: string | undefined;
}

export interface PlannedNamespace {
  /** `ns1`, `ns2`, … */
  readonly key: string;
  readonly tier: Tier;
  readonly throughputUnits: number;
  /** Ceiling of auto-inflate; 0: auto-inflate is off. */
  readonly maximumThroughputUnits: number;
  /** What to send to Azure: never below what the namespace has. */
  readonly send: { readonly units: number; readonly ceiling: number };
  readonly isEncrypted: boolean;
  readonly isProtected: boolean;
  /** Azure cannot change it in place. The old hubs are deleted after the new ones exist. */
  readonly isReplaced: boolean;
  readonly hubs: PlannedHub[];
  /** Who reaches it over its public endpoint. Absent: everybody. */
  readonly network?: EventHubNetwork;
  /** The ARM id of the cluster it is on; on Dedicated only. */
  readonly clusterId?: string;
  /** It exists already: it is used, and neither managed nor deleted. */
  readonly existing?: UsedNamespace;
}

export interface PlannedHub {
  readonly name: string;
  /** `deviceinfo`: part of names in the program. */
  readonly shortName: string;
  /** The tables whose events it gets. */
  readonly tables: string[];
  readonly partitionCount: number;
  /** What another number of partitions does. */
  readonly partitions: "changeInPlace" | "replace";
  readonly retentionHours: number;
  readonly isProtected: boolean;
  /** It has a shared access policy with Send and Listen. */
  readonly hasPolicy: boolean;
  /** To create beside `$Default`. */
  readonly consumerGroups: string[];
  /** The short name of the hub whose place it takes: that one is deleted first, because there is no room for both. */
  readonly replaces?: string;
  /** The ARM id of an existing hub that the stack takes over. It is kept when the stack is destroyed. */
  readonly adopted?: string;
}

/** A consumer of the hubs. */
export interface PlannedConsumer extends NamedConsumer {
  readonly provision: Provision;
  /** Something is created for it, or it gets a configuration, beyond roles and addresses. */
  readonly hasNeeds: boolean;
  /** Its role on the containers of its checkpoint store. */
  readonly storeGrant: PlannedGrant;
}

export interface PlannedEndpoints extends PrivateEndpoints {
  /** Undefined: the names go into the given zones, or nowhere. */
  readonly newZones: ZonesToCreate | undefined;
}

export interface PlannedKey extends CustomerManagedKey {
  readonly roleDelaySeconds: number;
  readonly createsIdentity: boolean;
  /** The role of its identity on the vault. */
  readonly grant: Omit<PlannedGrant, "to">;
}

/** Where the roles of portal users and consumers hold. */
export interface PlannedScope {
  /** The key of a destination, or one of `commonScopes`. */
  readonly name: string;
  /** A set, in a stable order. */
  readonly grants: readonly PlannedGrant[];
}

export interface PlannedGrant extends Grant {
  /** False: it is listed only, because someone else assigns the role. */
  readonly managed: boolean;
}

/** One entry on the portal's Streaming API page. */
export type PlannedExportSetting = PlannedHubsSetting | PlannedStorageSetting;

export interface PlannedHubsSetting {
  /** `export1`, `export2`, … */
  readonly key: string;
  readonly destination: "eventHub";
  /** Key of the namespace. */
  readonly namespace: string;
  /** "": the field in the portal is left blank, and Defender uses the hub of each table. */
  readonly hubName: string;
  /** Table names. */
  readonly eventTypes: string[];
}

export interface PlannedStorageSetting {
  /** `storage1`. */
  readonly key: string;
  readonly destination: "storage";
  /** Key of the account. */
  readonly account: string;
  readonly hubName: "";
  /** All tables: one setting is enough, because each table has its own container. */
  readonly eventTypes: string[];
}
