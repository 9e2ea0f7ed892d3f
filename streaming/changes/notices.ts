import { hubNameOf } from "../defender/tables.ts";
import type { LiveNamespace, LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import type { Place, Placement } from "../placement/placement.ts";
import type { Plan, PlannedNamespace } from "../planned.ts";
import { storageNotices, type LastArchive } from "../storage/notices.ts";
import { twoSteps } from "../wording/twoSteps.ts";
import { listed } from "../wording/words.ts";
import { readersAfterwards } from "./protection.ts";

interface LastHubs {
  readonly placement: Placement | undefined;
  readonly live: LiveNamespaces;
}

/** What this deployment does to stored events, for the preview. */
export function changeNotices({
  plan,
  last,
  request: { protect = true, allowDataLoss },
}: {
  readonly plan: Plan;
  readonly last: LastHubs & Partial<LastArchive>;
  readonly request: { readonly protect?: boolean | undefined; readonly allowDataLoss: readonly string[] };
}): string[] {
  const settings = { protect, allowDataLoss };
  return [
    ...removalNotices(plan, last, settings),
    ...Object.keys(last.live).flatMap((key) => hubNotices(key, plan, last, settings)),
    ...plan.namespaces.flatMap((namespace) => retentionNotices(namespace, last.live)),
    ...storageNotices(plan, last, settings),
  ];
}

function removalNotices(
  plan: Plan,
  { placement = {}, live }: LastHubs,
  { protect, allowDataLoss }: { protect: boolean; allowDataLoss: readonly string[] },
): string[] {
  // A shared hub is kept for the other tables, with its events.
  const keepsItsHubs = ({ namespace }: Place) => {
    const planned = plan.namespaces.find(({ key }) => key === namespace)?.hubs.map(({ name }) => name);
    const current = Object.keys(live[namespace]?.hubs ?? {});
    return current.length > 0 && current.every((hub) => planned?.includes(hub));
  };
  const removed = Object.entries(placement).filter(
    ([table, place]) =>
      !(table in plan.placement) &&
      !keepsItsHubs(place) &&
      !isAdopted(hubNameOf(table), live[place.namespace]),
  );
  const tables = removed.map(([table]) => table);
  if (tables.length === 0) return [];
  const keys = new Set(Object.values(placement).map((place) => place.namespace));
  const emptied = [...keys].filter(
    (key) => !plan.namespaces.some((namespace) => namespace.key === key) && !live[key]?.existing,
  );
  const names = [...tables, ...emptied];
  const what = `${tables.join(", ")} ${tables.length === 1 ? "is" : "are"} deployed, but no longer in the settings`;
  const loss = `hubs that only held ${tables.length === 1 ? "it" : "them"}${emptied.length > 0 ? ` and the namespaces ${emptied.join(", ")}` : ""} are deleted with their events`;
  const hubsGo = plan.namespaces.length === 0;
  const steps = twoSteps(
    `put ${hubsGo ? "`eventHub` back into `destinations`" : `${tables.join(", ")} back into the tables`}`,
    [...allowDataLoss, ...names],
    `remove ${hubsGo ? "it" : tables.join(", ")}`,
  );
  return [`${what}: ${loss}.${protect ? ` ${steps}` : ""}`];
}

/** Whether the hub is adopted: it is kept when the stack is destroyed. */
function isAdopted(hub: string, namespace: LiveNamespace | undefined): boolean {
  return namespace?.existing?.adoptedHubs.some((name) => name.toLowerCase() === hub.toLowerCase()) ?? false;
}

/** Hubs that are deleted although their tables are still streamed: with another layout, name or place. */
function hubNotices(
  key: string,
  plan: Plan,
  { placement = {}, live }: LastHubs,
  { protect, allowDataLoss }: { protect: boolean; allowDataLoss: readonly string[] },
): string[] {
  const hubs = plan.namespaces.find((namespace) => namespace.key === key)?.hubs ?? [];
  const removed = Object.keys(placement).filter((table) => !(table in plan.placement));
  const explained = new Set([...hubs.map(({ name }) => name), ...removed.map(hubNameOf)]);
  const gone = Object.keys(live[key]?.hubs ?? {}).filter(
    (hub) => !explained.has(hub) && !isAdopted(hub, live[key]),
  );
  if (gone.length === 0) return [];
  const [s, them] = gone.length === 1 ? ["", "it with its"] : ["s", "them with their"];
  const loss = `The settings no longer contain the hub${s} ${listed(gone)} of ${key}. The deployment deletes ${them} events.`;
  const steps = twoSteps(
    "go back to the settings as deployed",
    [...allowDataLoss, key],
    "write these settings",
  );
  return [`${loss}${protect ? ` ${steps}` : ""} ${readersAfterwards}`];
}

function retentionNotices(namespace: PlannedNamespace, live: LiveNamespaces): string[] {
  const shortened = namespace.hubs.filter((hub) => {
    const current = live[namespace.key]?.hubs[hub.name];
    return current !== undefined && hub.retentionHours < current.retentionHours;
  });
  const [first] = shortened;
  if (!first) return [];
  return [
    `The retention gets shorter on ${shortened.length} ${shortened.length === 1 ? "hub" : "hubs"} of ${namespace.key}: ` +
      `events older than ${first.retentionHours} hours are deleted.`,
  ];
}
