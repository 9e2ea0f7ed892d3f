import { allDestinations, streamsTo } from "../defender/destinations.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import { zoneNameFor, type PrivateEndpoints } from "./privateEndpoints.ts";
import type { Draft } from "../request.ts";
import { armTypes, isIdOf, nameIn } from "../cloud/resourceId.ts";
import { tiers } from "../eventHubs/tiers.ts";
import { writeSubnetId } from "../cloud/firewall.ts";
import type { Rule } from "../rule.ts";

/** A rule for private endpoints; without any it finds nothing. */
const ofEndpoints =
  (rule: (endpoints: PrivateEndpoints, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.privateEndpoints ? rule(request.privateEndpoints, request) : [];

const subnet = ofEndpoints(({ subnetId: value }) =>
  mistakes(
    !isIdOf(armTypes.subnet, value) && {
      key: "privateEndpoints.subnetId",
      value,
      rule: "Private endpoints need a subnet of a virtual network, given by its id.",
      fix: writeSubnetId,
    },
  ),
);

const zones = ofEndpoints(({ dnsZones }, request) =>
  typeof dnsZones === "string"
    ? []
    : allDestinations.flatMap((kind): Mistake[] => {
        const at = { key: `privateEndpoints.dnsZones.${kind}`, value: dnsZones[kind] };
        if (!streamsTo(request, kind)) {
          const rule = `It is only for the destination \`${kind}\`, which is not among the destinations.`;
          return mistakes(at.value !== undefined && { ...at, rule, fix: "Remove it." });
        }
        const wanted = zoneNameFor(kind, request.cloud);
        const fix = `Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/privateDnsZones/${wanted}, or write \`dnsZones: create\`.`;
        if (at.value === undefined) {
          const rule = `If zones are given by id, the destination \`${kind}\` needs one too. Without it, clients would still use the public endpoint.`;
          return [{ ...at, rule, fix }];
        }
        const name = isIdOf(armTypes.zone, at.value) ? nameIn(at.value) : undefined;
        if (name?.toLowerCase() === wanted) return [];
        const rule =
          name === undefined
            ? "It must be the id of a private DNS zone."
            : `The names of the destination \`${kind}\` resolve in the zone ${wanted}, not in ${name}.`;
        return [{ ...at, rule, fix }];
      }),
);

const tiersWithEndpoints = ofEndpoints(({ subnetId: value }, request) =>
  mistakes(
    request.tier !== undefined &&
      !tiers[request.tier].networkRules &&
      streamsTo(request, "eventHub") && {
        key: "privateEndpoints",
        value,
        rule: `On ${request.tier} a namespace has no private endpoints.`,
        fix: "Remove it, or choose tier Standard or Premium.",
      },
  ),
);

export const privateEndpointRules: readonly Rule[] = [subnet, zones, tiersWithEndpoints];
