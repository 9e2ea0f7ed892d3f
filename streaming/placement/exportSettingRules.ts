import { streamsTo } from "../defender/destinations.ts";
import { exportSettingsPerTenant, fewest, limitsOf } from "./limits.ts";
import type { Mistake } from "../wording/mistakes.ts";
import type { Draft } from "../request.ts";
import type { Rule } from "../rule.ts";
import { count } from "../wording/words.ts";

const wholeNumbers: Rule = ({ exportSettingsUsedByOthers: others, maxEventTypesPerSetting: most }) => [
  ...(others === undefined || (Number.isSafeInteger(others) && others >= 0)
    ? []
    : [
        {
          key: "exportSettingsUsedByOthers",
          value: others,
          rule: `It is a whole number, 0 to ${exportSettingsPerTenant - 1}.`,
          fix: "Count the entries on the portal's Streaming API page that are not this stack's.",
        },
      ]),
  ...(most === undefined || (Number.isSafeInteger(most) && most >= 1)
    ? []
    : [
        {
          key: "maxEventTypesPerSetting",
          value: most,
          rule: "It is a whole number of 1 or more; 10 is documented.",
          fix: "Remove it.",
        },
      ]),
];

const enoughLeft: Rule = (request) => {
  const limits = limitsOf(request);
  const others = request.exportSettingsUsedByOthers;
  if (limits === undefined || others === undefined || !(others >= 0)) return [];
  if (request.tables === undefined || request.tables.length === 0) return [];
  const forHubs = streamsTo(request, "eventHub") ? fewest(request.tables.length, limits).exportSettings : 0;
  const needed = forHubs + forStorage(request);
  return tooManyExportSettings(request, needed, others);
};

/** One setting takes all tables, because a container is made for each. */
function forStorage(request: Draft): number {
  return streamsTo(request, "storage") ? 1 : 0;
}

/** The mistake of needing more export settings than the tenant has left; none when they are enough. */
export function tooManyExportSettings(request: Draft, needed: number, others: number): Mistake[] {
  const left = Math.max(0, exportSettingsPerTenant - others);
  if (needed <= left) return [];
  const tables = request.tables?.length ?? 0;
  const hubs = streamsTo(request, "eventHub");
  const needs = [
    hubs
      ? `${count(tables, "table")} on ${request.tier ?? "this tier"} with layout \`${request.layout ?? "perTable"}\` and ${count(request.maxEventTypesPerSetting ?? 0, "event type")} a setting need ${needed - forStorage(request)}`
      : undefined,
    forStorage(request) > 0 ? `the storage account needs 1` : undefined,
  ].filter((need) => need !== undefined);
  const used = others > 0 ? `, and others use ${others} (\`exportSettingsUsedByOthers\`)` : "";
  return [
    {
      key: others > 0 ? "exportSettingsUsedByOthers" : "tables",
      value: others > 0 ? others : count(tables, "table"),
      rule: `A tenant has ${exportSettingsPerTenant} export settings${used}; ${needs.join(", ")}, and ${left} ${left === 1 ? "is" : "are"} left.`,
      fix: hubs ? fixes(request, needed, left) : "Remove export settings that others no longer need.",
    },
  ];
}

function fixes(request: Draft, needed: number, left: number): string {
  const { layout, maxEventTypesPerSetting = 1, tables = [] } = request;
  const leftForHubs = left - forStorage(request);
  const ways = [
    leftForHubs > 0
      ? `Stream at most ${Math.min(tables.length - 1, leftForHubs * maxEventTypesPerSetting)} tables`
      : undefined,
    forStorage(request) > 0 ? "leave one of the destinations out" : undefined,
    left < needed ? "remove export settings that others no longer need" : undefined,
    layout === "perTable"
      ? "or try layout `single` with a higher `maxEventTypesPerSetting`: the limit is documented for a hub per table only"
      : "or try a higher `maxEventTypesPerSetting`: the limit is documented for a hub per table only",
  ].filter((way) => way !== undefined);
  const sentence = ways.join(", ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

export const exportSettingRules: readonly Rule[] = [wholeNumbers, enoughLeft];
