import { armTypes, parseIdOf } from "../cloud/resourceId.ts";
import type { Plan } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import { listed, sentences } from "../wording/words.ts";
import type { LiveNamespaces } from "./liveNamespace.ts";
import { tiers } from "./tiers.ts";

/** What the tier cannot do, or perhaps cannot do. */
export function tierWarnings(request: StreamingRequest): string[] {
  return [...basic(request), ...unconfirmedUnits(request)];
}

interface Situation {
  readonly plan: Plan;
  readonly last: { readonly live: LiveNamespaces };
}

/** Namespaces that keep more units than the settings ask for, and how to lower them. A deployment never lowers them. */
export function unitWarnings({ plan, last: { live } }: Situation): string[] {
  return plan.namespaces.flatMap((namespace) => {
    if (namespace.existing) return [];
    const current = live[namespace.key];
    const { units, ceiling } = namespace.send;
    if (!current || units === namespace.throughputUnits) return [];
    const { resourceGroupName: group, name } = parseIdOf(armTypes.namespace, current.resourceId);
    const kept =
      `The namespace ${name} has ${units} units, but the settings ask for ${namespace.throughputUnits}. A deployment never lowers them, ` +
      "because Azure could then throttle Defender. If the load allows it, lower them yourself: " +
      `az eventhubs namespace update --resource-group ${group} --name ${name} --capacity ${namespace.throughputUnits}`;
    const raised =
      `The namespace ${name} has ${units} units, more than the ceiling of ${namespace.maximumThroughputUnits} for auto-inflate. ` +
      `The ceiling remains ${ceiling} until the units are lowered.`;
    return ceiling > namespace.maximumThroughputUnits && ceiling > 0 ? [kept, raised] : [kept];
  });
}

function basic({ tier }: StreamingRequest): string[] {
  const kilobytes = tiers.Basic.messageBytes / 1024;
  return sentences(
    tier === "Basic" &&
      `Tier Basic accepts messages of at most ${kilobytes} KB, has one consumer group, and no firewall exception for trusted Microsoft services. Use it for existing namespaces only. Choose Standard for new ones.`,
  );
}

function unconfirmedUnits({ tier, throughputUnits }: StreamingRequest): string[] {
  const { unit, units, unconfirmedUnits: unconfirmed } = tiers[tier];
  return sentences(
    unconfirmed.includes(throughputUnits) &&
      `${throughputUnits} ${unit}s on ${tier} are not in Microsoft's documentation, and Azure may refuse them. It has ${listed(units.map(String))}.`,
  );
}
