import { destinationKinds, streamsTo } from "../defender/destinations.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { zoneNameFor, type PrivateEndpoints } from "./privateEndpoints.ts";
import type { Draft } from "../request.ts";
import { armTypes, isIdOf, nameIn } from "../cloud/resourceId.ts";
import { tiers } from "../eventHubs/tiers.ts";
import { writeSubnetId } from "../cloud/firewall.ts";
import type { Rule } from "../rule.ts";

/** A rule on private endpoints, silent when there shall be none. */
const ofEndpoints =
  (rule: (endpoints: PrivateEndpoints, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.privateEndpoints ? rule(request.privateEndpoints, request) : [];

const subnet = ofEndpoints(({ subnetId: value }) =>
  isIdOf(armTypes.subnet, value)
    ? []
    : [
        {
          key: "privateEndpoints.subnetId",
          value,
          rule: "Private endpoints stand in a subnet of a virtual network, which is named by its id.",
          fix: writeSubnetId,
        },
      ],
);

const zones = ofEndpoints(({ dnsZones }, request) =>
  typeof dnsZones === "string"
    ? []
    : destinationKinds.flatMap((kind): Mistake[] => {
        const at = { key: `privateEndpoints.dnsZones.${kind}`, value: dnsZones[kind] };
        if (!streamsTo(request, kind)) {
          const rule = `It is for the destination \`${kind}\`, which is not asked for.`;
          return at.value === undefined ? [] : [{ ...at, rule, fix: "Remove it." }];
        }
        const wanted = zoneNameFor(kind, request.cloud);
        const fix = `Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/privateDnsZones/${wanted}, or let zones be made with \`dnsZones: create\`.`;
        if (at.value === undefined) {
          const rule = `Where zones are given by id, the destination \`${kind}\` needs one too: its clients would go on to the public endpoint.`;
          return [{ ...at, rule, fix }];
        }
        const name = isIdOf(armTypes.zone, at.value) ? nameIn(at.value) : undefined;
        if (name?.toLowerCase() === wanted) return [];
        const rule =
          name === undefined
            ? "A private DNS zone is named by its id."
            : `The names of the destination \`${kind}\` resolve in the zone ${wanted}; ${name} does nothing for them.`;
        return [{ ...at, rule, fix }];
      }),
);

const tiersWithEndpoints = ofEndpoints(({ subnetId: value }, request) =>
  request.tier === undefined || tiers[request.tier].networkRules || !streamsTo(request, "eventHub")
    ? []
    : [
        {
          key: "privateEndpoints",
          value,
          rule: `On ${request.tier} a namespace has no private endpoints.`,
          fix: "Remove it, or choose tier Standard or Premium.",
        },
      ],
);

export const privateEndpointRules: readonly Rule[] = [subnet, zones, tiersWithEndpoints];
