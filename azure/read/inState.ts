import type { InState } from "../../streaming/standing.ts";
import { readState } from "./state.ts";

/** What the engine returns for a resource in a state. */
interface Returned {
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * What this stack's state holds, also after a deployment that failed halfway. The engine returns all outputs of all resources: only names
 * and ids are taken.
 */
export async function resourcesInState(): Promise<InState[]> {
  const state = (await readState("pulumi:pulumi:readStackResourceOutputs", "stackName")) ?? {};
  return Object.entries(state as Readonly<Record<string, Returned>>).map(([urn, { outputs }]) => {
    const [, , types = "", ...logicalName] = urn.split("::");
    const { name, resourceId } = outputs;
    return { types, logicalName: logicalName.join("::"), name: textOf(name), resourceId: textOf(resourceId) };
  });
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
