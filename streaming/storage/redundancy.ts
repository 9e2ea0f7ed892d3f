import type { Mistake } from "../wording/mistakes.ts";
import { normalizeLocation } from "../cloud/regions.ts";
import { armTypes, parseIdOf } from "../cloud/resourceId.ts";
import type { PlannedAccount, Redundancy, StorageOptions } from "./account.ts";

/** By the account's key in the plan. */
export type LiveAccounts = Readonly<Record<string, LiveAccount>>;

/** The current state of a storage account in Azure, as far as the next deployment depends on it. */
export interface LiveAccount {
  /** The ARM id. */
  readonly resourceId: string;
  /** The region in its short form, such as `westeurope`. */
  readonly location: string;
  /** `sku.name` without its tier: `GRS` for `Standard_GRS`. */
  readonly redundancy: string;
  readonly hierarchicalNamespace: boolean;
  readonly infrastructureEncryption: boolean;
  /** Days after the last write until the lifecycle rule deletes a blob; `false`: no such rule. */
  readonly retentionDays: number | false;
}

/**
 * Within a family an update of the account changes the redundancy. From one family to the other Azure converts the account on
 * request, which takes days (redundancy-migration.md, MicrosoftDocs/azure-docs).
 */
export const redundancyFamilies: readonly (readonly Redundancy[])[] = [
  ["LRS", "GRS", "RAGRS"],
  ["ZRS", "GZRS", "RAGZRS"],
];

const familyOf = (redundancy: string) =>
  redundancyFamilies.find((names) => names.some((name) => name === redundancy));

/** Whether an update of the account changes its redundancy. */
export function changesRedundancyInPlace(from: string, to: string): boolean {
  const family = familyOf(from);
  return from === to || (family !== undefined && family === familyOf(to));
}

/** The redundancy to convert the first one to: in the family of the second one and otherwise the same, which takes one conversion. */
function conversion(from: string, to: Redundancy): Redundancy {
  const index = familyOf(from)?.findIndex((name) => name === from) ?? -1;
  return familyOf(to)?.[index] ?? to;
}

/** A redundancy that an update of the current account cannot set. An account that is replaced anyway can have any. */
export function redundancyMistakes(
  account: PlannedAccount,
  live: LiveAccount | undefined,
  location: string | undefined,
): Mistake[] {
  const { redundancy } = account.options;
  if (!live || changesRedundancyInPlace(live.redundancy, redundancy)) return [];
  const key = replacementKeyOf(account.options, location ?? live.location);
  if (key !== replacementKeyOf(live, live.location)) return [];
  const { resourceGroupName: group, name } = parseIdOf(armTypes.storageAccount, live.resourceId);
  const first = conversion(live.redundancy, redundancy);
  const command = `az storage account migration start --resource-group ${group} --account-name ${name} --sku Standard_${first} --no-wait`;
  return [
    {
      key: "storage.redundancy",
      value: redundancy,
      rule: `The account ${name} has ${live.redundancy}. Azure changes that to ${redundancy} only by a conversion, not by an update.`,
      fix: `Write \`storage: {redundancy: ${live.redundancy}}\` and start the conversion with \`${command}\`. It takes days. Then write ${redundancy}.`,
    },
  ];
}

/** What Azure cannot change in an account. It is in the state of every stack: another text for the same replaces all accounts. */
export function replacementKeyOf(
  account: Pick<StorageOptions, "hierarchicalNamespace" | "infrastructureEncryption">,
  location: string,
): string {
  const { hierarchicalNamespace, infrastructureEncryption } = account;
  return [normalizeLocation(location), hierarchicalNamespace, infrastructureEncryption].join("/");
}
