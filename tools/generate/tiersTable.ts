import { type Tier, type TierFacts, tiers } from "../../streaming/eventHubs/tiers.ts";
import { markdownTable } from "./markdownTable.ts";

/** docs/limits.md's table: what each tier of Event Hubs allows. */
export function renderTiers(): string {
  const names = Object.keys(tiers) as Tier[];
  const rows = Object.entries(limits).map(([name, limit]) => [
    name,
    ...names.map((tier) => limit(tiers[tier])),
  ]);
  return markdownTable(["", ...names], rows);
}

const limits: Readonly<Record<string, (tier: TierFacts) => string>> = {
  "values of `throughputUnits`": ({ units }) =>
    units.length > 5 ? `${units.at(0)}–${units.at(-1)}` : units.join(", "),
  "which count": ({ unit, family }) => (family === "dedicated" ? "the cluster's capacity" : `${unit}s`),
  "auto-inflate up to": ({ autoInflateCeiling }) =>
    autoInflateCeiling === 0 ? "–" : String(autoInflateCeiling),
  "hubs in a namespace": ({ hubs, hubsPerUnit }) => count(hubs, hubsPerUnit ? " per unit" : ""),
  "partitions of a hub": ({ partitions }) => count(partitions),
  "partitions in a namespace": ({ partitionsPerUnit }) => count(partitionsPerUnit, " per unit"),
  "partitions can be added": ({ partitionsCanGrow }) => yesOrNo(partitionsCanGrow),
  "longest retention": ({ retentionHours }) => `${count(retentionHours)} hours`,
  "consumer groups of a hub": ({ consumerGroups }) => count(consumerGroups),
  "largest message": ({ messageBytes }) => `${count(messageBytes / 1024)} KB`,
  "Kafka endpoint": ({ kafka }) => yesOrNo(kafka),
  firewall: ({ networkRules }) => yesOrNo(networkRules),
  "encryption with your own key": ({ customerManagedKeys }) => yesOrNo(customerManagedKeys),
  "event types of an export setting": ({ eventTypesPerSetting }) => count(eventTypesPerSetting),
};

function count(limit: number, per = ""): string {
  return limit === Infinity ? "no limit" : `${limit.toLocaleString("en-US")}${per}`;
}

function yesOrNo(fact: boolean): string {
  return fact ? "yes" : "no";
}
