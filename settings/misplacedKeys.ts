import { streamsTo, type Destination } from "../streaming/defender/destinations.ts";
import type { Mistake } from "../streaming/wording/mistakes.ts";
import type { SettingsDraft } from "./resolve.ts";

/** Settings that have a meaning with one destination only. */
const keysOf: Readonly<Record<Destination, readonly (keyof SettingsDraft)[]>> = {
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

/** Settings for a destination that is not used. They would do nothing, and nobody would notice. */
export function misplacedKeys(
  asked: Readonly<Record<string, unknown>>,
  draft: Pick<SettingsDraft, "destinations">,
): Mistake[] {
  const { destinations } = draft;
  if (destinations === undefined || destinations.length === 0) return [];
  const missing = (Object.keys(keysOf) as Destination[]).filter((kind) => !streamsTo(draft, kind));
  return missing.flatMap((kind) =>
    keysOf[kind].flatMap((key): Mistake[] => {
      const value = asked[key];
      if (value === undefined) return [];
      return [
        {
          key,
          value,
          rule: `It is only for the destination \`${kind}\`; \`destinations\` has ${destinations.join(", ")}.`,
          fix: `Remove it, or write \`destinations: [${[...destinations, kind].join(", ")}]\`.`,
        },
      ];
    }),
  );
}
