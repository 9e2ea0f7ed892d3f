import fc from "fast-check";
import { expect, test } from "vitest";
import { listenRuleOf } from "../../../streaming/consumers/provision.ts";
import { catalog, shortHubName } from "../../../streaming/defender/tables.ts";
import type { LiveHub, LiveNamespaces } from "../../../streaming/eventHubs/liveNamespace.ts";
import { hubsAllowed, sharedAccessRulesAllowed, tiers } from "../../../streaming/eventHubs/tiers.ts";
import { plan } from "../../../streaming/plan.ts";
import type { Plan, PlannedNamespace } from "../../../streaming/planned.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { dedicated, facts } from "../existing/existingFacts.ts";
import { liveNamespace } from "../live.ts";
import { mistakesThrown, request } from "../requests.ts";

/*
 * The order of the engine: it creates, updates and replaces in any order, and deletes what is gone after all that has succeeded. With
 * `deleteBeforeReplace` the old one goes just before the new one comes. A namespace is replaced by a new one beside it.
 */

const names = catalog.map(({ name }) => name);
/** Mostly few of some names, now and then as many as fit. */
const someNames = (prefix: string) => {
  const all = Array.from({ length: 14 }, (_, index) => `${prefix}${index}`);
  return fc.oneof(
    { weight: 3, arbitrary: fc.subarray(all.slice(0, 3)) },
    { weight: 1, arbitrary: fc.subarray(all, { minLength: 8, maxLength: 11 }) },
  );
};

const worlds = fc.oneof(
  fc.constant<Partial<StreamingRequest>>({}),
  fc.constant<Partial<StreamingRequest>>({ tier: "Premium", throughputUnits: 1 }),
  fc.constant<Partial<StreamingRequest>>({ tier: "Premium", throughputUnits: 2 }),
  fc.constant<Partial<StreamingRequest>>(dedicated),
);

const requestsIn = (world: Partial<StreamingRequest>) =>
  fc
    .record({
      layout: fc.oneof(
        fc.constant<Partial<StreamingRequest>>({}),
        fc
          .constantFrom("d", "e", "insights-logs-advancedhunting-deviceinfo")
          .map((hubName): Partial<StreamingRequest> => ({ layout: "single", hubName })),
      ),
      tables: fc.oneof(
        fc.subarray(names, { minLength: 1 }),
        fc.shuffledSubarray(names, { minLength: 10, maxLength: 10 }),
      ),
      partitionCount: fc.constantFrom(1, 4, 4, 9),
      consumerGroups: someNames("group"),
      readers: someNames("reader"),
      hubPolicy: fc.boolean(),
      loss: fc.constantFrom<Partial<StreamingRequest>>(
        { protect: false },
        { allowDataLoss: ["ns1", "ns2", "ns3"] },
        { allowDataLoss: names.slice(0, 12) },
        {},
      ),
    })
    .map(({ layout, readers, loss, ...rest }) =>
      request({
        ...world,
        ...layout,
        ...rest,
        ...loss,
        consumers: readers.map((name, index) => ({
          name,
          objectId: `2e84d1f6-b3a9-4705-9c5e-${String(index).padStart(12, "0")}`,
          principalType: "ServicePrincipal",
          auth: "sas",
          consumerGroup: name,
        })),
      }),
    );

/** The settings of a stack, and what they become: mostly in the same tier, so that the namespaces stay. */
const changes = fc
  .tuple(worlds, worlds, fc.integer({ min: 0, max: 4 }))
  .chain(([world, other, chance]) => fc.tuple(requestsIn(world), requestsIn(chance === 0 ? other : world)));

const rulesOf = ({ consumers }: Plan, { hubs }: PlannedNamespace) => [
  ...consumers.map(({ provision }) => listenRuleOf(provision)),
  ...(hubs[0]?.hasPolicy ? ["defender-streaming"] : []),
];

/** What a plan leaves behind. */
function deployed(made: Plan, asked: StreamingRequest, others: number): LiveNamespaces {
  const foreign = Array.from({ length: others }, (_, index): [string, LiveHub] => [
    `foreign-${index}`,
    { partitionCount: 4, retentionHours: 24 },
  ]);
  return Object.fromEntries(
    made.namespaces.map((namespace) => [
      namespace.key,
      liveNamespace({
        tier: namespace.tier,
        units: namespace.send.units,
        ...(asked.clusterId === undefined ? {} : { clusterId: asked.clusterId }),
        hubs: Object.fromEntries(namespace.hubs.map(({ name, ...hub }) => [name, hub])),
        othersHubs: namespace.key === "ns1" ? Object.fromEntries(foreign) : {},
        access: {
          consumerGroups: namespace.hubs[0]?.consumerGroups ?? [],
          hubRules: rulesOf(made, namespace),
          namespaceRules: [],
        },
      }),
    ]),
  );
}

type Step = { remove: string } | { put: string; partitions: number };

