import type * as pulumi from "@pulumi/pulumi";
import type { DeployedKey } from "../../streaming/existing/facts.ts";
import type { LiveNamespace } from "../../streaming/eventHubs/liveNamespace.ts";
import type { Deployed } from "../../streaming/known.ts";
import { exportedAs, readOutputs } from "../../streaming/readOutputs.ts";
import { MistakesError } from "../../streaming/wording/mistakes.ts";
import { readAccount } from "./account.ts";
import { readState } from "./state.ts";
import { readNamespace } from "./namespace.ts";

/** What stands: where the last deployment put each table, and its namespaces as they are now. */
export interface LastDeployment extends Deployed {
  /** What each key of a namespace stands for. */
  readonly deployed: Readonly<Record<string, DeployedKey>>;
  /** The consumers whose checkpoint store the stack created. */
  readonly checkpointStores: readonly string[];
}

/** Where and how to look for it. */
export interface LastDeploymentArgs {
  /** Reads the namespaces and the account. Default: azure-native's default provider. */
  provider?: pulumi.ProviderResource | undefined;
  /** The stack output that holds `DefenderStreaming.outputs`. Default: each of them is a stack output by itself. Example: `defender`. */
  output?: string | undefined;
  /** The name of the `DefenderStreaming`: outputs of it under another name than `output` are a mistake. Default: not looked for. */
  component?: string | undefined;
}

/**
 * Reads what this stack deployed last: its own outputs, and then the namespaces they name. The outputs are those of the last deployment
 * that created everything they mention, even if it failed later.
 *
 * @throws MistakesError if the outputs have another name
 */
export async function lastDeployment(args: LastDeploymentArgs = {}): Promise<LastDeployment> {
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
  const namespaces = outputs.namespaces.filter(({ key }) => key !== "");
  const live = await Promise.all(
    namespaces.map(async ({ key, resourceId, hubs, existing }): Promise<[string, LiveNamespace][]> => {
      const namespace = await readNamespace(resourceId, hubs, provider);
      return namespace ? [[key, { ...namespace, existing }]] : [];
    }),
  );
  const own = [...outputs.namespaces, ...outputs.accounts].filter(({ existing }) => existing === undefined);
  const account = outputs.accounts.find(({ existing }) => existing === undefined);
  const liveAccount = account && (await readAccount(account.resourceId, provider));
  const archive = outputs.exportSettings.find(({ resourceId }) => resourceId === account?.resourceId);
  return {
    placement: outputs.placement,
    live: Object.fromEntries(live.flat()),
    liveAccounts: account && liveAccount ? { [account.key]: liveAccount } : {},
    archivedTables: archive?.eventTypes ?? [],
    deployed: Object.fromEntries(
      namespaces.map(({ key, resourceId, existing }) => [
        key,
        { resourceId, existing: existing !== undefined },
      ]),
    ),
    own: own.map(({ resourceId }) => resourceId),
    checkpointStores: outputs.consumerConfiguration.flatMap(({ name, checkpointStore }) =>
      checkpointStore ? [name] : [],
    ),
    grants: outputs.requiredRoleAssignments,
  };
}
