import { streamsTo } from "../defender/destinations.ts";
import { exportSettingsPerTenant, fewest, limitsOf } from "./limits.ts";
import type { Mistake } from "../wording/mistakes.ts";
import type { Draft } from "../request.ts";
import type { Rule } from "../rule.ts";
import { count, sentences } from "../wording/words.ts";
import { tiers } from "../eventHubs/tiers.ts";

const othersCounted: Rule = ({ exportSettingsUsedByOthers: value }) => {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return [];
  const rule = `It must be a whole number, 0 to ${exportSettingsPerTenant - 1}.`;
  const fix = "Count the entries on the portal's Streaming API page that do not belong to this stack.";
  return [{ key: "exportSettingsUsedByOthers", value, rule, fix }];
};

const documentedTypes = tiers.Standard.eventTypesPerSetting;

const eventTypesCounted: Rule = ({ maxEventTypesPerSetting: value }) => {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return [];
  const rule = `It must be a whole number of 1 or more; ${documentedTypes} is documented.`;
  return [{ key: "maxEventTypesPerSetting", value, rule, fix: "Remove it." }];
};

const enoughLeft: Rule = (request) => {
  const limits = limitsOf(request);
  const others = request.exportSettingsUsedByOthers;
  if (limits === undefined || others === undefined || !(others >= 0)) return [];
  if (request.tables === undefined || request.tables.length === 0) return [];
  const forHubs = streamsTo(request, "eventHub") ? fewest(request.tables.length, limits).exportSettings : 0;
  const needed = forHubs + forStorage(request);
  return tooManyExportSettings(request, needed, others);
};

/** One setting is enough for all tables, because each has its own container. */
function forStorage(request: Draft): number {
  return streamsTo(request, "storage") ? 1 : 0;
}

/** The mistake of needing more export settings than the tenant has left. */
export function tooManyExportSettings(request: Draft, needed: number, others: number): Mistake[] {
  const left = Math.max(0, exportSettingsPerTenant - others);
  if (needed <= left) return [];
  const tables = request.tables?.length ?? 0;
  const hubs = streamsTo(request, "eventHub");
  const needs = sentences(
    hubs &&
      `${count(tables, "table")} on ${request.tier ?? "this tier"} with layout \`${request.layout ?? "perTable"}\` and ${count(request.maxEventTypesPerSetting ?? 0, "event type")} per setting need ${needed - forStorage(request)}`,
    forStorage(request) > 0 && `the storage account needs 1`,
  );
  const used = others > 0 ? `, and others use ${others} (\`exportSettingsUsedByOthers\`)` : "";
  return [
    {
      key: others > 0 ? "exportSettingsUsedByOthers" : "tables",
      value: others > 0 ? others : count(tables, "table"),
      rule: `A tenant has ${exportSettingsPerTenant} export settings${used}; ${needs.join(", ")}, and ${left} ${left === 1 ? "is" : "are"} left.`,
      fix: hubs ? fixes(request, needed, left) : "Delete export settings that are no longer needed.",
    },
  ];
}

function fixes(request: Draft, needed: number, left: number): string {
  const { layout, maxEventTypesPerSetting = 1, tables = [] } = request;
  const leftForHubs = left - forStorage(request);
  const ways = sentences(
    leftForHubs > 0 &&
      `stream at most ${Math.min(tables.length - 1, leftForHubs * maxEventTypesPerSetting)} tables`,
    forStorage(request) > 0 && "use one destination only",
    left < needed && "delete export settings that are no longer needed",
    `or try ${layout === "perTable" ? "layout `single` with " : ""}a higher \`maxEventTypesPerSetting\`: the limit is documented only for one hub per table`,
  );
  const sentence = ways.join(", ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

export const exportSettingRules: readonly Rule[] = [othersCounted, eventTypesCounted, enoughLeft];
