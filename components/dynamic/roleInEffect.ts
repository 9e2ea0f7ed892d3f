import * as pulumi from "@pulumi/pulumi";
import type { Stored } from "./stored.ts";
import { DynamicResource } from "./stub.ts";

/** A new role assignment, and how long Azure may take to apply it. */
export interface RoleInEffectArgs {
  /** Where the role is assigned: an ARM id; another one is a new wait. Example: `vault.id`. */
  scope: pulumi.Input<string>;
  /** To whom: an object id; another one is a new wait. Example: `identity.principalId`. */
  principalId: pulumi.Input<string>;
  /** How long to wait, once. Example: 60. */
  seconds: pulumi.Input<number>;
}

type Inputs = Stored<RoleInEffectArgs>;

/**
 * Waits once between the assignment of a role and its first use. Azure stores an assignment at once and applies it later, and nothing
 * reports when: until then Storage and Event Hubs refuse the key (Azure/bicep #16601; role-based-access-control/troubleshooting.md,
 * MicrosoftDocs/azure-docs: up to 10 minutes).
 */
export class RoleInEffect extends DynamicResource {
  constructor(name: string, args: RoleInEffectArgs, options?: pulumi.CustomResourceOptions) {
    super("RoleInEffect", name, args, options);
  }
}

export const waits: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    await new Promise((resolve) => setTimeout(resolve, inputs.seconds * 1000));
    return { id: `${inputs.scope}/${inputs.principalId}`, outs: inputs };
  },

  diff(_id, olds, news) {
    const replaces = (["scope", "principalId"] as const).filter(
      (key) => olds[key].toLowerCase() !== news[key].toLowerCase(),
    );
    return Promise.resolve({ changes: replaces.length > 0, replaces, deleteBeforeReplace: false });
  },
};
