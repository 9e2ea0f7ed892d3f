import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalog, observedTables } from "../../../streaming/defender/tables.ts";
import { fewest, limitsOf } from "../../../streaming/placement/limits.ts";
import type { Placement } from "../../../streaming/placement/placement.ts";
import { plan as planWith } from "../../../streaming/plan.ts";
import type { Plan } from "../../../streaming/planned.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { dedicated, facts } from "../existing/existingFacts.ts";
import { hubsSettings, mistakesThrown, request } from "../requests.ts";

const names = [...catalog, ...observedTables].map(({ name }) => name);
const someTables = fc.subarray(names, { minLength: 1 });

const plan = (asked: StreamingRequest, placement?: Placement) =>
  planWith(asked, { placement, existing: facts() });

/** One step of a stack's life: a table comes or goes, or a setting changes that leaves the limits alone. */
type Step = { toggle: string } | { set: Partial<StreamingRequest> };

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ toggle: fc.constantFrom(...names) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        set: fc.oneof(
          fc.record({ throughputUnits: fc.integer({ min: 1, max: 40 }) }),
          fc.record({ retentionHours: fc.integer({ min: 1, max: 168 }) }),
          fc.record({ partitionCount: fc.integer({ min: 1, max: 9 }) }),
        ),
      }),
    },
  ),
  { maxLength: 40 },
);

const worlds = fc.constantFrom<Partial<StreamingRequest>>(
  {},
  { tier: "Premium", throughputUnits: 16 },
  dedicated,
  { layout: "single", hubName: "defender" },
  { maxEventTypesPerSetting: 7 },
);

function after(asked: StreamingRequest, step: Step): StreamingRequest {
  if ("set" in step) {
    const { throughputUnits, ...rest } = step.set;
    return {
      ...asked,
      ...rest,
      ...(asked.tier === "Standard" && throughputUnits ? { throughputUnits } : {}),
    };
  }
  const left = asked.tables.filter((table) => table !== step.toggle);
  const tables = left.length < asked.tables.length ? left : [...asked.tables, step.toggle];
  return tables.length === 0 ? asked : { ...asked, tables };
}

function expectWithinLimits(made: Plan, asked: StreamingRequest) {
  const limits = limitsOf(asked);
  if (limits === undefined) throw new Error("A request of this test has limits.");
  expect(made.namespaces.length).toBeLessThanOrEqual(limits.namespaces);
  expect(made.exportSettings.length).toBeLessThanOrEqual(5);
  for (const { hubs } of made.namespaces) {
    expect(hubs.length).toBeGreaterThan(0);
    if (asked.layout === "perTable") expect(hubs.length).toBeLessThanOrEqual(limits.perNamespace);
  }
  for (const { namespace, eventTypes } of hubsSettings(made)) {
    expect(eventTypes.length).toBeGreaterThan(0);
    expect(eventTypes.length).toBeLessThanOrEqual(limits.perExportSetting);
    const hubs = made.namespaces.find(({ key }) => key === namespace)?.hubs ?? [];
    const reachable = hubs.flatMap(({ tables }) => tables);
    expect(reachable).toEqual(expect.arrayContaining(eventTypes));
  }
  const streamed = made.exportSettings.flatMap(({ eventTypes }) => eventTypes);
  expect([...streamed].sort()).toEqual([...asked.tables].sort());
}

const settingsOf = (made: Plan) =>
  new Map(made.exportSettings.map(({ key, ...rest }) => [key, JSON.stringify(rest)]));

function changedSettings(before: Plan, made: Plan): string[] {
  const [old, now] = [settingsOf(before), settingsOf(made)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
}

describe("over any life of a stack", () => {
  test("limits hold, nothing placed moves, and a table changes at most one export setting", () => {
    fc.assert(
      fc.property(worlds, someTables, steps, (world, tables, life) => {
        let asked: StreamingRequest = request({ ...world, tables });
        fc.pre(mistakesThrown(() => plan(asked)).length === 0);
        let made = plan(asked);
        expectWithinLimits(made, asked);
        for (const step of life) {
          const next = after(asked, step);
          // Fragments may need a sixth export setting; that is refused, and the stack stays as it is.
          if (mistakesThrown(() => plan(next, made.placement)).length > 0) continue;
          const later = plan(next, made.placement);
          expectWithinLimits(later, next);
          for (const table of next.tables) {
            const before = made.placement[table];
            if (before !== undefined) expect(later.placement[table]).toEqual(before);
          }
          expect(changedSettings(made, later).length).toBeLessThanOrEqual("toggle" in step ? 1 : 0);
          [asked, made] = [next, later];
        }
      }),
    );
  });

  test("with Standard's usual limits no step is ever refused", () => {
    fc.assert(
      fc.property(someTables, steps, (tables, life) => {
        let asked: StreamingRequest = request({ tables });
        let placement: Placement = {};
        for (const step of life) {
          asked = after(asked, step);
          placement = plan(asked, placement).placement;
        }
      }),
    );
  });
});

describe("whatever is deployed", () => {
  const anyPlacement = fc.dictionary(
    fc.constantFrom(...names),
    fc.record({
      namespace: fc.integer({ min: 0, max: 4 }).map((number) => `ns${number}`),
      exportSetting: fc.integer({ min: 0, max: 4 }).map((number) => `export${number}`),
    }),
  );

  test("limits hold", () => {
    fc.assert(
      fc.property(worlds, someTables, anyPlacement, (world, tables, placement) => {
        const asked = request({ ...world, tables });
        const mistakes = mistakesThrown(() => plan(asked, placement));
        for (const { rule } of mistakes) expect(rule).toMatch(/5 export settings/);
        if (mistakes.length === 0) expectWithinLimits(plan(asked, placement), asked);
      }),
    );
  });

  test("the order of the tables does not matter", () => {
    fc.assert(
      fc.property(
        someTables.chain((tables) =>
          fc.tuple(fc.constant(tables), fc.shuffledSubarray(tables, { minLength: tables.length })),
        ),
        ([tables, shuffled]) => {
          expect(plan(request({ tables: shuffled }))).toEqual(plan(request({ tables })));
        },
      ),
    );
  });
});

describe("a fresh plan", () => {
  test("of n tables on Standard takes a tenth as many namespaces and export settings, rounded up", () => {
    fc.assert(
      fc.property(someTables, (tables) => {
        const made = plan(request({ tables }));
        expect(made.namespaces).toHaveLength(Math.ceil(tables.length / 10));
        expect(made.exportSettings).toHaveLength(Math.ceil(tables.length / 10));
      }),
    );
  });

  test("never takes more than the fewest, whatever the limits", () => {
    fc.assert(
      fc.property(worlds, someTables, fc.integer({ min: 6, max: 30 }), (world, tables, most) => {
        const asked = request({ ...world, tables, maxEventTypesPerSetting: most });
        const limits = limitsOf(asked);
        if (limits === undefined || mistakesThrown(() => plan(asked)).length > 0) return;
        const made = plan(asked);
        const least = fewest(tables.length, limits);
        expect([made.namespaces.length, made.exportSettings.length]).toEqual([
          least.namespaces,
          least.exportSettings,
        ]);
      }),
    );
  });
});
