import type { Mistake } from "../wording/mistakes.ts";
import { normaliseLocation } from "../cloud/regions.ts";
import { armTypes, parseIdOf } from "../cloud/resourceId.ts";
import type { PlannedAccount, Redundancy } from "./account.ts";

/** A storage account as it stands in Azure, as far as the next deployment depends on it. */
export interface LiveAccount {
  /** The ARM id. */
  readonly resourceId: string;
  /** The region in its short form, such as `westeurope`. */
  readonly location: string;
  /** `sku.name` without its tier: `GRS` for `Standard_GRS`. */
  readonly redundancy: string;
  readonly hierarchicalNamespace: boolean;
  readonly infrastructureEncryption: boolean;
  /** Days after the last write until the lifecycle rule deletes a blob; `false`: there is no such rule. */
  readonly retentionDays: number | false;
}

/**
 * Redundancies that change into each other by an update of the account. From one list to the other leads a conversion, which
 * Azure carries out on request, within days (redundancy-migration.md, MicrosoftDocs/azure-docs).
 */
const inPlace: readonly (readonly Redundancy[])[] = [
  ["LRS", "GRS", "RAGRS"],
  ["ZRS", "GZRS", "RAGZRS"],
];

/** Whether an account changes its redundancy by an update. */
export function changesRedundancyInPlace(from: string, to: string): boolean {
  const family = (name: string) => inPlace.find((names) => names.some((other) => other === name));
  return from === to || (family(from) !== undefined && family(from) === family(to));
}

/** The redundancy to convert to from the first one: with the zones of the second one and otherwise alike, which takes one conversion. */
function conversion(from: string, to: Redundancy): Redundancy {
  const [zonal, local] = [["ZRS", "GZRS", "RAGZRS"] as const, ["LRS", "GRS", "RAGRS"] as const];
  const [source, target] = zonal.some((name) => name === to) ? [local, zonal] : [zonal, local];
  return target[source.findIndex((name) => name === from)] ?? to;
}

/** What is asked of an account that stands and that no update can do. An account that is replaced anyway may become anything. */
export function redundancyMistakes(
  account: PlannedAccount,
  live: LiveAccount | undefined,
  location: string | undefined,
): Mistake[] {
  const { redundancy } = account.options;
  if (!live || isReplaced(account, live, location) || changesRedundancyInPlace(live.redundancy, redundancy))
    return [];
  const { resourceGroupName: group, name } = parseIdOf(armTypes.storageAccount, live.resourceId);
  const first = conversion(live.redundancy, redundancy);
  const command = `az storage account migration start --resource-group ${group} --account-name ${name} --sku Standard_${first} --no-wait`;
  return [
    {
      key: "storage.redundancy",
      value: redundancy,
      rule: `The account ${name} has ${live.redundancy}, and Azure changes it to ${redundancy} by a conversion only, not by an update.`,
      fix: `Write \`storage: {redundancy: ${live.redundancy}}\` until it is converted. Ask Azure for it with \`${command}\`, which takes days; then write ${redundancy}.`,
    },
  ];
}

/** Whether the account can't become what is asked and is replaced: its region, hierarchical namespace or infrastructure encryption is another one. */
export function isReplaced(
  account: PlannedAccount,
  live: LiveAccount,
  location: string | undefined,
): boolean {
  const { hierarchicalNamespace, infrastructureEncryption } = account.options;
  return (
    (location !== undefined && live.location !== normaliseLocation(location)) ||
    live.hierarchicalNamespace !== hierarchicalNamespace ||
    live.infrastructureEncryption !== infrastructureEncryption
  );
}
