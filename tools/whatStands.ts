import type { Arm } from "../azure/arm.ts";
import { found } from "../azure/found.ts";
import { apiVersions } from "../azure/apiVersions.ts";
import { readHubs } from "../azure/read/hubs.ts";
import type { DeployedOutputs } from "../streaming/readOutputs.ts";

/** Outputs as far as they are still true. */
interface Compared {
  readonly stack: DeployedOutputs;
  /** A sentence for each entry that is gone. */
  readonly gone: readonly string[];
}

/**
 * Compares the outputs of a stack with Azure. They are those of the last deployment that created everything: a later one may have failed
 * between an old hub and its new one, and anybody may have deleted something. What may not be read counts as there.
 */
export async function whatStands(stack: DeployedOutputs, azure: Arm): Promise<Compared> {
  const gone: string[] = [];
  const isThere = (what: string, missing: boolean) => {
    if (missing) gone.push(`The outputs name ${what}, which no longer exists. Run \`pulumi up\`.`);
    return !missing;
  };
  const namespaces = stack.namespaces.map(async (namespace) => {
    const { name, resourceId, hubs } = namespace;
    const there = await found(() => readHubs(azure, resourceId));
    if (!isThere(`the namespace ${name}`, there === "missing")) return [];
    const names = typeof there === "string" ? hubs : there.map((hub) => hub.name);
    const left = hubs.filter((hub) => isThere(`the hub ${hub} of ${name}`, !names.some(is(hub))));
    return [{ ...namespace, hubs: left }];
  });
  const accounts = stack.accounts.map(async (account) => {
    const { name, resourceId } = account;
    const there = await found(() => azure.get<object>(resourceId, apiVersions.storage));
    return isThere(`the storage account ${name}`, there === "missing") ? [account] : [];
  });
  const standing = {
    namespaces: (await Promise.all(namespaces)).flat(),
    accounts: (await Promise.all(accounts)).flat(),
  };
  const ids = [...standing.namespaces, ...standing.accounts].map(({ resourceId }) => resourceId);
  const exportSettings = stack.exportSettings.filter(({ resourceId }) => ids.some(is(resourceId)));
  return { stack: { ...stack, ...standing, exportSettings }, gone };
}

/** Azure ignores the letter case. */
const is = (text: string) => (other: string) => other.toLowerCase() === text.toLowerCase();
