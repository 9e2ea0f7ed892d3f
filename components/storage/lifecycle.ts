import * as storage from "@pulumi/azure-native/storage/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { PlannedAccount } from "../../streaming/storage/account.ts";
import { lifecycleInputs } from "../../streaming/storage/body.ts";
import type { StorageDestination } from "./storageDestination.ts";

/**
 * The lifecycle rule of an account, which deletes old blobs; none for an existing account, or where everything is kept.
 *
 * It comes last in a deployment: if that fails, a shorter retention has not deleted anything.
 *
 * @param options `dependsOn`: everything that could fail
 */
export function createLifecycle(
  name: string,
  args: {
    readonly planned: PlannedAccount;
    readonly account: StorageDestination;
    readonly resourceGroupName: pulumi.Input<string>;
  },
  options: pulumi.CustomResourceOptions,
): storage.ManagementPolicy[] {
  const { planned, account, resourceGroupName } = args;
  const { retentionDays } = planned.options;
  if (planned.existing || retentionDays === false) return [];
  return [
    new storage.ManagementPolicy(
      name,
      { resourceGroupName, accountName: account.accountName, ...lifecycleInputs(retentionDays) },
      // It was below the account. It is replaced with the account only, and then stands beside it.
      { ...options, deleteBeforeReplace: false, aliases: [{ parent: account }] },
    ),
  ];
}
