import type { ArmError } from "../../arm/error.ts";
import { under } from "../../arm/inventory.ts";
import type { Write } from "../../arm/resourceType.ts";
import { flag, list, oneOf, structure, text } from "../../arm/shape.ts";
import { keyProblem, type KeyProblem } from "../keyVault/keyUse.ts";
import { identityOf, userAssigned } from "../managedIdentity/assigned.ts";
import { badRequest } from "./error.ts";
import { hubType } from "./hub.ts";
import type { Tier } from "./tiers.ts";

export const encryptionShape = structure({
  keySource: oneOf("Microsoft.KeyVault"),
  keyVaultProperties: list(
    structure({
      keyName: text(),
      keyVaultUri: text(),
      keyVersion: text(),
      identity: structure({ userAssignedIdentity: text() }),
    }),
    3,
  ),
  requireInfrastructureEncryption: flag,
});

interface Encryption {
  keyVaultProperties?: {
    keyName?: string;
    keyVaultUri?: string;
    keyVersion?: string;
    identity?: { userAssignedIdentity?: string };
  }[];
}

/** Premium and up, only while there is no hub, and never taken away again (configure-customer-managed-key.md, azure-docs). */
export function checkEncryption(write: Write, tier: Tier): void {
  const { body, existing, world, id } = write;
  const encryption = body.properties["encryption"] as Encryption | undefined;
  const hadEncryption = existing?.body.properties?.["encryption"] !== undefined;
  if (encryption === undefined) {
    // hashicorp/terraform-provider-azurerm #13953.
    if (hadEncryption) throw badRequest("Encryption properties are missing.");
    return;
  }
  if (!tier.encryption) {
    throw badRequest(`Encryption with a customer-managed key is not available in the ${tier.name} tier.`);
  }
  if (existing && !hadEncryption && under(world, id, hubType).length > 0) {
    throw badRequest("Encryption with a customer-managed key can be turned on for an empty namespace only.");
  }
  const keys = encryption.keyVaultProperties ?? [];
  if (keys.length === 0) {
    // pulumi/pulumi-azure-nextgen #243.
    throw badRequest("All KeyVaultProperties must be specified as part of the Encryption object.");
  }
  for (const key of keys) requireKey(write, key);
}

function requireKey(
  { body, world }: Write,
  {
    keyName = "",
    keyVaultUri: vaultUri = "",
    keyVersion,
    identity,
  }: NonNullable<Encryption["keyVaultProperties"]>[number],
): void {
  const own = identityOf(body);
  const assigned = identity?.userAssignedIdentity;
  if (assigned !== undefined) {
    const all = Object.keys(own?.userAssignedIdentities ?? {}).map((id) => id.toLowerCase());
    if (!all.includes(assigned.toLowerCase())) {
      throw badRequest(`The user-assigned identity '${assigned}' is not assigned to the namespace.`);
    }
  }
  const principalId = assigned === undefined ? own?.principalId : userAssigned(world, assigned)?.principalId;
  const problem = keyProblem(world, { vaultUri, keyName, keyVersion, principalId });
  if (problem) throw refused(problem, vaultUri, keyName);
}

/** The texts are the sandbox's own: none of Event Hubs' is public. */
function refused(problem: KeyProblem, vaultUri: string, keyName: string): ArmError {
  switch (problem) {
    case "identity":
      return badRequest("The namespace has no identity to use the key with.");
    case "vault":
      return badRequest(`The key vault '${vaultUri}' was not found.`);
    case "recovery":
      return badRequest(`The key vault '${vaultUri}' must have soft delete and purge protection.`);
    case "firewall":
    case "access":
      return badRequest(
        `Access to the key vault '${vaultUri}' was denied: the identity needs get, wrapKey and unwrapKey on the key '${keyName}'.`,
      );
    case "key":
      return badRequest(
        `The key '${keyName}' of the key vault '${vaultUri}' was not found, or is not usable.`,
      );
    case "kind":
      return badRequest(`The key '${keyName}' is of a type or size that is not supported.`);
  }
}
