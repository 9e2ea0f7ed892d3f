import { streamsTo, type DestinationKind } from "../streaming/defender/destinations.ts";
import type { Mistake } from "../streaming/wording/mistakes.ts";
import type { SettingsDraft } from "./resolve.ts";

/** Settings that mean something with one destination only. */
const keysOf: Readonly<Record<DestinationKind, readonly (keyof SettingsDraft)[]>> = {
  eventHub: [
    "layout",
    "hubName",
    "tier",
    "clusterId",
    "throughputUnits",
    "autoInflate",
    "partitionCount",
    "retentionHours",
    "consumerGroups",
    "maxEventTypesPerSetting",
    "placement",
    "hubPolicy",
    "eventHubNetwork",
  ],
  storage: ["storage"],
};

/** What was given for a destination that is not there: it would do nothing, and nobody would notice. */
export function misplacedKeys(
  asked: Readonly<Record<string, unknown>>,
  draft: Pick<SettingsDraft, "destinations">,
): Mistake[] {
  const { destinations } = draft;
  if (destinations === undefined || destinations.length === 0) return [];
  const missing = (Object.keys(keysOf) as DestinationKind[]).filter((kind) => !streamsTo(draft, kind));
  return missing.flatMap((kind) =>
    keysOf[kind].flatMap((key): Mistake[] => {
      const value = asked[key];
      if (value === undefined) return [];
      return [
        {
          key,
          value,
          rule: `It is for the destination \`${kind}\`, and \`destinations\` are ${destinations.join(", ")}.`,
          fix: `Take it out, or write \`destinations: [${[...destinations, kind].join(", ")}]\`.`,
        },
      ];
    }),
  );
}
