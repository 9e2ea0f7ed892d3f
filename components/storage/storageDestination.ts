import * as storage from "@pulumi/azure-native/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { EncryptionKey } from "../../streaming/cloud/encryptionKey.ts";
import type { PlannedAccount } from "../../streaming/storage/account.ts";
import { accountInputs, blobServiceInputs, containerInputs } from "../../streaming/storage/body.ts";
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
 * A storage account that Defender can write to and nobody else reaches without being let in: its blob service, and a container for each
 * table. `createLifecycle` adds the rule that deletes what is old.
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
    /** Undefined: it is an existing account, and its blob service is not managed either. */
    readonly account: storage.StorageAccount | undefined;
    readonly blobService: storage.BlobServiceProperties | undefined;
    readonly containers: Readonly<Record<string, storage.BlobContainer>>;
  };

  constructor(name: string, args: StorageDestinationArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:StorageDestination", name, {}, options);
    const { containers: planned, existing, options: wanted } = args.account;
    const account = existing ? undefined : createAccount(this, name, args);
    const accountName = account?.name ?? pulumi.output(existing?.name ?? "");
    const at = { accountName, resourceGroupName: existing?.resourceGroupName ?? args.resourceGroupName };
    // What is in an account is replaced with it only, and then stands beside it.
    const inside = { parent: this, deleteBeforeReplace: false };
    const blobService = existing
      ? undefined
      : new storage.BlobServiceProperties(
          name,
          { ...at, ...blobServiceInputs(wanted.softDeleteDays) },
          // Kept when it leaves the program: azure-native would not delete it but put it back to its defaults, without soft delete.
          { ...inside, retainOnDelete: true },
        );
    // Soft delete is on before there is something to delete.
    const afterwards = { ...inside, dependsOn: blobService };
    const managed = planned.filter(({ isManaged }) => isManaged);
    const containers = managed.map((container): [string, storage.BlobContainer] => {
      const containerName = `${name}-${container.shortName}`;
      const made = new storage.BlobContainer(
        containerName,
        { ...at, ...containerInputs(container.name, existing?.mark) },
        { ...afterwards, protect: container.isProtected },
      );
      if (wanted.immutability) {
        new ContainerImmutability(
          `${containerName}-immutability`,
          { containerId: made.id, days: wanted.immutability.days, cloud: args.cloud },
          { parent: this },
        );
      }
      return [container.name, made];
    });

    this.resourceId = account?.id ?? pulumi.output(existing?.resourceId ?? "");
    this.accountName = accountName;
    this.blobEndpoint =
      account?.primaryEndpoints.apply(({ blob }) => blob) ?? pulumi.output(existing?.blobEndpoint ?? "");
    this.nodes = { account, blobService, containers: Object.fromEntries(containers) };
    this.registerOutputs({ resourceId: this.resourceId });
  }
}

function createAccount(
  parent: pulumi.Resource,
  name: string,
  args: StorageDestinationArgs,
): storage.StorageAccount {
  const { location, account, encryption, tags, tenantId } = args;
  const { resourceAccessRules } = account.options;
  const inputs = accountInputs(account, encryption);
  return new storage.StorageAccount(
    accountBaseName(name),
    {
      resourceGroupName: args.resourceGroupName,
      location,
      ...inputs,
      networkRuleSet: {
        ...inputs.networkRuleSet,
        resourceAccessRules: resourceAccessRules.map((resourceId) => ({ resourceId, tenantId })),
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
