import type { DeliveryVaults } from "./consumers/deliveryVaults.ts";
import type { KeyFacts } from "./encryption/keyFacts.ts";
import type { LiveNamespaces } from "./eventHubs/liveNamespace.ts";
import type { ExistingFacts } from "./existing/facts.ts";
import type { HostNames } from "./naming/hostNameChecks.ts";
import type { ExistingNetwork } from "./network/existingNetwork.ts";
import type { ZoneLinks } from "./network/zoneLinks.ts";
import type { Principals } from "./people/identities.ts";
import type { Placement } from "./placement/placement.ts";
import type { PlacedGrant, ExistingGrants } from "./roles/existingGrants.ts";
import type { LiveAccounts } from "./storage/redundancy.ts";
import type { Mistake } from "./wording/mistakes.ts";

/** The last deployment of this stack, in its current state. */
export interface Deployed {
  /** Nothing on the first deployment. */
  readonly placement: Placement | undefined;
  /** By the namespace's key in the placement. One that is gone is absent. */
  readonly live: LiveNamespaces;
  /** The storage account by its key in the plan. Absent when there is none of the stack's own. */
  readonly liveAccounts: LiveAccounts;
  /** The tables that this storage account holds. */
  readonly archivedTables: readonly string[];
  /** The ARM ids of the namespaces and the account that the stack created. */
  readonly own: readonly string[];
  /** The name of the resource group that the stack created; "" if it has none. Undefined: unknown. */
  readonly ownGroup?: string | undefined;
  /** The role assignments that the stack needed. */
  readonly grants: readonly PlacedGrant[];
}

/** Everybody of a request. */
export interface FoundPrincipals {
  /** Without an object id where there is a mistake. */
  readonly found: Principals;
  /** Everybody who was not found. */
  readonly mistakes: readonly Mistake[];
}

/** What was read from Azure and Entra ID before a deployment: the current state, and existing resources that the request names. */
export interface Known {
  readonly last: Deployed;
  readonly principals: FoundPrincipals;
  /** Undefined: the request names nothing that exists. */
  readonly existing: ExistingFacts | undefined;
  /** Undefined: no key is asked for. */
  readonly key: KeyFacts | undefined;
  readonly vaults: DeliveryVaults;
  readonly networks: ExistingNetwork;
  /** Undefined: the stack creates no DNS zones. */
  readonly zoneLinks: ZoneLinks | undefined;
  readonly existingGrants: readonly ExistingGrants[];
  /** Undefined: there is no sound plan whose resources would have names. */
  readonly hostNames: HostNames | undefined;
}
