import type { UsedGroup, UsedNamespace, AdoptedHub } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import type { UsedAccount } from "../storage/account.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts } from "./facts.ts";
import { hubNamed, ownerOf } from "./hubs.ts";
import { parseId } from "../cloud/resourceId.ts";

/** What a plan says of the resource group; nothing when one is made. */
export function existingGroup(facts: ExistingFacts | undefined): { resourceGroup?: UsedGroup } {
  const group = asFound(facts?.resourceGroup);
  return group ? { resourceGroup: { resourceId: group.resourceId, name: group.name } } : {};
}

/** The namespace of that key, when it is there already. */
export function existingNamespace(key: string, facts: ExistingFacts | undefined): UsedNamespace | undefined {
  const namespace = asFound(facts?.namespaces[key]);
  if (!facts || !namespace) return undefined;
  const { resourceId, fullyQualifiedNamespace, units, ceiling } = namespace;
  const { resourceGroupName = "", name = "" } = parseId(resourceId) ?? {};
  return { resourceId, resourceGroupName, name, fullyQualifiedNamespace, units, ceiling, mark: facts.mark };
}

/** What a plan says of a hub that is adopted, with its name as Azure spells it; nothing of any other. */
export function adoptedHub(
  key: string,
  name: string,
  request: StreamingRequest,
  facts: ExistingFacts,
): { name?: string; adopted?: AdoptedHub } {
  const namespace = asFound(facts.namespaces[key]);
  const hub = namespace && hubNamed(namespace, name);
  if (!hub || ownerOf(hub, request, facts) !== "adopted") return {};
  const others = Object.entries(hub.consumerGroups).filter(([, metadata]) => metadata !== facts.mark);
  return {
    name: hub.name,
    adopted: {
      resourceId: `${namespace.resourceId}/eventhubs/${hub.name}`,
      consumerGroups: others.map(([group]) => group),
    },
  };
}

/** The account, when it is there already. */
export function existingAccount(facts: ExistingFacts | undefined): UsedAccount | undefined {
  const account: ExistingAccount | undefined = asFound(facts?.account);
  if (!facts || !account) return undefined;
  const { resourceId, blobEndpoint, containers } = account;
  const { resourceGroupName = "", name = "" } = parseId(resourceId) ?? {};
  const others = Object.entries(containers).filter(([, isOurs]) => !isOurs);
  return {
    resourceId,
    resourceGroupName,
    name,
    blobEndpoint,
    mark: facts.mark,
    containers: others.map(([container]) => container),
  };
}
