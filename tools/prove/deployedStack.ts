import { execFile } from "node:child_process";
import { Failure } from "../failure.ts";

/** What a stack has deployed, as far as the questions ask for it: README explains the outputs. */
export interface DeployedStack {
  readonly exportSettings: readonly {
    readonly name: string;
    readonly destination: "eventHub" | "storage";
    readonly resourceId: string;
    readonly hubName: string;
    readonly eventTypes: readonly string[];
  }[];
  readonly namespaces: readonly DeployedNamespace[];
  readonly accounts: readonly DeployedAccount[];
  readonly requiredRoleAssignments: readonly {
    readonly scope: string;
    readonly role: string;
    readonly principalId: string;
  }[];
}

export interface DeployedNamespace {
  readonly name: string;
  readonly resourceId: string;
  readonly tier: string;
  readonly throughputUnits: number;
  readonly hubs: readonly string[];
}

export interface DeployedAccount {
  readonly name: string;
  readonly resourceId: string;
  readonly containers: readonly string[];
}

/** Which stack, and where it is. */
export interface StackPlace {
  readonly stack: string;
  /** The folder with Pulumi.yaml. */
  readonly cwd: string;
  /** The stack output that holds all the others, in a program that uses the library. */
  readonly output?: string | undefined;
}

/**
 * The outputs of a stack, which secrets are no part of: the CLI masks them.
 *
 * @throws Failure when there are none
 */
export async function readStack({ stack, cwd, output }: StackPlace): Promise<DeployedStack> {
  const all = JSON.parse(await stackOutputs(stack, cwd)) as Record<string, unknown>;
  const outputs = (output === undefined ? all : all[output]) as Partial<DeployedStack> | undefined;
  if (outputs?.exportSettings === undefined) {
    const fix =
      output === undefined
        ? "Deploy it; for a program that uses the library, name the output that holds `.outputs` with --output."
        : `It has ${Object.keys(all).join(", ") || "none"}.`;
    throw new Failure(
      `The stack '${stack}' has no export settings${output === undefined ? "" : ` under the output '${output}'`}. ${fix}`,
    );
  }
  const { exportSettings, namespaces = [], accounts = [], requiredRoleAssignments = [] } = outputs;
  return { exportSettings, namespaces, accounts, requiredRoleAssignments };
}

function stackOutputs(stack: string, cwd: string): Promise<string> {
  const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  return new Promise((resolve, reject) => {
    execFile("pulumi", args, { cwd }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new Failure("The Pulumi CLI is not on the PATH."));
      else reject(new Failure(`The outputs of '${stack}' cannot be read: ${stderr.trim()}`));
    });
  });
}
