import type { Found } from "../cloud/found.ts";
import type { Tier } from "../eventHubs/tiers.ts";

/** What is there already, as it stands: the part of it that the plan depends on. */
export interface ExistingFacts {
  /** The subscription that is deployed to, a GUID. */
  readonly subscriptionId: string;
  /** The region of what is made, in its short form; undefined: not known. */
  readonly location: string | undefined;
  /** What this stack writes on the hubs and consumer groups that it makes in namespaces of others, to know them again. */
  readonly mark: string;
  /** The ARM ids of namespaces and accounts that this stack made itself. */
  readonly own: readonly string[];
  /** The namespace that each key of the last deployment stands for, with its ARM id. */
  readonly deployed: Readonly<Record<string, DeployedKey>>;
  readonly resourceGroup?: Found<ExistingResourceGroup> | undefined;
  /** By the key in the request. */
  readonly namespaces: Readonly<Record<string, Found<ExistingNamespace>>>;
  readonly cluster?: Found<ExistingCluster> | undefined;
  readonly account?: Found<ExistingAccount> | undefined;
}

/** What a key of the plan stood for in the last deployment. */
export interface DeployedKey {
  readonly resourceId: string;
  /** It was there before the stack. */
  readonly existing: boolean;
}

export interface ExistingResourceGroup {
  /** The ARM id, as Azure spells it. */
  readonly resourceId: string;
  readonly name: string;
}

export interface ExistingNamespace {
  /** The ARM id, as Azure spells it. */
  readonly resourceId: string;
  readonly tier: Tier;
  /** `sku.capacity`. */
  readonly units: number;
  /** Auto-inflate's ceiling; 0: it is off. */
  readonly ceiling: number;
  /** In its short form, such as `westeurope`. */
  readonly location: string;
  /** Such as `contoso.servicebus.windows.net`. */
  readonly fullyQualifiedNamespace: string;
  /** Whether access keys open it. */
  readonly localAuth: boolean;
  /** `1.0` to `1.3`. */
  readonly minimumTlsVersion: string;
  /** `Enabled`, `Disabled` or `SecuredByPerimeter`. */
  readonly publicAccess: string;
  /** Undefined on Basic, which has none. */
  readonly firewall: { readonly denies: boolean; readonly trustedServices: boolean } | undefined;
  readonly hubs: readonly ExistingHub[];
}

export interface ExistingHub {
  readonly name: string;
  readonly partitionCount: number;
  /** How long events are kept. */
  readonly retentionHours: number;
  /** Of events with one key it keeps the last. */
  readonly compacts: boolean;
  /** The user metadata: this stack's mark when it made the hub. */
  readonly metadata: string;
  /** Read for hubs whose name is needed; by name, with the user metadata of each. */
  readonly consumerGroups: Readonly<Record<string, string>>;
}

export interface ExistingCluster {
  /** The ARM id, as Azure spells it. */
  readonly resourceId: string;
  /** In its short form. */
  readonly location: string;
  /** Capacity units. */
  readonly units: number;
  /** The ARM ids of the namespaces in it. */
  readonly namespaces: readonly string[];
}

export interface ExistingAccount {
  /** The ARM id, as Azure spells it. */
  readonly resourceId: string;
  /** Such as `StorageV2`. */
  readonly kind: string;
  /** `sku.name`, such as `Standard_GRS`. */
  readonly sku: string;
  /** In its short form. */
  readonly location: string;
  readonly blobEndpoint: string;
  /** Whether its host names are in a DNS zone of their own. */
  readonly partitionedDns: boolean;
  readonly hierarchicalNamespace: boolean;
  /** `TLS1_0` to `TLS1_3`. */
  readonly minimumTlsVersion: string;
  readonly httpsOnly: boolean;
  readonly sharedKeyAccess: boolean;
  readonly anonymousBlobs: boolean;
  /** `Enabled`, `Disabled` or `SecuredByPerimeter`. */
  readonly publicAccess: string;
  readonly firewall: {
    readonly denies: boolean;
    /** Bypass `AzureServices`. */
    readonly trustedServices: boolean;
    /** Address, network and resource-instance rules, and private endpoints. */
    readonly waysIn: number;
  };
  readonly versioning: boolean;
  /** Soft delete of blobs and of containers. */
  readonly softDelete: boolean;
  /** A lifecycle rule deletes append blobs. */
  readonly deletesOld: boolean;
  /** Those of the planned containers that are there, by name, and whether this stack made them. */
  readonly containers: Readonly<Record<string, boolean>>;
}
