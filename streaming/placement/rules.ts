import { limitsOf } from "./limits.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { exportSettingKey, namespaceKey, type Place } from "./placement.ts";
import type { Draft } from "../request.ts";
import type { Rule } from "../rule.ts";
import { tableMeantBy } from "../defender/tables.ts";
import { count, listed } from "../wording/words.ts";

const tablesStreamed: Rule = ({ placement = {}, tables }) =>
  tables === undefined
    ? []
    : Object.keys(placement)
        .filter((table) => !tables.includes(table))
        .map((table) => {
          const meant = tableMeantBy(table);
          const offer = meant !== undefined && meant !== table && tables.includes(meant);
          return {
            key: `placement.${table}`,
            value: placement[table],
            rule: "Only a streamed table can have a place.",
            fix: offer ? `Did you mean ${meant}?` : "Remove the entry, or stream the table.",
          };
        });

const keysWellFormed: Rule = ({ placement = {} }) =>
  Object.entries(placement).flatMap(([table, { namespace, exportSetting }]) => {
    const mistakes: Mistake[] = [];
    if (!namespaceKey.test(namespace)) {
      const rule = "Namespaces of the plan have the keys ns1, ns2, …";
      const fix = "Write `ns1`, or the key of another namespace.";
      mistakes.push({ key: `placement.${table}.namespace`, value: namespace, rule, fix });
    }
    if (!exportSettingKey.test(exportSetting)) {
      const rule = "Export settings of the plan have the keys export1, export2, …";
      const fix = "Write `export1`, or the key of another export setting.";
      mistakes.push({ key: `placement.${table}.exportSetting`, value: exportSetting, rule, fix });
    }
    return mistakes;
  });

const settingInOneNamespace: Rule = ({ placement = {} }) =>
  [...by(placement, "exportSetting")].flatMap(([setting, tables]): Mistake[] => {
    const namespaces = distinct(tables.map((table) => placement[table]?.namespace ?? ""));
    if (namespaces.length < 2) return [];
    return [
      {
        key: "placement",
        value: `${setting} in ${listed(namespaces)}`,
        rule: "An export setting streams to one namespace.",
        fix: `Give the tables of ${listed(namespaces.slice(1))} another export setting.`,
      },
    ];
  });

const oneNamespaceWithSingle: Rule = ({ placement = {}, layout }) => {
  const namespaces = distinct(Object.values(placement).map(({ namespace }) => namespace));
  if (layout !== "single" || namespaces.length < 2) return [];
  const rule = "Layout `single` has one hub, in one namespace.";
  const fix = "Name the same namespace everywhere, or write `layout: perTable`.";
  return [{ key: "placement", value: listed(namespaces), rule, fix }];
};

const hubsFit: Rule = (request) =>
  overfull(request, "namespace", limitsOf(request)?.perNamespace, (namespace, limit) => ({
    rule: `On ${request.tier ?? "this tier"} a namespace holds at most ${count(limit, "hub")}.`,
    fix: `Put some of the tables into another namespace than ${namespace}.`,
  }));

const eventTypesFit: Rule = (request) =>
  overfull(request, "exportSetting", limitsOf(request)?.perExportSetting, (setting, limit) => ({
    rule: `On ${request.tier ?? "this tier"} an export setting has at most ${count(limit, "event type")} (\`maxEventTypesPerSetting\`).`,
    fix: `Put some of the tables into another export setting than ${setting}.`,
  }));

function overfull(
  { placement = {} }: Draft,
  part: keyof Place,
  limit: number | undefined,
  words: (key: string, limit: number) => Pick<Mistake, "rule" | "fix">,
): Mistake[] {
  if (limit === undefined) return [];
  return [...by(placement, part)]
    .filter(([, tables]) => tables.length > limit)
    .map(([key, tables]) => ({
      key: "placement",
      value: `${tables.length} tables in ${key}`,
      ...words(key, limit),
    }));
}

/** The tables of a placement, by one part of their places. */
function by(placement: Readonly<Record<string, Place>>, part: keyof Place): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [table, place] of Object.entries(placement)) {
    groups.set(place[part], [...(groups.get(place[part]) ?? []), table]);
  }
  return groups;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}

export const placementRules: readonly Rule[] = [
  tablesStreamed,
  keysWellFormed,
  settingInOneNamespace,
  oneNamespaceWithSingle,
  hubsFit,
  eventTypesFit,
];
