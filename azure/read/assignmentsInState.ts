import * as pulumi from "@pulumi/pulumi";

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
  const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
    stackName,
  })) as {
    readonly outputs: Readonly<Record<string, ResourceInState>>;
  };
  const assignments = Object.values(outputs).filter(({ type }) => type.endsWith(":RoleAssignment"));
  return new Set(assignments.flatMap(({ outputs: { name } }) => name?.toLowerCase() ?? []));
}
