import { asFound } from "../cloud/found.ts";
import { hubsAllowed, tiers } from "../eventHubs/tiers.ts";
import type { LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import type { ExistingFacts } from "../existing/facts.ts";
import type { Placement } from "../placement/placement.ts";
import type { PlannedNamespace } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import { tableOf } from "../standing.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { deployTwice } from "../wording/twoSteps.ts";
import { count, listed } from "../wording/words.ts";
import { protectionOf, readersAfterwards } from "./protection.ts";

/** A hub as it stands. */
export interface StandingHub {
  readonly name: string;
  readonly partitionCount: number;
  /** The stack deletes it when the settings no longer contain it, and its events may be lost. */
  readonly mayGo: boolean;
  /** It stays, whatever the settings contain: somebody else's, or adopted. */
  readonly stays: boolean;
}

/** What a namespace holds. */
export interface Room {
  readonly hubs: number;
  readonly partitions: number;
}

/** How the hubs of a namespace change. */
export interface Handover {
  /** New hub → old hub that is deleted just before. All other new hubs are created before any old one is deleted. */
  readonly pairs: ReadonlyMap<string, string>;
  /** New hubs. */
  readonly coming: readonly string[];
  /** Old hubs that the settings no longer contain. */
  readonly going: readonly StandingHub[];
  /** The most that there may be at a time. */
  readonly peak: Room;
  readonly room: Room;
  readonly fits: boolean;
}

const sum = (hubs: readonly { readonly partitionCount: number }[]) =>
  hubs.reduce((all, { partitionCount }) => all + partitionCount, 0);
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/**
 * Which new hub takes the place of which old one. The engine creates what is new before it deletes what is gone, in any order, so a full
 * namespace has no room for anything new. A new hub that takes an old one's place is created after that one is deleted. Only as many do as
 * are needed, because everything else keeps its events until the rest has succeeded.
 */
export function handover(
  planned: readonly { readonly name: string; readonly partitionCount: number }[],
  standing: readonly StandingHub[],
  room: Room,
): Handover {
  const plannedFor = ({ name }: StandingHub) => planned.find((hub) => same(hub.name, name));
  const going = standing.filter((hub) => !hub.stays && !plannedFor(hub));
  const coming = planned.filter(({ name }) => !standing.some((hub) => same(hub.name, name)));
  // The largest first: they leave the most partitions.
  const places = going
    .filter(({ mayGo }) => mayGo)
    .sort((a, b) => b.partitionCount - a.partitionCount || (a.name < b.name ? -1 : 1));
  const now = { hubs: standing.length, partitions: sum(standing) };
  const together = [
    ...coming,
    ...standing.map((hub) => ({
      partitionCount: Math.max(hub.partitionCount, plannedFor(hub)?.partitionCount ?? 0),
    })),
  ];
  const peakWith = (pairs: number): Room => {
    const saved = coming.slice(0, pairs).map((hub, index) => ({
      partitionCount: Math.min(hub.partitionCount, places[index]?.partitionCount ?? 0),
    }));
    return { hubs: together.length - pairs, partitions: sum(together) - sum(saved) };
  };
  // More than fits may stand already, where Azure has raised a limit.
  const fits = ({ hubs, partitions }: Room) =>
    (hubs <= room.hubs || hubs <= now.hubs) &&
    (partitions <= room.partitions || partitions <= now.partitions);
  const most = Math.min(coming.length, places.length);
  let pairs = 0;
  while (pairs < most && !fits(peakWith(pairs))) pairs++;
  const peak = peakWith(pairs);
  return {
    pairs: new Map(places.slice(0, pairs).map((old, index) => [coming[index]?.name ?? "", old.name])),
    coming: coming.map(({ name }) => name),
    going,
    peak,
    room,
    fits: fits(peak),
  };
}

/** What exists, as far as a handover depends on it. */
export interface Current {
  readonly placement?: Placement | undefined;
  readonly live?: LiveNamespaces | undefined;
  readonly existing?: ExistingFacts | undefined;
}

/** How the hubs of a planned namespace change. One that is replaced starts empty. @param mayGo whether the events of any hub may be lost */
export function handoverIn(
  namespace: Pick<PlannedNamespace, "key" | "tier" | "send" | "isReplaced" | "existing" | "hubs">,
  request: StreamingRequest,
  current: Current,
  mayGo = false,
): Handover {
  const { key, tier, send, existing, hubs, isReplaced } = namespace;
  const units = existing?.units ?? send.units;
  const room = { hubs: hubsAllowed(tier, units), partitions: tiers[tier].partitionsPerUnit * units };
  const standing = isReplaced ? [] : standingHubs(key, request, current);
  return handover(
    hubs,
    standing.map((hub) => ({ ...hub, mayGo: mayGo || hub.mayGo })),
    room,
  );
}

/** Changes for which a namespace has no room. */
export function handoverMistakes(
  namespace: PlannedNamespace,
  request: StreamingRequest,
  current: Current,
): Mistake[] {
  const { key } = namespace;
  const { fits, going, coming, peak, room } = handoverIn(namespace, request, current);
  if (fits) return [];
  const isHubs = peak.hubs > room.hubs;
  const most = isHubs ? count(room.hubs, "hub") : count(room.partitions, "partition");
  const why =
    coming.length === 0 ? "" : `, because these are created before old hubs are deleted: ${listed(coming)}`;
  const rule = `${key} holds at most ${most}. This change needs room for ${isHubs ? peak.hubs : peak.partitions}${why}.`;
  const at = { key: "allowDataLoss", value: request.allowDataLoss, rule };
  const allowed = handoverIn(namespace, request, current, true);
  if (!allowed.fits) return [{ ...at, fix: isHubs ? otherRoom : fewerPartitions(namespace) }];
  const tables = [...request.tables, ...Object.keys(current.placement ?? {})];
  const isEvery = going.length === Object.keys(current.live?.[key]?.hubs ?? {}).length;
  const named = isEvery ? [key] : going.map(({ name }) => tableOf(name, tables) ?? key);
  const names = [...new Set([...request.allowDataLoss, ...named])];
  const way =
    allowed.pairs.size === going.length
      ? `write \`allowDataLoss: [${names.join(", ")}]\`. Then new hubs take the places of old ones.`
      : deployTwice("go back to the settings as deployed", names, "write these settings");
  const old = isEvery ? `the hubs of ${key}` : listed(going.map(({ name }) => name));
  return [{ ...at, fix: `If the events in ${old} may be lost, ${way} ${readersAfterwards}` }];
}

const otherRoom =
  "Delete hubs there that nobody needs, or put tables into another namespace with `placement`.";

const fewerPartitions = ({ existing }: PlannedNamespace) =>
  `Write a smaller \`partitionCount\`, or ${existing ? "give the namespace more units" : "raise `throughputUnits`"}.`;

function standingHubs(
  key: string,
  request: StreamingRequest,
  { placement = {}, live = {}, existing: facts }: Current,
): StandingHub[] {
  const { hubs: own = {}, othersHubs = {} } = live[key] ?? {};
  const isProtected = protectionOf(request, key);
  const tables = [...request.tables, ...Object.keys(placement)];
  const inside = Object.keys(placement).filter((table) => placement[table]?.namespace === key);
  const isShared = inside.length > 1 && Object.keys(own).length === 1;
  const used = asFound(facts?.namespaces[key]);
  const all =
    used?.hubs ?? Object.entries({ ...own, ...othersHubs }).map(([name, hub]) => ({ name, ...hub }));
  return all.map((hub) => {
    const table = isShared ? undefined : tableOf(hub.name, tables);
    const isMarked = !("metadata" in hub) || hub.metadata === facts?.mark;
    return {
      name: hub.name,
      partitionCount: hub.partitionCount,
      mayGo: !isProtected(table === undefined ? inside : [table]),
      stays: own[hub.name] === undefined || !isMarked,
    };
  });
}
