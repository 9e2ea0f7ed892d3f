import { apiVersions } from "../../azure/apiVersions.ts";
import type { Arm } from "../../azure/arm.ts";
import type { DeployedAccount, DeployedNamespace } from "../../streaming/outputs.ts";
import { contributor } from "../../streaming/roles/roles.ts";
import type { Scene } from "./question.ts";

/** What Azure shows of a namespace or an account, as far as it is needed here. */
interface Properties {
  readonly disableLocalAuth?: boolean;
  readonly publicNetworkAccess?: string;
  readonly isHnsEnabled?: boolean;
}

type IsWanted = (properties: Properties) => boolean;

/** The first namespace of the stack that is as it is wanted. */
export const namespaceThat = ({ azure, stack }: Scene, isWanted: IsWanted) =>
  firstThat(azure, stack.namespaces, apiVersions.eventHub, isWanted);

/** The first account of the stack that is as it is wanted. */
export const accountThat = ({ azure, stack }: Scene, isWanted: IsWanted) =>
  firstThat(azure, stack.accounts, apiVersions.storage, isWanted);

async function firstThat<One extends { readonly resourceId: string }>(
  azure: Arm,
  all: readonly One[],
  apiVersion: string,
  isWanted: IsWanted,
): Promise<One | undefined> {
  for (const one of all) {
    const { properties } = await azure.get<{ properties: Properties }>(one.resourceId, apiVersion);
    if (isWanted(properties)) return one;
  }
  return undefined;
}

/** A hub as it stands. */
export interface LiveHub {
  readonly name: string;
  readonly partitionCount: number;
  /** How long it keeps events. */
  readonly hours: number;
}

export async function hubsOf({ azure }: Scene, { resourceId }: DeployedNamespace): Promise<LiveHub[]> {
  const hubs = await azure.list<{
    name: string;
    properties: {
      partitionCount?: number;
      messageRetentionInDays?: number;
      retentionDescription?: { retentionTimeInHours?: number };
    };
  }>(`${resourceId}/eventhubs`, apiVersions.eventHub);
  return hubs.map(
    ({ name, properties: { partitionCount = 0, messageRetentionInDays = 0, retentionDescription } }) => ({
      name,
      partitionCount,
      hours: retentionDescription?.retentionTimeInHours ?? messageRetentionInDays * 24,
    }),
  );
}

/** Names of a hub's own access policies; their keys are not asked for. */
export async function hubPolicies(
  { azure }: Scene,
  { resourceId }: DeployedNamespace,
  hub: string,
): Promise<string[]> {
  const path = `${resourceId}/eventhubs/${hub}/authorizationRules`;
  return (await azure.list<{ name: string }>(path, apiVersions.eventHub)).map(({ name }) => name);
}

export async function containersOf({ azure }: Scene, { resourceId }: DeployedAccount): Promise<string[]> {
  const path = `${resourceId}/blobServices/default/containers`;
  return (await azure.list<{ name: string }>(path, apiVersions.storage)).map(({ name }) => name);
}

/** A role somebody has. */
export interface Assignment {
  readonly principalId: string;
  readonly scope: string;
}

/** Owner and Contributor (built-in-roles.md, MicrosoftDocs/azure-docs). */
const writers = ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", contributor.id];

/** Those of some principals' roles that let them write, at a scope or above. Membership in groups is not looked at. */
export async function mayContribute(
  { azure }: Scene,
  resourceId: string,
  principals: readonly string[],
): Promise<Assignment[]> {
  const path = `${resourceId}/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()`;
  const all = await azure.list<{ properties: Assignment & { roleDefinitionId: string } }>(
    path,
    apiVersions.authorization,
  );
  return all
    .map(({ properties }) => properties)
    .filter(
      ({ principalId, roleDefinitionId }) =>
        principals.includes(principalId.toLowerCase()) &&
        writers.some((role) => roleDefinitionId.endsWith(role)),
    );
}
