import type { LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import type { Plan } from "../planned.ts";
import type { DeployedGrant } from "../roles/accessChanges.ts";
import { count, listed, sentences } from "../wording/words.ts";

const refused = (what: string) =>
  `\`lock\` is on, and Azure does not delete anything below a lock (ScopeLocked). This deployment would delete ${what}. ` +
  "Write `lock: false` for this deployment, and `lock: true` again for the next one.";

/** Hubs and containers below a lock that this deployment would delete or replace, for the preview. */
export function lockNotices({
  plan: { namespaces, accounts },
  request: { lock },
  last,
}: {
  readonly plan: Plan;
  readonly request: { readonly lock?: boolean | undefined };
  readonly last: { readonly live: LiveNamespaces; readonly archivedTables: readonly string[] };
}): string[] {
  if (!lock) return [];
  const hubs = namespaces
    .filter(({ existing }) => !existing)
    .flatMap(({ key, isReplaced, hubs: planned }) =>
      Object.entries(last.live[key]?.hubs ?? {}).flatMap(([name, { partitionCount }]) => {
        const stays = !isReplaced && planned.find((hub) => hub.name === name);
        if (stays && (stays.partitions === "changeInPlace" || stays.partitionCount === partitionCount))
          return [];
        return [name];
      }),
    );
  const containers = accounts
    .filter(({ existing, options }) => !existing && options.containers)
    .flatMap((account) =>
      last.archivedTables.filter((table) => !account.containers.some((one) => one.table === table)),
    );
  const gone = sentences(
    hubs.length > 0 && `the ${hubs.length === 1 ? "hub" : "hubs"} ${listed(hubs)}`,
    containers.length > 0 && `the containers of ${listed(containers)}`,
  );
  return sentences(gone.length > 0 && refused(listed(gone)));
}

/** The same for role assignments. They are below a lock, unless their scope is a group or subscription. */
export function roleLockNotices(
  deployed: readonly DeployedGrant[],
  required: readonly Pick<DeployedGrant, "role" | "principalId" | "managed">[],
): string[] {
  const keyOf = ({ role, principalId }: Pick<DeployedGrant, "role" | "principalId">) =>
    `${role} ${principalId}`;
  const kept = new Set(required.filter(({ managed }) => managed).map(keyOf));
  const gone = deployed.filter((grant) => grant.managed && !kept.has(keyOf(grant)));
  return gone.length > 0 ? [refused(count(gone.length, "role assignment"))] : [];
}
