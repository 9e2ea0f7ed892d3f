import * as pulumi from "@pulumi/pulumi";
import type { DeployedKey } from "../../streaming/existing/facts.ts";
import type { LiveNamespace } from "../../streaming/eventHubs/liveNamespace.ts";
import type { Placement } from "../../streaming/placement/placement.ts";
import type { LiveAccount } from "../../streaming/storage/redundancy.ts";
import type { PlacedGrant } from "../../streaming/roles/standingGrants.ts";
import { accountKey } from "../../streaming/storage/account.ts";
import { readAccount } from "./account.ts";
import { readNamespace } from "./namespace.ts";

/** What stands: where the last deployment put each table, and its namespaces as they are now. */
export interface LastDeployment {
  /** Nothing on the first deployment. */
  placement: Placement | undefined;
  /** By the namespace's key in the placement. One that is gone is absent. */
  live: Record<string, LiveNamespace>;
  /** The storage account by its key in the plan. Absent when there is none of the stack's own. */
  liveAccounts: Record<string, LiveAccount>;
  /** The tables that this storage account holds. */
  archivedTables: string[];
  /** What each key of a namespace stands for. */
  deployed: Record<string, DeployedKey>;
  /** The ARM ids of the namespaces and the account that the stack made itself. */
  own: string[];
  /** The consumers whose checkpoint store the stack made. */
  checkpointStores: string[];
  /** The role assignments that the stack needed. */
  grants: PlacedGrant[];
}

/** Where and how to look for it. */
export interface LastDeploymentArgs {
  /** Reads the namespaces and the account. Default: azure-native's default provider. */
  provider?: pulumi.ProviderResource | undefined;
  /** The stack output that holds `DefenderStreaming.outputs`. Default: each of them is a stack output by itself. Example: `defender`. */
  output?: string | undefined;
}

/** The outputs of the last deployment, as far as the next one depends on them. */
interface LastOutputs {
  placement?: Placement;
  exportSettings?: { destination: "eventHub" | "storage"; resourceId: string; eventTypes: string[] }[];
  namespaces?: LastNamespace[];
  accounts?: { resourceId: string; existing?: true }[];
  consumerConfiguration?: { name: string; checkpointStore?: object }[];
  requiredRoleAssignments?: PlacedGrant[];
}

interface LastNamespace {
  resourceId: string;
  hubs: string[];
  existing?: { adoptedHubs: string[] };
}

/**
 * Reads what this stack deployed last: its own outputs, and then the namespaces they name. The outputs are those of the
 * last deployment that made all they name, be it that it failed at something else.
 */
export async function lastDeployment({ provider, output }: LastDeploymentArgs = {}): Promise<LastDeployment> {
  const outputs = await lastOutputs(output);
  const live = await Promise.all(
    Object.entries(namespaceIds(outputs)).map(
      async ([key, resourceId]): Promise<[string, LiveNamespace][]> => {
        const { hubs = [], existing } = deployedAs(outputs, resourceId) ?? {};
        const namespace = await readNamespace(resourceId, hubs, provider);
        return namespace ? [[key, { ...namespace, ...(existing ? { existing } : {}) }]] : [];
      },
    ),
  );
  const archive = outputs.exportSettings?.find(({ destination }) => destination === "storage");
  const isOurs = !outputs.accounts?.some((one) => one.existing && one.resourceId === archive?.resourceId);
  const account = archive && isOurs ? await readAccount(archive.resourceId, provider) : undefined;
  return {
    placement: outputs.placement,
    live: Object.fromEntries(live.flat()),
    liveAccounts: account ? { [accountKey]: account } : {},
    archivedTables: isOurs ? (archive?.eventTypes ?? []) : [],
    deployed: Object.fromEntries(
      Object.entries(namespaceIds(outputs)).map(([key, resourceId]) => [
        key,
        { resourceId, existing: deployedAs(outputs, resourceId)?.existing !== undefined },
      ]),
    ),
    own: [...(outputs.namespaces ?? []), ...(outputs.accounts ?? [])]
      .filter(({ existing }) => existing === undefined)
      .map(({ resourceId }) => resourceId),
    checkpointStores: (outputs.consumerConfiguration ?? []).flatMap(({ name, checkpointStore }) =>
      checkpointStore ? [name] : [],
    ),
    grants: outputs.requiredRoleAssignments ?? [],
  };
}

function deployedAs({ namespaces = [] }: LastOutputs, resourceId: string): LastNamespace | undefined {
  return namespaces.find((namespace) => namespace.resourceId === resourceId);
}

/**
 * The call that a StackReference makes, without its resource: that one keeps the outputs of the deployment before in the
 * state, and so each refresh after a deployment would find drift.
 */
async function lastOutputs(output: string | undefined): Promise<LastOutputs> {
  const name = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const answer = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name })) as {
    outputs?: LastOutputs & Record<string, LastOutputs>;
  };
  return (output === undefined ? answer.outputs : answer.outputs?.[output]) ?? {};
}

/** The namespace's id by its key: a table's placement names the key, its export setting the id. */
function namespaceIds({ placement = {}, exportSettings = [] }: LastOutputs): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const { destination, resourceId, eventTypes } of exportSettings) {
    if (destination === "storage") continue;
    for (const table of eventTypes) {
      const key = placement[table]?.namespace;
      if (key !== undefined) ids[key] = resourceId;
    }
  }
  return ids;
}
