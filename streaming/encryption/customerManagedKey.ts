import { armTypes, parseIdOf } from "../cloud/resourceId.ts";
import { clouds, type Cloud } from "../cloud/clouds.ts";
import type { EncryptionKey } from "../cloud/encryptionKey.ts";
import { streamsTo, type Destination } from "../defender/destinations.ts";

/** A customer-managed key in a key vault, which encrypts stored events, and the identity that uses it. */
export interface CustomerManagedKey {
  /** The vault's ARM id, in any subscription of the tenant. */
  readonly keyVaultId: string;
  readonly keyName: string;
  /** 32 hexadecimal digits. Default: always the newest one, so that a rotation in the vault is enough. */
  readonly keyVersion?: string | undefined;
  /**
   * The ARM id of an identity that may already use the key. Default: the stack creates one, with the role
   * `cryptoServiceEncryptionUser` on the vault.
   */
  readonly userAssignedIdentityId?: string | undefined;
  /** How long the first deployment waits until the role of a new identity takes effect. In seconds. Default: `defaultRoleDelay`. */
  readonly roleDelaySeconds?: number | undefined;
  /** The destinations that it encrypts. Default: all. */
  readonly encrypts?: readonly Destination[] | undefined;
}

/** Usually a minute is enough; Azure promises ten (role-based-access-control/troubleshooting.md, MicrosoftDocs/azure-docs). */
export const defaultRoleDelay = 60;
export const longestRoleDelay = 600;

/** Whether a destination is in use and encrypted with the customer's key. */
export function isEncrypted(
  request: {
    readonly destinations?: readonly Destination[] | undefined;
    readonly customerManagedKey?: CustomerManagedKey | undefined;
  },
  kind: Destination,
): boolean {
  const { customerManagedKey: key } = request;
  return key !== undefined && streamsTo(request, kind) && encrypts(key, kind);
}

/** Whether a key is for destinations of that kind. */
function encrypts(key: CustomerManagedKey, kind: Destination): boolean {
  return key.encrypts?.includes(kind) ?? true;
}

/**
 * The key as it is sent, used by an identity.
 *
 * @throws Error when the vault's id is not that of a key vault.
 */
export function encryptionKeyOf<Id>(
  { keyVaultId, keyName, keyVersion }: CustomerManagedKey,
  cloud: Cloud,
  identityId: Id,
): EncryptionKey<Id> {
  const { name } = parseIdOf(armTypes.keyVault, keyVaultId);
  const vaultUri = `https://${name.toLowerCase()}.${clouds[cloud].keyVaultSuffix}/`;
  return { vaultUri, keyName, keyVersion, identityId };
}
