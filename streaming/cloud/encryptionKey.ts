/** A key that a namespace or an account encrypts with, and the identity that uses it. */
export interface EncryptionKey<Id> {
  /** Such as `https://name.vault.azure.net/`. */
  readonly vaultUri: string;
  readonly keyName: string;
  /** Default: the newest. */
  readonly keyVersion?: string;
  /** The ARM id of a user-assigned identity that may use the key. */
  readonly identityId: Id;
}

/** The input `identity` of what is encrypted with a key. */
export const encryptingIdentity = <Id>({ identityId }: EncryptionKey<Id>) => ({
  type: "UserAssigned" as const,
  userAssignedIdentities: [identityId],
});
