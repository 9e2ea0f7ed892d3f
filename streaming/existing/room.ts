import type { Allocation } from "../placement/allocation.ts";
import type { Limits } from "../placement/limits.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { numberIn, type Placement } from "../placement/placement.ts";
import type { StreamingRequest } from "../request.ts";
import { hubsAllowed, tiers } from "../eventHubs/tiers.ts";
import { count, listed } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingFacts, ExistingNamespace } from "./facts.ts";
import { hubFor, hubNamed } from "./hubs.ts";
import { existingNamespaces } from "./existing.ts";

/** The limits with the namespaces that a request names: which ones may be used, and how much room the existing ones have. */
export function withRooms(
  limits: Limits,
  request: StreamingRequest,
  deployed: Placement,
  facts: ExistingFacts,
): Limits {
  const { existing } = request;
  if (existing?.namespaces === undefined) return limits;
  const there = existingNamespaces(existing).flatMap(([key]): [string, ExistingNamespace][] => {
    const found = asFound(facts.namespaces[key]);
    return found ? [[key, found]] : [];
  });
  const currentKeys = Object.values(deployed).map(({ namespace }) => namespace);
  const keys = new Set([...Object.keys(existing.namespaces), ...currentKeys]);
  const homes = there.flatMap(([key, namespace]) =>
    request.tables
      .filter((table) => isHome(table, key, namespace, request, deployed))
      .map((table): [string, string] => [table, key]),
  );
  return {
    ...limits,
    keys: [...keys].sort((a, b) => numberIn(a) - numberIn(b)),
    homes: new Map(homes),
    rooms: new Map(
      there.map(([key, namespace]) => [
        key,
        roomIn(
          namespace,
          homes.filter(([, home]) => home === key).map(([table]) => table),
          request,
          facts.mark,
        ),
      ]),
    ),
  };
}

/** Whether the table's hub exists there, and the table is in no other namespace. Another check reports a hub that is not adopted. */
function isHome(
  table: string,
  key: string,
  namespace: ExistingNamespace,
  request: StreamingRequest,
  deployed: Placement,
): boolean {
  const place = request.placement?.[table] ?? deployed[table];
  if (place !== undefined && place.namespace !== key) return false;
  return hubNamed(namespace, hubFor(table, request)) !== undefined;
}

/** How many tables have room: their existing hubs and those that this stack deletes do not count, and a single hub takes all tables. */
function roomIn(
  namespace: ExistingNamespace,
  atHome: readonly string[],
  request: StreamingRequest,
  mark: string,
): number {
  const home = new Set(atHome.map((table) => hubFor(table, request).toLowerCase()));
  const others = namespace.hubs.filter(
    ({ name, metadata }) => metadata !== mark && !home.has(name.toLowerCase()),
  );
  const free = Math.max(0, hubsAllowed(namespace.tier, namespace.units) - others.length);
  if (request.layout === "single") return free > 0 ? Infinity : 0;
  return free;
}

/** The mistake of more tables than the namespaces of the request have room for. */
export function roomMistakes(
  tables: readonly string[],
  allocation: Allocation,
  limits: Limits,
  request: StreamingRequest,
  facts: ExistingFacts,
): Mistake[] {
  const { rooms, keys } = limits;
  if (rooms === undefined || keys === undefined) return [];
  const homeless = tables.filter((table) => allocation.placeOf(table)?.exportSetting === undefined);
  const crowded = [...rooms].filter(([key, room]) => allocation.inhabitants(key) > room);
  if (homeless.length === 0 && crowded.length === 0) return [];
  const hubs = request.layout === "single" ? 1 : tables.length;
  const rooming = [...rooms].map(([key, room]) => {
    const namespace = asFound(facts.namespaces[key]);
    const allowed = namespace ? hubsAllowed(namespace.tier, namespace.units) : 0;
    const free = request.layout === "single" ? Math.min(room, 1) : room;
    return `${key} holds at most ${count(allowed, "hub")}, has ${namespace?.hubs.length ?? 0}, and has room for ${free} of these`;
  });
  const next = `ns${Math.max(...keys.map(numberIn)) + 1}`;
  return [
    {
      key: "existing.namespaces",
      value: request.existing?.namespaces,
      rule:
        `There is not enough room for ${count(hubs, "hub")}: ${rooming.join("; ")}.` +
        (crowded.length > 0
          ? ` \`placement\` puts too many into ${listed(crowded.map(([key]) => key))}.`
          : ""),
      fix: `Delete hubs there that nobody needs, stream fewer tables, or name another namespace: \`existing: {namespaces: {${next}: <id>}}\` for an existing one, \`${next}: new\` for one that this stack creates.`,
    },
  ];
}

/** The mistake of more partitions than an existing namespace holds with its units; Premium alone has such a limit. */
export function partitionMistakes(
  tables: readonly string[],
  allocation: Allocation,
  request: StreamingRequest,
  facts: ExistingFacts,
): Mistake[] {
  return existingNamespaces(request.existing).flatMap(([key, id]): Mistake[] => {
    const namespace = asFound(facts.namespaces[key]);
    if (namespace === undefined) return [];
    const { partitionsPerUnit, unit } = tiers[namespace.tier];
    const most = partitionsPerUnit * namespace.units;
    const inside = tables.filter((table) => allocation.placeOf(table)?.namespace === key);
    const hubs = new Set(inside.map((table) => hubFor(table, request).toLowerCase()));
    const others = namespace.hubs.filter(
      ({ name, metadata }) => metadata !== facts.mark && !hubs.has(name.toLowerCase()),
    );
    const theirs = others.reduce((sum, hub) => sum + hub.partitionCount, 0);
    if (theirs + hubs.size * request.partitionCount <= most) return [];
    return [
      {
        key: `existing.namespaces.${key}`,
        value: id,
        rule: `With ${count(namespace.units, unit)} it holds ${most} partitions in all; other hubs have ${theirs}, and this stack needs ${count(hubs.size, "hub")} with ${request.partitionCount}.`,
        fix: "Write a smaller `partitionCount`, or give the namespace more units.",
      },
    ];
  });
}
