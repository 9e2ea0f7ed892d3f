import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../streaming/known.ts";
import { planOrMistakes } from "../streaming/plan.ts";
import { cloudOf, type StreamingRequest } from "../streaming/request.ts";
import { arm } from "./arm.ts";
import { readDeliveryVaults } from "./read/deliveryVaults.ts";
import { readExisting } from "./read/existing/existing.ts";
import { readHostNames } from "./read/hostNames.ts";
import { readKey } from "./read/key.ts";
import { type LastDeployment, type LastDeploymentArgs, lastDeployment } from "./read/lastDeployment.ts";
import { readNetworks } from "./read/networks.ts";
import { readPrincipals } from "./read/principals.ts";
import type { Azure, Reader } from "./read/reader.ts";
import { readExistingGrants } from "./read/existingGrants.ts";
import { readZoneLinks } from "./read/zoneLinks.ts";
import { signInFor } from "./signIn/keys.ts";
import { requireOneIdentity } from "./signIn/oneIdentity.ts";

/** How to look. */
export type LookUpArgs = Omit<LastDeploymentArgs, "component">;

/** What is read in parallel. Names are read later: they depend on the plan. */
type Facts = Omit<Known, "last" | "hostNames">;

const readers: { readonly [Name in keyof Facts]: Reader<Facts[Name]> } = {
  principals: readPrincipals,
  existing: readExisting,
  key: readKey,
  vaults: readDeliveryVaults,
  networks: readNetworks,
  zoneLinks: readZoneLinks,
  existingGrants: readExistingGrants,
};

/**
 * Looks up everything that decides a sound request's deployment: what this stack deployed last, and what others created that the request
 * names (people and applications, namespaces and accounts, keys, vaults, networks, roles). It changes nothing.
 *
 * @param component the name of the `DefenderStreaming` in the program.
 * @throws MistakesError when the outputs have another name, or azure-native would act as somebody else
 */
export async function lookUp(
  component: string,
  request: StreamingRequest,
  { provider, output }: LookUpArgs = {},
): Promise<Known & { readonly last: LastDeployment }> {
  const cloud = cloudOf(request);
  const configuration = pulumi.runtime.allConfig();
  signInFor((key) => configuration[key]);
  await requireOneIdentity(cloud, provider);
  const azure: Azure = { cloud, arm: arm(cloud), provider };
  const last = await lastDeployment({ provider, output, component }, azure.arm);
  const facts = await factsOf(request, last, azure);
  const { plan } = planOrMistakes(request, { ...last, ...facts });
  const hostNames = plan && (await readHostNames(component, plan, last, azure));
  return { last, ...facts, hostNames };
}

async function factsOf(...asked: Parameters<Reader<unknown>>): Promise<Facts> {
  const read = Object.entries(readers).map(async ([name, reader]) => [name, await reader(...asked)] as const);
  return Object.fromEntries(await Promise.all(read)) as Facts;
}
