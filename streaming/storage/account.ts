import { addressesOfReaders, type NamedConsumer } from "../consumers/consumer.ts";
import { hubNameOf, shortHubName } from "../defender/tables.ts";

/** How many copies Azure keeps and where; `Standard_<name>` is the account's SKU (storage-redundancy.md, MicrosoftDocs/azure-docs). */
export const redundancies = ["LRS", "ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"] as const;
export type Redundancy = (typeof redundancies)[number];

/** What can be asked of the storage account that Defender writes to. */
export interface StorageOptions {
  readonly redundancy: Redundancy;
  /** Only `standard` can be had: Defender does not write to premium accounts. */
  readonly performance: "standard" | "premium";
  /** Only `Standard` can be had: Defender does not write to accounts with partitioned DNS names. */
  readonly dnsEndpointType: "Standard" | "AzureDnsZone";
  /** Days after the last write until a blob is deleted; `false`: never. */
  readonly retentionDays: number | false;
  /** Only `false` can be had: what Defender writes are append blobs, which have no tiers. */
  readonly tiering?: unknown;
  /** Days for which deleted blobs and containers can be brought back. */
  readonly softDeleteDays: number;
  /**
   * Makes the container of each table beforehand; without it Defender makes them with the first events. Default: true; false in an
   * account that is there already.
   */
  readonly containers?: boolean | undefined;
  /** Days after the last write for which nobody can change or delete a blob. */
  readonly immutability: false | { readonly days: number };
  readonly hierarchicalNamespace: boolean;
  /** A second encryption with keys of the platform, under the first one. */
  readonly infrastructureEncryption: boolean;
  /** Whether account keys open the account. */
  readonly sharedKeyAccess: boolean;
  /** Public IPv4 addresses and ranges that consumers come from. */
  readonly ipRules: readonly string[];
  /** Ids of subnets with the service endpoint `Microsoft.Storage` that consumers come from. */
  readonly virtualNetworkRules: readonly string[];
  /** Ids of Azure resources whose managed identities consumers are. */
  readonly resourceAccessRules: readonly string[];
  /** Consumers come through a private endpoint that is made elsewhere. */
  readonly privateEndpoint: boolean;
}

export const storageDefaults = {
  redundancy: "GRS",
  performance: "standard",
  dnsEndpointType: "Standard",
  retentionDays: 365,
  softDeleteDays: 7,
  immutability: false,
  hierarchicalNamespace: false,
  infrastructureEncryption: true,
  sharedKeyAccess: true,
  ipRules: [],
  virtualNetworkRules: [],
  resourceAccessRules: [],
  privateEndpoint: false,
} as const satisfies StorageOptions;

/** The account's key in plans, settings and outputs. There is one. */
export const accountKey = "sa1";

/**
 * The key of the account's export setting. It has a number of its own beside `export1`, `export2`, …, so that neither kind of
 * destination renames what somebody entered for the other one.
 */
export const storageExportSettingKey = "storage1";

/** A container as planned. */
export interface PlannedContainer {
  readonly name: string;
  /** `deviceinfo`: part of names in the program. */
  readonly shortName: string;
  readonly table: string;
  readonly isProtected: boolean;
}

/** A storage account of the plan. */
export interface PlannedAccount {
  /** `sa1`. */
  readonly key: string;
  /** One for each table, made beforehand or by Defender (`options.containers`). */
  readonly containers: PlannedContainer[];
  readonly isEncrypted: boolean;
  readonly isProtected: boolean;
  readonly options: StorageOptions & { readonly containers: boolean };
  /** It is there already: it is used, and neither managed nor deleted. */
  readonly existing?: UsedAccount | undefined;
}

/** What the containers' names begin with; the lifecycle rule is for them alone. */
export const containerPrefix = "insights-logs-";

/**
 * The container that Defender writes a table to, e.g. `insights-logs-advancedhunting-deviceinfo`. Undocumented; observed in tenants
 * (rknightion/graph2otel).
 */
export function containerNameOf(table: string): string {
  return hubNameOf(table);
}

/** The options with a firewall that lets in those who read the account, too. */
export function withReaders(options: StorageOptions, consumers: readonly NamedConsumer[]): StorageOptions {
  return {
    ...options,
    ipRules: [...new Set([...options.ipRules, ...addressesOfReaders(consumers, "storage")])],
  };
}

/** The account for these tables. */
export function planAccount(
  tables: readonly string[],
  options: StorageOptions,
  decided: {
    readonly isEncrypted: boolean;
    readonly isProtected: (tables: readonly string[]) => boolean;
    readonly existing?: UsedAccount | undefined;
  },
): PlannedAccount {
  const { isEncrypted, isProtected, existing } = decided;
  return {
    key: accountKey,
    containers: tables.map((table) => {
      const name = containerNameOf(table);
      return { name, shortName: shortHubName(name), table, isProtected: isProtected([table]) };
    }),
    isEncrypted,
    isProtected: isProtected([]),
    options: { ...options, containers: options.containers ?? existing === undefined },
    existing,
  };
}

/** An account that is there already, as far as what goes into it depends on it. */
export interface UsedAccount {
  /** The ARM id. */
  readonly resourceId: string;
  readonly resourceGroupName: string;
  readonly name: string;
  readonly blobEndpoint: string;
  /** The metadata of the containers that are made in it. */
  readonly mark: string;
  /** Containers of others, Defender's own too: they are used and not managed. */
  readonly containers: readonly string[];
}
