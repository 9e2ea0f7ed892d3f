import { parseId } from "../../streaming/cloud/resourceId.ts";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { EncryptionKey } from "../../streaming/cloud/encryptionKey.ts";
import { encryptionKeyOf } from "../../streaming/encryption/customerManagedKey.ts";
import type { PlannedKey } from "../../streaming/planned.ts";
import type { RequiredRoleAssignment } from "../../streaming/outputs.ts";
import { RoleInEffect } from "../dynamic/roleInEffect.ts";
import { RoleAssignments } from "../roles/roleAssignments.ts";

/** A key in a key vault, and where its identity is created. */
export interface EncryptionIdentityArgs {
  /** The key; with `userAssignedIdentityId` that identity is used, and nothing is created. Example: `{ keyVaultId: vault.id, keyName: "stream" }`. */
  customerManagedKey: PlannedKey;
  /** The resource group's name. Example: `group.name`. */
  resourceGroupName: pulumi.Input<string>;
  /** The Azure region. Example: `westeurope`. */
  location: pulumi.Input<string>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
  /** Tags of the identity. Default: none. Example: `{ owner: "soc" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * The identity that encrypts with a customer-managed key: user-assigned, with the role Key Vault Crypto Service Encryption User on the
 * vault. It is created before what is encrypted. A given identity must already have access.
 */
export class EncryptionIdentity extends pulumi.ComponentResource {
  /** What is encrypted needs this, and to depend on this component. */
  readonly key: EncryptionKey<pulumi.Input<string>>;
  /** The role on the vault, created or expected. */
  readonly required: pulumi.Output<RequiredRoleAssignment[]>;

  constructor(name: string, args: EncryptionIdentityArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:EncryptionIdentity", name, {}, options);
    const { customerManagedKey: key, cloud, resourceGroupName, location, tags } = args;
    const { keyVaultId, createsIdentity, userAssignedIdentityId, grant } = key;

    const identity = createsIdentity
      ? new UserAssignedIdentity(name, { resourceGroupName, location, tags }, { parent: this })
      : UserAssignedIdentity.get(name, userAssignedIdentityId ?? "", { parent: this });
    const principal = { objectId: identity.principalId, principalType: "ServicePrincipal" } as const;
    const roles = new RoleAssignments(
      name,
      {
        scopes: [{ name: "key-vault", id: keyVaultId, grants: [{ ...grant, principal }] }],
        // A vault may be in another subscription, and roles go by the one of their scope.
        subscriptionId: parseId(keyVaultId)?.subscriptionId ?? "",
        cloud,
      },
      { parent: this },
    );

    if (createsIdentity) {
      new RoleInEffect(
        `${name}-role-in-effect`,
        { scope: keyVaultId, principalId: identity.principalId, seconds: key.roleDelaySeconds },
        { parent: this, dependsOn: roles },
      );
    }

    this.key = encryptionKeyOf(key, cloud, userAssignedIdentityId ?? identity.id);
    this.required = roles.required;
    this.registerOutputs({ required: this.required });
  }
}