/** The chains of steps that the engine carries out in any order, and the deletions after that. */
function steps(namespace: PlannedNamespace, old: Readonly<Record<string, LiveHub>>) {
  const chains = namespace.hubs.map((hub): Step[] => {
    const put = { put: hub.name, partitions: hub.partitionCount };
    const now = old[hub.name];
    if (now) {
      const isReplaced = now.partitionCount !== hub.partitionCount && hub.partitions === "replace";
      return isReplaced ? [{ remove: hub.name }, put] : [put];
    }
    const former = Object.keys(old).find((name) => shortHubName(name) === hub.replaces);
    return former === undefined ? [put] : [{ remove: former }, put];
  });
  const removed = new Set(chains.flat().flatMap((step) => ("remove" in step ? step.remove : [])));
  const stays = new Set(namespace.hubs.map(({ name }) => name));
  const last = Object.keys(old).filter((name) => !stays.has(name) && !removed.has(name));
  return { chains, last: last.map((remove): Step => ({ remove })) };
}

test("no plan needs more hubs, partitions, groups or rules than fit while it is carried out", () => {
  const seen = { carriedOut: 0, pairs: 0, refused: 0 };
  fc.assert(
    fc.property(
      changes,
      fc.constantFrom(0, 0, 0, 0, 1, 3),
      fc.infiniteStream(fc.nat()),
      ([from, to], others, dice) => {
        const existing = facts();
        fc.pre(mistakesThrown(() => plan(from, { existing })).length === 0);
        const before = plan(from, { existing });
        const live = deployed(before, from, others);
        const current = { placement: before.placement, live, existing };
        const refusals = mistakesThrown(() => plan(to, current));
        seen.refused += refusals.length > 0 ? 1 : 0;
        if (refusals.length > 0) return;
        const after = plan(to, current);
        seen.carriedOut++;
        for (const namespace of after.namespaces) {
          const { key, tier, isReplaced, send } = namespace;
          const now = isReplaced ? undefined : live[key];
          const standing = new Map(
            Object.entries({ ...now?.hubs, ...now?.othersHubs }).map(([name, hub]) => [
              name,
              hub.partitionCount,
            ]),
          );
          const { chains, last } = steps(namespace, now?.hubs ?? {});
          seen.pairs += namespace.hubs.filter(({ replaces }) => replaces).length;
          const partitions = () => [...standing.values()].reduce((sum, one) => sum + one, 0);
          // More may stand at first, because foreign hubs come without a look at the limits.
          const mostHubs = Math.max(hubsAllowed(tier, send.units), standing.size);
          const mostPartitions = Math.max(tiers[tier].partitionsPerUnit * send.units, partitions());
          const carryOut = (step: Step) => {
            if ("remove" in step) expect(standing.delete(step.remove)).toBe(true);
            else standing.set(step.put, step.partitions);
            expect(standing.size).toBeLessThanOrEqual(mostHubs);
            expect(partitions()).toBeLessThanOrEqual(mostPartitions);
          };
          const left = chains.filter(({ length }) => length > 0);
          while (left.length > 0) {
            const index = (dice.next().value ?? 0) % left.length;
            const step = left[index]?.shift();
            if (step) carryOut(step);
            if (left[index]?.length === 0) left.splice(index, 1);
          }
          last.forEach(carryOut);
          const own = [...standing.keys()].filter((name) => !name.startsWith("foreign-"));
          expect(own.sort()).toEqual(namespace.hubs.map(({ name }) => name).sort());

          for (const hub of namespace.hubs.filter(({ name }) => now?.hubs[name])) {
            const groups = new Set([...(now?.access?.consumerGroups ?? []), ...hub.consumerGroups]);
            expect(groups.size + 1).toBeLessThanOrEqual(tiers[tier].consumerGroups);
            const rules = new Set([...(now?.access?.hubRules ?? []), ...rulesOf(after, namespace)]);
            expect(rules.size).toBeLessThanOrEqual(sharedAccessRulesAllowed.hub);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
}, 30_000);

test("a hub takes the place only of one whose events may be lost", () => {
  fc.assert(
    fc.property(changes, ([from, to]) => {
      const existing = facts();
      fc.pre(mistakesThrown(() => plan(from, { existing })).length === 0);
      const before = plan(from, { existing });
      const live = deployed(before, from, 0);
      const current = { placement: before.placement, live, existing };
      fc.pre(mistakesThrown(() => plan(to, current)).length === 0);
      for (const { key, hubs } of plan(to, current).namespaces) {
        for (const { replaces } of hubs) {
          const old = before.namespaces
            .find((namespace) => namespace.key === key)
            ?.hubs.find(({ shortName }) => shortName === replaces);
          if (!old || to.protect === false) continue;
          const named = (name: string) => to.allowDataLoss.includes(name);
          expect(named(key) || old.tables.every(named)).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
}, 30_000);
