import type { ProviderResource } from "@pulumi/pulumi";
import type { Cloud } from "../streaming/cloud/clouds.ts";
import type { DecisionRequest } from "../streaming/decide.ts";
import type { Known } from "../streaming/known.ts";
import { plan } from "../streaming/plan.ts";
import { settled, unlessMistaken } from "../streaming/wording/mistakes.ts";
import { readDeliveryVaults } from "./read/deliveryVaults.ts";
import { readExisting } from "./read/existing/existing.ts";
import { readHostNames } from "./read/hostNames.ts";
import { readKey } from "./read/key.ts";
import { type LastDeployment, lastDeployment } from "./read/lastDeployment.ts";
import { readNetworks } from "./read/networks.ts";
import { findPrincipals } from "./read/principals.ts";
import { readStandingGrants } from "./read/standingGrants.ts";
import { readZoneLinks } from "./read/zoneLinks.ts";

/** How to look. */
export interface LookUpArgs {
  /** Reads what azure-native can read. Default: its default provider. */
  provider?: ProviderResource | undefined;
  /** The stack output that holds `DefenderStreaming.outputs`. Default: each of them is a stack output by itself. Example: `defender`. */
  output?: string | undefined;
}

/**
 * Looks up all that a sound request's deployment is decided on: what this stack deployed last, and what others made that the request
 * names (people and applications, namespaces and accounts, keys, vaults, networks, roles). Nothing is changed.
 *
 * @param component the name of the `DefenderStreaming` in the program.
 */
export async function lookUp(
  component: string,
  request: DecisionRequest & { readonly cloud: Cloud },
  { provider, output }: LookUpArgs = {},
): Promise<Known & { readonly last: LastDeployment }> {
  const { cloud, location } = request;
  const last = await lastDeployment({ provider, output });
  const [principals, existing, key, vaults, networks, zoneLinks, standingGrants] = await Promise.all([
    settled(findPrincipals(request, cloud)),
    readExisting(request, last, { location, cloud, provider }),
    readKey(request, cloud),
    readDeliveryVaults(request, cloud),
    readNetworks(request, cloud),
    readZoneLinks(request, { cloud, provider }),
    readStandingGrants(request, last, { cloud, provider }),
  ]);
  const planned = unlessMistaken(() => plan(request, last.placement, existing));
  const hostNames = planned && (await readHostNames(component, planned, request, last, { cloud, provider }));
  return { last, principals, existing, key, vaults, networks, zoneLinks, standingGrants, hostNames };
}
