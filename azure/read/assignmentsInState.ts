import { readState } from "./state.ts";

/** What the engine returns for a resource in a state. */
interface ResourceInState {
  readonly type: string;
  readonly outputs: { readonly name?: string };
}

/**
 * The names of the role assignments in this stack's state, in lower case, also after a deployment that failed halfway. The engine returns
 * all outputs of all resources, so it is asked only where the stack's outputs are not enough.
 */
export async function assignmentsInState(): Promise<ReadonlySet<string>> {
  const state = await readState("pulumi:pulumi:readStackResourceOutputs", "stackName");
  const resources = Object.values(state as Readonly<Record<string, ResourceInState>>);
  const assignments = resources.filter(({ type }) => type.endsWith(":RoleAssignment"));
  return new Set(assignments.flatMap(({ outputs: { name } }) => name?.toLowerCase() ?? []));
}
