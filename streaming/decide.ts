import { checkAccessChanges } from "./roles/accessChanges.ts";
import { accessNotices } from "./roles/accessNotices.ts";
import { checkDeliveryVaults, type DeliveryVaults } from "./consumers/deliveryVaults.ts";
import type { ExistingFacts } from "./existing/facts.ts";
import { checkNetworks, type ExistingNetwork } from "./network/existingNetwork.ts";
import { checkHostNames, type HostNames, hostNameNotices } from "./naming/hostNameChecks.ts";
import type { Principals } from "./people/identities.ts";
import { checkKey, type KeyFacts, keyWarnings } from "./encryption/keyFacts.ts";
import type { LiveNamespace } from "./eventHubs/liveNamespace.ts";
import { lockNotices } from "./changes/lockNotices.ts";
import { together } from "./wording/mistakes.ts";
import { changeNotices, unitWarnings } from "./changes/notices.ts";
import type { Placement } from "./placement/placement.ts";
import { type Plan, plan } from "./plan.ts";
import type { LiveAccount } from "./storage/redundancy.ts";
import type { StreamingRequest } from "./request.ts";
import {
  checkStandingGrants,
  type PlacedGrant,
  type StandingGrants,
  standingGrantNotices,
} from "./roles/standingGrants.ts";
import { reachable } from "./changes/reachable.ts";
import { checkZoneLinks, type ZoneLinks, zoneLinkNotices } from "./network/zoneLinks.ts";

/** What this stack deployed last, as it stands now. */
export interface Deployed {
  /** Nothing on the first deployment. */
  readonly placement: Placement | undefined;
  /** By the namespace's key in the placement. One that is gone is absent. */
  readonly live: Readonly<Record<string, LiveNamespace>>;
  /** The storage account by its key in the plan. Absent when there is none of the stack's own. */
  readonly liveAccounts: Readonly<Record<string, LiveAccount>>;
  /** The tables that this storage account holds. */
  readonly archivedTables: readonly string[];
  /** The ARM ids of the namespaces and the account that the stack made itself. */
  readonly own: readonly string[];
  /** The role assignments that the stack needed. */
  readonly grants: readonly PlacedGrant[];
}

/** What Azure and Entra ID tell before a deployment: what stands, and what others have made that the request names. */
export interface Known {
  readonly last: Deployed;
  /** @throws MistakesError naming everybody who was not found */
  readonly principals: () => Principals;
  /** Undefined: the request names nothing that exists. */
  readonly existing: ExistingFacts | undefined;
  /** Undefined: no key is asked for. */
  readonly key: KeyFacts | undefined;
  readonly vaults: DeliveryVaults;
  readonly networks: ExistingNetwork;
  /** Undefined: no DNS zones are to be made. */
  readonly zoneLinks: ZoneLinks | undefined;
  readonly standingGrants: readonly StandingGrants[];
  /** Undefined: there is no sound plan whose resources would have names. */
  readonly hostNames: HostNames | undefined;
}

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
    () => checkKey(request, key),
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
