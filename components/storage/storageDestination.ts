import * as storage from "@pulumi/azure-native/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { EncryptionKey } from "../../streaming/cloud/encryptionKey.ts";
import {
  containerPrefix,
  type PlannedAccount,
  type PlannedContainer,
} from "../../streaming/storage/account.ts";
import { accountInputs } from "../../streaming/storage/body.ts";
import { replacementKeyOf } from "../../streaming/storage/redundancy.ts";
import { accountBaseName } from "../../streaming/naming/accountBaseName.ts";
import { ContainerImmutability } from "../dynamic/containerImmutability.ts";
import { fromLocation } from "../location.ts";

/** One storage account of the plan, and where it is created. */
export interface StorageDestinationArgs {
  /** The account as planned: its options and containers. Example: `plan.accounts[0]`. */
  account: PlannedAccount;
  /** The resource group's name. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** The Azure region; another one is a replacement. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** The tenant of the resources in `resourceAccessRules`, a GUID. Example: `getClientConfigOutput().tenantId`. */
  tenantId: pulumi.Input<string>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
  /** Encrypts the account. Default: a key of Microsoft's. */
  encryption?: EncryptionKey<pulumi.Input<string>> | undefined;
  /** Tags of the account; containers have none in Azure. Default: none. Example: `{ owner: "soc" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A storage account that Defender can write to and nobody else reaches without being let in: its blob service, a container for each
 * table, and the lifecycle rule that deletes what is old.
 *
 * Trusted Microsoft services pass the firewall, which needs the default action Deny, the bypass `AzureServices` and public network
 * access: the account is closed to everyone else anyway.
 *
 * What Azure can't change in place is declared here as a replacement: region, hierarchical namespace, infrastructure encryption.
 */
export class StorageDestination extends pulumi.ComponentResource {
  /** The account's ARM id: what the Defender portal asks for. */
  readonly resourceId: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
  /** Where consumers read, such as `https://name.blob.core.windows.net/`. */
  readonly blobEndpoint: pulumi.Output<string>;
  /** The resources underneath; `containers` by name. */
  readonly nodes: {
    /** Undefined: it is an existing account, and its blob service and lifecycle are not managed either. */
    readonly account: storage.StorageAccount | undefined;
    readonly blobService: storage.BlobServiceProperties | undefined;
    readonly lifecycle: storage.ManagementPolicy | undefined;
    readonly containers: Readonly<Record<string, storage.BlobContainer>>;
  };

  constructor(name: string, args: StorageDestinationArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:StorageDestination", name, {}, options);
    const { containers: planned, existing } = args.account;
    const account = existing ? undefined : createAccount(this, name, args);
    const within: Within = {
      parent: this,
      name,
      accountName: account?.name ?? pulumi.output(existing?.name ?? ""),
      resourceGroupName: existing?.resourceGroupName ?? args.resourceGroupName,
    };
    const blobService = existing ? undefined : createBlobService(within, args.account);
    const lifecycle = blobService && createLifecycle(within, args.account, blobService);
    const containers = Object.fromEntries(
      planned
        .filter(({ isManaged }) => isManaged)
        .map((container) => [container.name, createContainer(within, args, container, blobService)]),
    );

    this.resourceId = account?.id ?? pulumi.output(existing?.resourceId ?? "");
    this.accountName = within.accountName;
    this.blobEndpoint =
      account?.primaryEndpoints.apply(({ blob }) => blob) ?? pulumi.output(existing?.blobEndpoint ?? "");
    this.nodes = { account, blobService, lifecycle, containers };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}

/** What everything inside of the account needs. */
interface Within {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly accountName: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Input<string>;
}

function createAccount(
  parent: pulumi.Resource,
  name: string,
  args: StorageDestinationArgs,
): storage.StorageAccount {
  const { location, account, encryption, tags, tenantId } = args;
  const inputs = accountInputs(account, encryption);
  return new storage.StorageAccount(
    accountBaseName(name),
    {
      resourceGroupName: args.resourceGroupName,
      location,
      ...inputs,
      networkRuleSet: {
        ...inputs.networkRuleSet,
        resourceAccessRules: account.options.resourceAccessRules.map((resourceId) => ({
          resourceId,
          tenantId,
        })),
      },
      tags,
    },
    {
      parent,
      protect: account.isProtected,
      replacementTrigger: fromLocation(location, (region) => replacementKeyOf(account.options, region)),
    },
  );
}

/**
 * Versioning stays off: an append creates no version, and a deletion would only create a previous version. Kept when it leaves the
 * program: azure-native would not delete it but put it back to its defaults, without soft delete.
 */
function createBlobService(
  { parent, name, accountName, resourceGroupName }: Within,
  { options }: PlannedAccount,
): storage.BlobServiceProperties {
  const softDelete = { enabled: true, days: options.softDeleteDays };
  return new storage.BlobServiceProperties(
    name,
    {
      resourceGroupName,
      accountName,
      blobServicesName: "default",
      isVersioningEnabled: false,
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
    },
    { parent, retainOnDelete: true, deleteBeforeReplace: false },
  );
}

/** Deleting is all that a lifecycle rule can do with append blobs. */
function createLifecycle(
  { parent, name, accountName, resourceGroupName }: Within,
  { options }: PlannedAccount,
  blobService: storage.BlobServiceProperties,
): storage.ManagementPolicy | undefined {
  if (options.retentionDays === false) return undefined;
  return new storage.ManagementPolicy(
    name,
    {
      resourceGroupName,
      accountName,
      managementPolicyName: "default",
      policy: {
        rules: [
          {
            name: "delete-old-events",
            type: "Lifecycle",
            enabled: true,
            definition: {
              filters: { blobTypes: ["appendBlob"], prefixMatch: [containerPrefix] },
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: options.retentionDays } } },
            },
          },
        ],
      },
    },
    { parent, dependsOn: blobService, deleteBeforeReplace: false },
  );
}

function createContainer(
  { parent, name, accountName, resourceGroupName }: Within,
  { account: { options, existing }, cloud }: StorageDestinationArgs,
  planned: PlannedContainer,
  blobService: storage.BlobServiceProperties | undefined,
): storage.BlobContainer {
  const containerName = `${name}-${planned.shortName}`;
  const container = new storage.BlobContainer(
    containerName,
    {
      resourceGroupName,
      accountName,
      containerName: planned.name,
      publicAccess: "None",
      metadata: existing && { madeBy: existing.mark },
    },
    // Soft delete is on before there is something to delete. A container is replaced with its account only, and then stands beside it.
    { parent, protect: planned.isProtected, dependsOn: blobService, deleteBeforeReplace: false },
  );
  if (options.immutability) {
    new ContainerImmutability(
      `${containerName}-immutability`,
      { containerId: container.id, days: options.immutability.days, cloud },
      { parent },
    );
  }
  return container;
}
