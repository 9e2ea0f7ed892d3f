import { ArmError } from "../../arm/error.ts";
import type { Write } from "../../arm/resourceType.ts";
import { readOnly, structure, text } from "../../arm/shape.ts";
import { keyProblem, type KeyProblem } from "../keyVault/keyUse.ts";
import { identityOf, userAssigned } from "../managedIdentity/assigned.ts";

export const keyVaultPropertiesShape = structure({
  keyname: text(),
  keyversion: text(),
  keyvaulturi: text(),
  currentVersionedKeyIdentifier: readOnly,
  currentVersionedKeyExpirationTimestamp: readOnly,
  lastKeyRotationTimestamp: readOnly,
});

export const encryptionIdentityShape = structure({
  userAssignedIdentity: text(),
  federatedIdentityClientId: text(),
});

interface Encryption {
  keySource?: string;
  keyvaultproperties?: { keyname?: string; keyversion?: string; keyvaulturi?: string };
  identity?: { userAssignedIdentity?: string };
}

/**
 * The account's encryption after an update, which keeps what it does not mention. From a customer's key it goes back to
 * Microsoft's at any time (customer-managed-keys-overview.md, azure-docs).
 *
 * @throws ArmError when the account can't use the key
 */
export function completeEncryption(write: Write, before: unknown): Encryption {
  const sent = write.body.properties["encryption"] as Encryption | undefined;
  const all: Encryption = { keySource: "Microsoft.Storage", ...(before as Encryption), ...sent };
  if (all.keySource === "Microsoft.Keyvault") {
    requireKey(write, all);
  } else {
    delete all.keyvaultproperties;
    delete all.identity;
  }
  return all;
}

function requireKey({ body, world }: Write, { keyvaultproperties: key = {}, identity }: Encryption): void {
  const { keyname: keyName, keyvaulturi: vaultUri, keyversion: keyVersion } = key;
  if (!keyName || !vaultUri) {
    throw new ArmError(
      400,
      "InvalidValuesForRequestParameters",
      "Values for request parameters are invalid: encryption.keyvaultproperties.",
    );
  }
  const own = identityOf(body);
  const assigned = identity?.userAssignedIdentity;
  const isAssigned = Object.keys(own?.userAssignedIdentities ?? {}).some(
    (id) => id.toLowerCase() === assigned?.toLowerCase(),
  );
  const principalId =
    assigned === undefined
      ? own?.principalId
      : isAssigned
        ? userAssigned(world, assigned)?.principalId
        : undefined;
  const problem = keyProblem(world, { vaultUri, keyName, keyVersion, principalId });
  if (problem) throw new ArmError(...refusals[problem]);
}

/**
 * KeyVaultPolicyError: Azure/azure-cli #12346; KeyVaultAuthenticationFailure: Azure/bicep #16601; KeyVaultEncryptionKeyNotFound and
 * KeyVaultVaultNotFound: microsoft/fhir-server. The rest is the sandbox's own.
 */
const refusals: Readonly<Record<KeyProblem, [number, string, string]>> = {
  identity: [
    400,
    "KeyVaultAccessTokenCannotBeAcquired",
    "Failed to acquire a token for the key vault: the account does not have this identity.",
  ],
  vault: [400, "KeyVaultVaultNotFound", "The key vault is not found for encryption."],
  recovery: [400, "KeyVaultPolicyError", "Keyvault policy recoverable is not set"],
  firewall: [
    400,
    "KeyVaultAuthenticationFailure",
    "The operation failed because of authentication issue on the keyvault. For more information, see - https://aka.ms/storagekeyvaultaccesspolicy",
  ],
  access: [
    400,
    "KeyVaultAuthenticationFailure",
    "The operation failed because of authentication issue on the keyvault. For more information, see - https://aka.ms/storagekeyvaultaccesspolicy",
  ],
  key: [400, "KeyVaultEncryptionKeyNotFound", "The key vault key is not found to unwrap the encryption key."],
  kind: [400, "KeyVaultKeyTypeNotSupported", "The type or size of the key is not supported for encryption."],
};
