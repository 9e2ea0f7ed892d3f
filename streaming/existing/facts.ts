import type { Found } from "../cloud/found.ts";
import type { Tier } from "../eventHubs/tiers.ts";

/** The current state of existing resources, as far as the plan depends on it. */
export interface ExistingFacts {
  /** The subscription that is deployed to, a GUID. */
  readonly subscriptionId: string;
  /** The region of what the stack creates, in its short form; undefined: unknown. */
  readonly location: string | undefined;
  /** The mark that this stack writes on hubs and consumer groups in existing namespaces, to recognize them. */
  readonly mark: string;
  /** The ARM ids of namespaces and accounts that this stack created. */
  readonly own: readonly string[];
  /** The namespace of each key in the last deployment. */
  readonly deployed: Readonly<Record<string, DeployedKey>>;
  readonly resourceGroup?: Found<ExistingResourceGroup> | undefined;
  /** By the key in the request. */
  readonly namespaces: Readonly<Record<string, Found<ExistingNamespace>>>;
  readonly cluster?: Found<ExistingCluster> | undefined;
  readonly account?: Found<ExistingAccount> | undefined;
}

/** The namespace of a key in the last deployment. */
export interface DeployedKey {
  readonly resourceId: string;
  /** It is an existing namespace. */
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
  /** Whether it accepts access keys. */
  readonly localAuth: boolean;
  /** `1.0` to `1.3`. */
  readonly minimumTlsVersion: string;
  /** `Enabled`, `Disabled` or `SecuredByPerimeter`. */
  readonly publicAccess: string;
  /** Undefined on Basic, which has no firewall. */
  readonly firewall: { readonly denies: boolean; readonly trustedServices: boolean } | undefined;
  readonly hubs: readonly ExistingHub[];
}

export interface ExistingHub {
  readonly name: string;
  readonly partitionCount: number;
  /** How long events are kept. */
  readonly retentionHours: number;
  /** It keeps only the last event of each key. */
  readonly compacts: boolean;
  /** The user metadata: this stack's mark if it created the hub. */
  readonly metadata: string;
  /** The user metadata of each consumer group, by name. Only for hubs whose name the stack needs. */
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
  /** Whether its host names are in their own DNS zone. */
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
  /** The planned containers that exist, by name, and whether this stack created them. */
  readonly containers: Readonly<Record<string, boolean>>;
}
