import type * as pulumi from "@pulumi/pulumi";
import type { DeployedKey } from "../../streaming/existing/facts.ts";
import type { LiveNamespace } from "../../streaming/eventHubs/liveNamespace.ts";
import type { Deployed } from "../../streaming/known.ts";
import { exportedAs, readOutputs } from "../../streaming/readOutputs.ts";
import { MistakesError } from "../../streaming/wording/mistakes.ts";
import { standing } from "../../streaming/standing.ts";
import { accountKey } from "../../streaming/storage/account.ts";
import { arm as resourceManager } from "../arm.ts";
import { readAccount } from "./account.ts";
import { resourcesInState } from "./inState.ts";
import { readNamespace } from "./namespace.ts";
import { readState } from "./state.ts";

/** What stands: where the last deployment put each table, and its namespaces as they are now. */
export interface LastDeployment extends Deployed {
  /** What each key of a namespace stands for. */
  readonly deployed: Readonly<Record<string, DeployedKey>>;
  /** The checkpoint stores that the stack created, by their names in the program. */
  readonly checkpointStores: readonly string[];
  /** The names of the role assignments in the state, in lower case. */
  readonly assignments: ReadonlySet<string>;
}

/** Where and how to look for it. */
export interface LastDeploymentArgs {
  /** Reads the namespaces and the account. Default: azure-native's default provider. */
  provider?: pulumi.ProviderResource | undefined;
  /** The stack output that holds `DefenderStreaming.outputs`. Default: each of them is a stack output by itself. Example: `defender`. */
  output?: string | undefined;
  /**
   * The name of the `DefenderStreaming`. Outputs of it under another name than `output` are a mistake. Default: `output`; without both, only
   * the outputs say what stands.
   */
  component?: string | undefined;
}

/**
 * Reads what stands of this stack: what its outputs and its state name, as it is in Azure. The outputs are those of the last deployment that
 * created everything; what a later one did before it failed is in the state only.
 *
 * @throws MistakesError if the outputs have another name
 */
export async function lastDeployment(
  args: LastDeploymentArgs = {},
  arm = resourceManager(),
): Promise<LastDeployment> {
  const { provider, output, component } = args;
  // The call of a StackReference, without its resource: that one keeps the outputs of the deployment before in the state, and
  // so each refresh after a deployment would find drift.
  const all = await readState("pulumi:pulumi:readStackOutputs", "name");
  const other = output !== undefined && component !== undefined && exportedAs(all, output, component);
  if (other) {
    const rule = `This stack has no output \`${output}\`, but \`${other}\` holds what \`${component}\` deployed. Without it, tables would move.`;
    const fix = `Write the option \`output: "${other}"\`. To rename the output, export it under both names in one deployment first.`;
    throw new MistakesError([{ key: "options.output", value: output, rule, fix }]);
  }
  const outputs = readOutputs(all, output);
  const state = await resourcesInState();
  const there = standing(outputs, state, component ?? output ?? "");
  const live = await Promise.all(
    there.namespaces.map(
      async ({ key, hubs, existing, access, ...spot }): Promise<[string, LiveNamespace][]> => {
        const namespace = await readNamespace(spot, hubs, arm, provider);
        return namespace ? [[key, { ...namespace, existing, access }]] : [];
      },
    ),
  );
  const liveNamespaces = Object.fromEntries(live.flat());
  const liveAccount = there.account && (await readAccount(there.account, provider));
  const told = [...outputs.namespaces, ...outputs.accounts].filter(({ existing }) => existing === undefined);
  const own = [...Object.values(liveNamespaces).filter(({ existing }) => !existing), ...told];
  const found = [...own, ...(liveAccount ? [liveAccount] : [])].map(({ resourceId }) => resourceId);
  const assignments = state.filter(({ types }) => types.endsWith(":RoleAssignment"));
  return {
    placement: outputs.placement,
    live: liveNamespaces,
    liveAccounts: liveAccount ? { [accountKey]: liveAccount } : {},
    archivedTables: there.archivedTables,
    deployed: Object.fromEntries(
      [...outputs.namespaces, ...live.flat().map(([key, namespace]) => ({ key, ...namespace }))].map(
        ({ key, resourceId, existing }) => [key, { resourceId, existing: existing !== undefined }],
      ),
    ),
    own: [...new Set(found)],
    checkpointStores: there.checkpointStores,
    ownGroup: there.ownGroup,
    grants: outputs.requiredRoleAssignments,
    assignments: new Set(assignments.flatMap(({ name }) => name?.toLowerCase() ?? [])),
  };
}
