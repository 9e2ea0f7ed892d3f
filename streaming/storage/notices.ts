import type { Plan } from "../planned.ts";
import { twoSteps } from "../wording/twoSteps.ts";
import { listed } from "../wording/words.ts";
import { accountKey } from "./account.ts";
import type { LiveAccount } from "./redundancy.ts";

/** What stands of the archive. */
export interface LastArchive {
  /** The account by its key in the plan. */
  readonly liveAccounts: Readonly<Record<string, LiveAccount>>;
  /** The tables that it holds. */
  readonly archivedTables: readonly string[];
}

/** What this deployment will do to events that the storage account holds now, for the preview. */
export function storageNotices(
  plan: Plan,
  { liveAccounts = {}, archivedTables = [] }: Partial<LastArchive>,
  { protect, allowDataLoss }: { readonly protect: boolean; readonly allowDataLoss: readonly string[] },
): string[] {
  if (archivedTables.length === 0) return [];
  const [account] = plan.accounts;
  if (!account) {
    const loss =
      "The storage account is deployed and no longer asked for: it is deleted with all blobs in it.";
    return [`${loss}${protect ? steps("`storage`", "`destinations`", [...allowDataLoss, accountKey]) : ""}`];
  }
  const removed = archivedTables.filter((table) => !account.containers.some((one) => one.table === table));
  const days = account.options.retentionDays;
  const standing = liveAccounts[account.key]?.retentionDays ?? false;
  return [
    ...(removed.length > 0 && account.options.containers
      ? [
          `${listed(removed)}: archived and no longer asked for. Containers that were made beforehand are deleted with their blobs.` +
            (protect ? steps(removed.join(", "), "the tables", [...allowDataLoss, ...removed]) : ""),
        ]
      : []),
    ...(days !== false && (standing === false || days < standing)
      ? [
          `Retention gets shorter on the storage account: blobs that were last written more than ${days} days ago are deleted.`,
        ]
      : []),
  ];
}

const steps = (what: string, from: string, wanted: readonly string[]) =>
  ` ${twoSteps(`put ${what} back into ${from}`, wanted, `take ${what} out`)}`;
