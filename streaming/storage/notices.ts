import type { Plan } from "../planned.ts";
import { twoSteps } from "../wording/twoSteps.ts";
import { listed, sentences } from "../wording/words.ts";
import { accountKey } from "./account.ts";
import type { LiveAccounts } from "./redundancy.ts";

/** The current archive. */
export interface LastArchive {
  /** The account by its key in the plan. */
  readonly liveAccounts: LiveAccounts;
  /** The tables that it holds. */
  readonly archivedTables: readonly string[];
}

/** What this deployment does to the events in the storage account, for the preview. */
export function storageNotices(
  plan: Plan,
  { liveAccounts = {}, archivedTables = [] }: Partial<LastArchive>,
  { protect, allowDataLoss }: { readonly protect: boolean; readonly allowDataLoss: readonly string[] },
): string[] {
  if (archivedTables.length === 0) return [];
  const [account] = plan.accounts;
  const isOwn = liveAccounts[accountKey] !== undefined;
  if (!account || (account.existing && isOwn)) {
    const loss =
      "The storage account is deployed, but no longer in the settings: it is deleted with all its blobs.";
    return [`${loss}${protect ? steps("`storage`", "`destinations`", [...allowDataLoss, accountKey]) : ""}`];
  }
  const removed = archivedTables.filter((table) => !account.containers.some((one) => one.table === table));
  const days = account.options.retentionDays;
  const current = liveAccounts[account.key]?.retentionDays ?? false;
  return sentences(
    removed.length > 0 &&
      account.options.containers &&
      `${listed(removed)} ${removed.length === 1 ? "is" : "are"} no longer in the settings. The containers that this stack created are deleted with their blobs.` +
        (protect ? steps(removed.join(", "), "the tables", [...allowDataLoss, ...removed]) : ""),
    days !== false &&
      (current === false || days < current) &&
      `The retention of the storage account gets shorter: blobs that were last written more than ${days} days ago are deleted.`,
  );
}

const steps = (what: string, from: string, wanted: readonly string[]) =>
  ` ${twoSteps(`put ${what} back into ${from}`, wanted, `remove ${what}`)}`;
