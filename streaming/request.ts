import type { Cloud } from "./cloud/clouds.ts";
import { type DestinationKind, streamsTo } from "./defender/destinations.ts";
import type { Product } from "./defender/tables.ts";
import type { CustomerManagedKey } from "./encryption/customerManagedKey.ts";
import type { Tier } from "./eventHubs/tiers.ts";
import { type ExistingRequest, newNamespace } from "./existing/existing.ts";
import type { EventHubNetwork } from "./network/namespaceFirewall.ts";
import type { PrivateEndpoints } from "./network/privateEndpoints.ts";
import type { AskedConsumer, AskedPortalUser } from "./people/identities.ts";
import type { Placement } from "./placement/placement.ts";
import type { StorageOptions } from "./storage/account.ts";

/** `perTable`: a hub for each table, as Defender does with a blank hub name. `single`: one hub for all tables. */
export type Layout = "perTable" | "single";

/** `manage`: make the role assignments. `expect`: make none and list which are needed. */
export type RoleHandling = "manage" | "expect";

/** Where grants hold: each namespace, the stack's resource group, or the whole subscription. */
export type RoleScope = "destination" | "resourceGroup" | "subscription";

/** Defender for Cloud's integration with Defender for Endpoint: one switch, `WDATP`, for all of a subscription. */
export interface EndpointIntegration {
  /** That it installs Defender for Endpoint on the servers which a Defender for Servers plan covers is wanted. */
  readonly acknowledgeInstallation: boolean;
  /** This stack is the one of the subscription that owns the switch. */
  readonly ownsSubscriptionSetting: boolean;
  /** Whether the switch goes back to what it was before when the stack is destroyed; else it stays on. */
  readonly restoreOnDestroy: boolean;
}

/** What somebody wants streamed and how. Plain data: the program's settings are one, a library user may write another. */
export interface StreamingRequest {
  readonly product: Product;
  /** Default: `public`. */
  readonly cloud?: Cloud | undefined;
  /** The region of what is created. Default: not known yet, so that nothing is compared with it. */
  readonly location?: string | undefined;
  /** Where the events go; each has export settings of its own. Default: `eventHub` alone. */
  readonly destinations?: readonly DestinationKind[] | undefined;
  /** The storage account, for the destination `storage`. Default: `storageDefaults`. */
  readonly storage?: StorageOptions | undefined;
  /** Names as the catalogue spells them; no name twice, at least one. */
  readonly tables: readonly string[];
  /** Those of `tables` that are in neither list of the catalogue and wanted all the same. Default: none. */
  readonly unlistedTables?: readonly string[] | undefined;
  readonly layout: Layout;
  /** Name of the one hub; with layout `single` only, and required there. */
  readonly hubName?: string | undefined;
  readonly tier: Tier;
  /** The ARM id of the Event Hubs cluster on which namespaces are made; on Dedicated only, and required there. */
  readonly clusterId?: string | undefined;
  /** What is there already and is used. Default: everything is made. */
  readonly existing?: ExistingRequest | undefined;
  /** Throughput units, processing units on Premium; of each namespace. */
  readonly throughputUnits: number;
  /** The ceiling up to which Azure raises the throughput units under load; Standard only. */
  readonly autoInflate: false | { readonly maximumThroughputUnits: number };
  /** Partitions of each hub. */
  readonly partitionCount: number;
  readonly retentionHours: number;
  /** Consumer groups of each hub beside `$Default`. */
  readonly consumerGroups: readonly string[];
  /** Who saves the export settings in the Defender portal. */
  readonly portalUsers: readonly AskedPortalUser[];
  /** Which applications read the events. */
  readonly consumers: readonly AskedConsumer[];
  readonly roles: RoleHandling;
  readonly roleScope: RoleScope;
  /** This stack is the one that makes and removes grants at a scope that other stacks share. */
  readonly ownsSharedRoles: boolean;
  /** How many of the tenant's export settings others hold (Sentinel, other stacks); never this stack's own. */
  readonly exportSettingsUsedByOthers: number;
  readonly maxEventTypesPerSetting: number;
  /** Where tables must go: demands, not what was deployed. Tables without an entry are placed by the plan. */
  readonly placement?: Placement | undefined;
  /** Tables, keys of namespaces (`ns1`) with all hubs in them, or the account (`sa1`), that may be deleted or replaced. */
  readonly allowDataLoss: readonly string[];
  /** Whether what holds events is protected; `false` says that this is a test stack. Default: true. */
  readonly protect?: boolean | undefined;
  /** A shared access policy with Send and Listen on each hub. Default: false. */
  readonly hubPolicy?: boolean | undefined;
  /** A key of the customer's own that encrypts the destinations. Default: keys of Microsoft's. */
  readonly customerManagedKey?: CustomerManagedKey | undefined;
  /** The namespaces' firewall. Default: `eventHubNetworkDefaults`. */
  readonly eventHubNetwork?: EventHubNetwork | undefined;
  /** Private endpoints that are made here. Default: none. */
  readonly privateEndpoints?: false | PrivateEndpoints | undefined;
  /** Whether destinations are locked against deletion. Default: false. */
  readonly lock?: boolean | undefined;
  /** Resource providers to register beside those that are needed. Default: none. */
  readonly registration?: { readonly providers?: readonly string[] | undefined } | undefined;
  /** Default: false, the switch is left alone. */
  readonly endpointIntegration?: false | EndpointIntegration | undefined;
}

/** A request of which some parts are missing, because they were malformed: the rules check the rest. */
export type Draft = { readonly [Key in keyof StreamingRequest]?: StreamingRequest[Key] | undefined };

type Destinations = Pick<Draft, "destinations" | "existing">;

/** The cloud that everything is in. */
export const cloudOf = ({ cloud = "public" }: Pick<Draft, "cloud">): Cloud => cloud;

/** Whether the stack creates namespaces of its own. */
export function createsNamespaces(request: Destinations): boolean {
  const { namespaces } = request.existing ?? {};
  const isNew = namespaces === undefined || Object.values(namespaces).includes(newNamespace);
  return streamsTo(request, "eventHub") && isNew;
}

/** Whether the stack creates a storage account of its own. */
export function createsAccount(request: Destinations): boolean {
  return streamsTo(request, "storage") && request.existing?.accountId === undefined;
}
