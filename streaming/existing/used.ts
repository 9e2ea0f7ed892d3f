import { consumerGroupsOf } from "../consumers/provision.ts";
import type { PlannedHub, UsedGroup, UsedNamespace } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import type { UsedAccount } from "../storage/account.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts } from "./facts.ts";
import { hubNamed, ownerOf } from "./hubs.ts";
import { parseId } from "../cloud/resourceId.ts";

/** The plan's existing resource group, if the request names one. */
export function existingGroup(facts: ExistingFacts | undefined): { resourceGroup?: UsedGroup } {
  const group = asFound(facts?.resourceGroup);
  return group ? { resourceGroup: { resourceId: group.resourceId, name: group.name } } : {};
}

/** The existing namespace of that key, if any. */
export function existingNamespace(key: string, facts: ExistingFacts | undefined): UsedNamespace | undefined {
  const namespace = asFound(facts?.namespaces[key]);
  if (!facts || !namespace) return undefined;
  const { resourceId, fullyQualifiedNamespace, units, ceiling } = namespace;
  const { resourceGroupName = "", name = "" } = parseId(resourceId) ?? {};
  return { resourceId, resourceGroupName, name, fullyQualifiedNamespace, units, ceiling, mark: facts.mark };
}

/** The parts of a planned hub that is adopted, with its name as Azure spells it; none for any other hub. */
export function adoptedHub(
  key: string,
  name: string,
  request: StreamingRequest,
  facts: ExistingFacts,
): Partial<Pick<PlannedHub, "name" | "adopted" | "consumerGroups">> {
  const namespace = asFound(facts.namespaces[key]);
  const hub = namespace && hubNamed(namespace, name);
  if (!hub || ownerOf(hub, request, facts) !== "adopted") return {};
  const others = Object.entries(hub.consumerGroups).filter(([, metadata]) => metadata !== facts.mark);
  const names = others.map(([group]) => group.toLowerCase());
  const groups = consumerGroupsOf(request.consumers, request.consumerGroups);
  return {
    name: hub.name,
    adopted: `${namespace.resourceId}/eventhubs/${hub.name}`,
    consumerGroups: groups.filter((group) => !names.includes(group.toLowerCase())),
  };
}

/** The existing account, if any. */
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
