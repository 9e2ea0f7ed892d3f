import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";

/** What is locked, and what has to be unlocked before it goes. */
export interface DeletionLocksArgs {
  /** By a short name, unique in the stack, the ARM id. Example: `{ ns1: namespace.id }`. */
  scopes: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Everything at these scopes and below: the locks come after it, and go before it, because they forbid its deletion. Components
   * stand for all that is in them.
   */
  lockedResources: readonly pulumi.Resource[];
}

/**
 * Locks of the level CanNotDelete, for everybody and every tool. They forbid the deletion of what is below as well: hubs, consumer
 * groups, containers, role assignments.
 */
export class DeletionLocks extends pulumi.ComponentResource {
  constructor(name: string, args: DeletionLocksArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:DeletionLocks", name, {}, options);
    for (const [key, scope] of Object.entries(args.scopes)) {
      new authorization.ManagementLockByScope(
        `${name}-${key}`,
        {
          scope,
          lockName: "defender-streaming",
          level: "CanNotDelete",
          notes:
            "Security events are streamed here. Made by defender-streaming: set its lock to false to delete something.",
        },
        { parent: this, dependsOn: [...args.lockedResources] },
      );
    }
    this.registerOutputs({});
  }
}
