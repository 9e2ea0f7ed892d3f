import * as storage from "@pulumi/azure-native/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { CheckpointNeeds } from "../../streaming/consumers/provision.ts";
import { accountBaseName } from "../../streaming/naming/accountBaseName.ts";
import {
  blobServiceInputs,
  checkpointStoreInputs,
  checkpointStoreSku,
  containerInputs,
} from "../../streaming/storage/body.ts";
import { fromLocation } from "../location.ts";

/** Where one consumer keeps its positions. */
export interface CheckpointStoreArgs {
  /** Who has access. Example: `provisionOf(consumer, consumerGroups).checkpoint`. */
  needs: CheckpointNeeds;
  /** Names of the containers. Example: `["checkpoints-siem"]`. */
  containers: readonly string[];
  /** The resource group's name. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** The Azure region in its short form; another one is a replacement. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** Tags of the account; containers have none in Azure. Default: none. Example: `{ owner: "soc" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A storage account for the checkpoints of one consumer, never one that Defender writes to. Its key opens no events
 * and no other consumer's positions, and neither does a way through its firewall.
 *
 * Soft delete and versioning are off: clients overwrite their blobs every few seconds, and Microsoft's support names both as a
 * cause of processors that stop (MicrosoftDocs/azure-docs #110760). It is not protected: it holds positions, no events, and a
 * client that lost them reads again what the hubs still have.
 */
export class CheckpointStore extends pulumi.ComponentResource {
  readonly resourceId: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
  /** Such as `https://name.blob.core.windows.net/`. */
  readonly blobEndpoint: pulumi.Output<string>;
  /** The resources underneath; `containers` by name. */
  readonly nodes: {
    readonly account: storage.StorageAccount;
    readonly containers: Readonly<Record<string, storage.BlobContainer>>;
  };

  constructor(name: string, args: CheckpointStoreArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:CheckpointStore", name, {}, options);
    const account = createAccount(this, name, args);
    const at = { resourceGroupName: args.resourceGroupName, accountName: account.name };
    const blobService = new storage.BlobServiceProperties(
      name,
      { ...at, ...blobServiceInputs() },
      // What azure-native does in place of a deletion is a PUT to an account that is about to go.
      { parent: this, retainOnDelete: true, deleteBeforeReplace: false },
    );
    const containers = args.containers.map((containerName): [string, storage.BlobContainer] => [
      containerName,
      new storage.BlobContainer(
        `${name}-${containerName}`,
        { ...at, ...containerInputs(containerName) },
        { parent: this, dependsOn: blobService, deleteBeforeReplace: false },
      ),
    ]);

    this.resourceId = account.id;
    this.accountName = account.name;
    this.blobEndpoint = account.primaryEndpoints.apply(({ blob }) => blob);
    this.nodes = { account, containers: Object.fromEntries(containers) };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}

function createAccount(
  parent: pulumi.Resource,
  name: string,
  { needs, location, tags, resourceGroupName }: CheckpointStoreArgs,
): storage.StorageAccount {
  return new storage.StorageAccount(
    accountBaseName(name),
    {
      resourceGroupName,
      location,
      sku: { name: fromLocation(location, checkpointStoreSku) },
      ...checkpointStoreInputs(needs),
      tags,
    },
    { parent },
  );
}
