import { armTypes, parseIdOf } from "../cloud/resourceId.ts";
import type { Plan } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import { listed } from "../wording/words.ts";
import type { LiveNamespaces } from "./liveNamespace.ts";
import { tiers } from "./tiers.ts";

/** What a tier cannot do, or may not do. */
export function tierWarnings(request: StreamingRequest): string[] {
  return [...basic(request), ...unconfirmedUnits(request)];
}

/** Namespaces that keep more units than were asked for, and how to lower them: a deployment never does. */
export function unitWarnings(plan: Plan, live: LiveNamespaces): string[] {
  return plan.namespaces.flatMap((namespace) => {
    if (namespace.existing) return [];
    const standing = live[namespace.key];
    const { units, ceiling } = namespace.send;
    if (!standing || units === namespace.throughputUnits) return [];
    const { resourceGroupName: group, name } = parseIdOf(armTypes.namespace, standing.resourceId);
    const kept =
      `The namespace ${name} has ${units} units, ${namespace.throughputUnits} are asked for. A deployment never lowers them, ` +
      "because Defender would be throttled. When the load allows it, lower them yourself: " +
      `az eventhubs namespace update --resource-group ${group} --name ${name} --capacity ${namespace.throughputUnits}`;
    const raised =
      `The namespace ${name} has ${units} units, more than the ceiling of ${namespace.maximumThroughputUnits} for auto-inflate. ` +
      `The ceiling stays at ${ceiling} until the units are lowered.`;
    return ceiling > namespace.maximumThroughputUnits && ceiling > 0 ? [kept, raised] : [kept];
  });
}

function basic({ tier }: StreamingRequest): string[] {
  return tier === "Basic"
    ? [
        "Tier Basic takes messages of 256 KB at most, has one consumer group and no rule that lets trusted Microsoft services in. It is there to adopt what exists; choose Standard for anything new.",
      ]
    : [];
}

function unconfirmedUnits({ tier, throughputUnits }: StreamingRequest): string[] {
  return tiers[tier].unconfirmedUnits.includes(throughputUnits)
    ? [
        `${throughputUnits} ${tiers[tier].unit}s on ${tier} are not confirmed by Microsoft's documentation; Azure may refuse them. Confirmed are ${listed(tiers[tier].units.map(String))}.`,
      ]
    : [];
}
