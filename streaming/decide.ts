import { lockNotices } from "./changes/lockNotices.ts";
import { changeNotices } from "./changes/notices.ts";
import { reachable } from "./changes/reachable.ts";
import { checkDeliveryVaults } from "./consumers/deliveryVaults.ts";
import { checkKey, keyWarnings } from "./encryption/keyFacts.ts";
import { unitWarnings } from "./eventHubs/warnings.ts";
import type { Known } from "./known.ts";
import { checkHostNames, hostNameNotices } from "./naming/hostNameChecks.ts";
import { checkNetworks } from "./network/existingNetwork.ts";
import { checkZoneLinks, zoneLinkNotices } from "./network/zoneLinks.ts";
import type { Principals } from "./people/identities.ts";
import { plan } from "./plan.ts";
import type { Plan } from "./planned.ts";
import type { StreamingRequest } from "./request.ts";
import { checkAccessChanges } from "./roles/accessChanges.ts";
import { accessNotices } from "./roles/accessNotices.ts";
import { checkStandingGrants, standingGrantNotices } from "./roles/standingGrants.ts";
import { together } from "./wording/mistakes.ts";

/** What a deployment will be. */
export interface Decision extends Principals {
  readonly plan: Plan;
  /** What is allowed and still worth a second thought, as long as it stands. */
  readonly warnings: readonly string[];
  /** What this one deployment does that a person should know of. */
  readonly notices: readonly string[];
}

/** What is decided on. */
export interface DecisionRequest extends StreamingRequest {
  /** The region of what is made. Default: not known yet, so that nothing is compared with it. */
  readonly location?: string | undefined;
  readonly protect: boolean;
}

/**
 * Decides what a deployment will be. Nothing that was placed moves.
 *
 * @param now when the deployment is asked for.
 * @throws MistakesError with everything that keeps Azure, or what stands there, from doing as asked.
 */
export function decide(request: DecisionRequest, known: Known, now = new Date()): Decision {
  const { last, existing, key, vaults, networks, zoneLinks, standingGrants, hostNames } = known;
  const { location, lock } = request;
  const [principals, planned] = together(
    known.principals,
    () => plan(request, last.placement, existing),
    () => checkKey(request, key, now),
    () => checkDeliveryVaults(request, vaults),
    () => checkNetworks(request, location, networks),
    () => hostNames && checkHostNames(hostNames),
    () => hostNames && zoneLinks && checkZoneLinks(zoneLinks, { ...last, ...hostNames }),
  );
  const [reached] = together(
    () => reachable(planned, last.live, { live: last.liveAccounts, location }),
    () => checkAccessChanges({ ...request, ...principals }, last.grants, now),
    () => checkStandingGrants(principals, standingGrants),
  );
  return {
    ...principals,
    plan: reached,
    warnings: [...reached.warnings, ...unitWarnings(reached, last.live), ...keyWarnings(request, key)],
    notices: [
      ...changeNotices(reached, last, request),
      ...accessNotices(request.portalUsers, now),
      ...standingGrantNotices(principals, standingGrants),
      ...(hostNames ? hostNameNotices(hostNames) : []),
      ...(hostNames && zoneLinks ? zoneLinkNotices(zoneLinks, { ...last, ...hostNames }) : []),
      ...(lock ? lockNotices(reached, last) : []),
    ],
  };
}
