import type { Cloud } from "./cloud/clouds.ts";
import { type Destination, streamsTo } from "./defender/destinations.ts";
import type { Product } from "./defender/tables.ts";
import type { CustomerManagedKey } from "./encryption/customerManagedKey.ts";
import type { Tier } from "./eventHubs/tiers.ts";
import { type ExistingRequest, newNamespace } from "./existing/existing.ts";
import type { EventHubNetwork } from "./network/namespaceFirewall.ts";
import type { PrivateEndpoints } from "./network/privateEndpoints.ts";
import type { AskedConsumer, AskedPortalUser } from "./people/identities.ts";
import type { Placement } from "./placement/placement.ts";
import type { StorageOptions } from "./storage/account.ts";

/** `perTable`: one hub for each table, as Defender does with a blank hub name. `single`: one hub for all tables. */
export const layouts = ["perTable", "single"] as const;
export type Layout = (typeof layouts)[number];

/** `manage`: create the role assignments. `expect`: only list them. */
export const roleHandlings = ["manage", "expect"] as const;
export type RoleHandling = (typeof roleHandlings)[number];

/** Scope of the role assignments: each namespace and the account, the stack's resource group, or the whole subscription. */
export const roleScopes = ["destination", "resourceGroup", "subscription"] as const;
export type RoleScope = (typeof roleScopes)[number];

/** How long to wait for the registration of a resource provider. */
export const defaultRegistrationMinutes = 15;

/** Defender for Cloud's integration with Defender for Endpoint: one switch, `WDATP`, for all of a subscription. */
export interface EndpointIntegration {
  /** Confirms that Defender for Endpoint will be installed on every server that a Defender for Servers plan covers. */
  readonly acknowledgeInstallation: boolean;
  /** This stack is the only one in the subscription that owns the switch. */
  readonly ownsSubscriptionSetting: boolean;
  /** When the stack is destroyed, the switch gets its former value. Otherwise it stays on. */
  readonly restoreOnDestroy: boolean;
}

/** What to stream, and how. Plain data: the program's settings are a request; a library user may write another. */
export interface StreamingRequest {
  readonly product: Product;
  /** Default: `public`. */
  readonly cloud?: Cloud | undefined;
  /** The region of what is created. Default: unknown, and nothing is compared with it. */
  readonly location?: string | undefined;
  /** Where the events go. Each destination has its own export settings. Default: `eventHub` only. */
  readonly destinations?: readonly Destination[] | undefined;
  /** The storage account, for the destination `storage`. Default: `storageDefaults`. */
  readonly storage?: StorageOptions | undefined;
  /** Names as the catalog spells them; no name twice, at least one. */
  readonly tables: readonly string[];
  /** Those of `tables` that this project does not know. Default: none. */
  readonly unlistedTables?: readonly string[] | undefined;
  readonly layout: Layout;
  /** Name of the one hub. Required with layout `single`, not allowed with `perTable`. */
  readonly hubName?: string | undefined;
  readonly tier: Tier;
  /** The ARM id of the Event Hubs cluster for new namespaces. Only on Dedicated, and required there. */
  readonly clusterId?: string | undefined;
  /** Existing resources to use. Default: everything is created. */
  readonly existing?: ExistingRequest | undefined;
  /** Of each namespace: throughput units, on Premium processing units. */
  readonly throughputUnits: number;
  /** The ceiling up to which Azure raises the throughput units under load. Standard only. */
  readonly autoInflate: false | { readonly maximumThroughputUnits: number };
  /** Partitions of each hub. */
  readonly partitionCount: number;
  readonly retentionHours: number;
  /** Consumer groups of each hub, besides `$Default`. */
  readonly consumerGroups: readonly string[];
  /** People and groups who save the export settings in the Defender portal. */
  readonly portalUsers: readonly AskedPortalUser[];
  /** Applications that read the events. */
  readonly consumers: readonly AskedConsumer[];
  readonly roles: RoleHandling;
  readonly roleScope: RoleScope;
  /** This stack creates the role assignments at a scope that it shares with other stacks, and deletes them. */
  readonly ownsSharedRoles: boolean;
  /** How many of the tenant's export settings others use (Sentinel, other stacks); not those of this stack. */
  readonly exportSettingsUsedByOthers: number;
  readonly maxEventTypesPerSetting: number;
  /** Where tables must go. The plan places all others. */
  readonly placement?: Placement | undefined;
  /** What may be deleted or replaced: tables, namespaces with all their hubs (`ns1`), the account (`sa1`). */
  readonly allowDataLoss: readonly string[];
  /** Whether the resources that hold events are protected; `false` is for test stacks. Default: true. */
  readonly protect?: boolean | undefined;
  /** A shared access policy with Send and Listen on each hub. Default: false. */
  readonly hubPolicy?: boolean | undefined;
  /** The customer's own key that encrypts the destinations. Default: Microsoft's keys. */
  readonly customerManagedKey?: CustomerManagedKey | undefined;
  /** The namespaces' firewall. Default: `eventHubNetworkDefaults`. */
  readonly eventHubNetwork?: EventHubNetwork | undefined;
  /** Private endpoints to create. Default: none. */
  readonly privateEndpoints?: false | PrivateEndpoints | undefined;
  /** Whether destinations are locked against deletion. Default: false. */
  readonly lock?: boolean | undefined;
  /** Resource providers to register beside those that are needed. Default: none. */
  readonly registration?: { readonly providers?: readonly string[] | undefined } | undefined;
  /** Default: false, the switch is not touched. */
  readonly endpointIntegration?: false | EndpointIntegration | undefined;
}

/** A request without its malformed parts. The rules check the rest. */
export type Draft = { readonly [Key in keyof StreamingRequest]?: StreamingRequest[Key] | undefined };

/** The cloud that everything is in. */
export const cloudOf = ({ cloud = "public" }: Pick<Draft, "cloud">): Cloud => cloud;

/** Whether the stack creates namespaces. */
export function createsNamespaces(request: Pick<Draft, "destinations" | "existing">): boolean {
  const { namespaces } = request.existing ?? {};
  const isNew = namespaces === undefined || Object.values(namespaces).includes(newNamespace);
  return streamsTo(request, "eventHub") && isNew;
}
