import { addressesOfReaders, type NamedConsumer } from "../consumers/consumer.ts";
import { hubNameOf, shortHubName } from "../defender/tables.ts";

/** How many copies Azure keeps, and where; `Standard_<name>` is the account's SKU (storage-redundancy.md, MicrosoftDocs/azure-docs). */
export const redundancies = ["LRS", "ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"] as const;
export type Redundancy = (typeof redundancies)[number];

/** Options of the storage account that Defender writes to. */
export interface StorageOptions {
  readonly redundancy: Redundancy;
  /** Days after the last write until a blob is deleted; `false`: never. */
  readonly retentionDays: number | false;
  /** Days for which deleted blobs and containers can be restored. */
  readonly softDeleteDays: number;
  /** Creates the container of each table in advance; otherwise Defender creates them with the first events. Default: true; false in an existing account. */
  readonly containers?: boolean | undefined;
  /** The number of days after the last write in which nobody can change or delete a blob. */
  readonly immutability: false | { readonly days: number };
  readonly hierarchicalNamespace: boolean;
  /** A second layer of encryption, with other platform keys. */
  readonly infrastructureEncryption: boolean;
  /** Whether account keys give access. */
  readonly sharedKeyAccess: boolean;
  /** Public IPv4 addresses and ranges that consumers connect from. */
  readonly ipRules: readonly string[];
  /** Ids of subnets that consumers connect from. They need the service endpoint `Microsoft.Storage`. */
  readonly virtualNetworkRules: readonly string[];
  /** Ids of Azure resources that read with their managed identity. */
  readonly resourceAccessRules: readonly string[];
  /** Consumers connect through a private endpoint that this stack does not create. */
  readonly privateEndpoint: boolean;
}

export const storageDefaults = {
  redundancy: "GRS",
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
 * The key of the account's export setting. It is numbered apart from `export1`, `export2`, …, so that neither destination renames
 * what was entered in the portal for the other one.
 */
export const storageExportSettingKey = "storage1";

/** A container as planned. */
interface PlannedContainer {
  readonly name: string;
  /** `deviceinfo`: part of names in the program. */
  readonly shortName: string;
  readonly table: string;
  /** False: Defender creates it, or has created it. */
  readonly isManaged: boolean;
  readonly isProtected: boolean;
}

/** A storage account of the plan. */
export interface PlannedAccount {
  /** `sa1`. */
  readonly key: string;
  /** One for each table, created in advance or by Defender (`options.containers`). */
  readonly containers: PlannedContainer[];
  readonly isEncrypted: boolean;
  readonly isProtected: boolean;
  readonly options: StorageOptions & { readonly containers: boolean };
  /** The existing account: it is used, but not changed or deleted. */
  readonly existing?: UsedAccount | undefined;
}

/** What the containers' names begin with. The lifecycle rule is for them only. */
export const containerPrefix = "insights-logs-";

/**
 * The container that Defender writes a table to, e.g. `insights-logs-advancedhunting-deviceinfo`. Undocumented; observed in tenants
 * (rknightion/graph2otel).
 */
export function containerNameOf(table: string): string {
  return hubNameOf(table);
}

/** The options with a firewall that also lets in the readers of the account. */
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
  const { containers: inAdvance = existing === undefined } = options;
  return {
    key: accountKey,
    containers: tables.map((table) => {
      const name = containerNameOf(table);
      return {
        name,
        shortName: shortHubName(name),
        table,
        isManaged: inAdvance && !existing?.containers.includes(name),
        isProtected: isProtected([table]),
      };
    }),
    isEncrypted,
    isProtected: isProtected([]),
    options: { ...options, containers: inAdvance },
    existing,
  };
}

/** An existing account, as far as what is created in it depends on it. */
export interface UsedAccount {
  /** The ARM id. */
  readonly resourceId: string;
  readonly resourceGroupName: string;
  readonly name: string;
  readonly blobEndpoint: string;
  /** The metadata of the containers that this stack creates in it. */
  readonly mark: string;
  /** Containers that this stack did not create, for example Defender's: they are used, but not managed. */
  readonly containers: readonly string[];
}
