import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { RequiredRoleAssignment } from "../../streaming/outputs.ts";
import type { Principal } from "../../streaming/people/principals.ts";
import type { PlannedGrant } from "../../streaming/planned.ts";
import { type Role, roleAssignmentName, roleDefinitionId } from "../../streaming/roles/roles.ts";
import { createPimAccess } from "./pimAccess.ts";

/** Where grants hold. */
export interface GrantScope {
  /** A short name, unique in the stack: part of the names of the assignments. Example: `ns1`. */
  name: string;
  /** The ARM id. Example: `namespace.id`. */
  id: pulumi.Input<string>;
  /** What is granted there; a set. */
  grants: readonly PrincipalGrant[];
}

/** A planned grant with its principal. */
export interface PrincipalGrant extends Omit<PlannedGrant, "to"> {
  principal: Pick<Principal<pulumi.Input<string>>, "objectId" | "principalType">;
}

/** By `principalKeyOf`. */
export type Principals = Readonly<Record<string, PrincipalGrant["principal"]>>;

/** Who gets what, and where. */
export interface RoleAssignmentsArgs {
  /** Where, and what. */
  scopes: readonly GrantScope[];
  /** The subscription's id, a GUID. */
  subscriptionId: pulumi.Input<string>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

/**
 * Role assignments as a set keyed by scope, principal and role. Their GUIDs follow from the three, so that a deployment
 * that was interrupted finds its own ones again. Access that is not permanent is left to Privileged Identity Management.
 */
export class RoleAssignments extends pulumi.ComponentResource {
  /** All of them, created or expected. */
  readonly required: pulumi.Output<RequiredRoleAssignment[]>;

  constructor(name: string, args: RoleAssignmentsArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:RoleAssignments", name, {}, options);
    const required: pulumi.Output<RequiredRoleAssignment>[] = [];

    for (const scope of args.scopes) {
      for (const { role, principalKey, principal, access, managed } of scope.grants) {
        const { principalType } = principal;
        const id = pulumi.output(scope.id);
        const principalId = pulumi.output(principal.objectId).apply((id) => id.toLowerCase());
        const definition = pulumi.output(args.subscriptionId).apply((id) => roleDefinitionId(id, role));
        required.push(
          pulumi.all([id, definition, principalId]).apply(([scope, roleDefinitionId, principalId]) => {
            const byPim = access === "permanent" ? {} : { access };
            const who = { principalId, principalType, managed };
            return { scope, role: role.name, roleDefinitionId, ...who, ...byPim };
          }),
        );
        if (!managed) continue;
        const grantName = `${name}-${scope.name}-${slug(role)}-${principalKey}`;
        if (access !== "permanent") {
          createPimAccess(this, grantName, {
            scope: id,
            role: role.name,
            roleDefinitionId: definition,
            principalId,
            access,
            cloud: args.cloud,
          });
          continue;
        }
        new authorization.RoleAssignment(
          grantName,
          {
            scope: id,
            roleAssignmentName: pulumi
              .all([id, principalId])
              .apply(([scope, principalId]) => roleAssignmentName(scope, principalId, role.id)),
            roleDefinitionId: definition,
            principalId,
            // Azure then does not look up the principal, which fails for a new one.
            principalType,
          },
          // Only another scope replaces it, and then its GUID is another one too: nobody is without access meanwhile.
          { parent: this, deleteBeforeReplace: false },
        );
      }
    }

    this.required = pulumi.all(required);
    this.registerOutputs({ required: this.required });
  }
}

const slug = (role: Role) => role.name.toLowerCase().replaceAll(" ", "-");
