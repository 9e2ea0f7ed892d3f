import type { PlannedKey } from "../planned.ts";
import { cryptoServiceEncryptionUser } from "../roles/roles.ts";
import { type CustomerManagedKey, defaultRoleDelay } from "./customerManagedKey.ts";

/** The key as planned. A given identity has its role already. */
export function plannedKey(key: CustomerManagedKey): PlannedKey {
  const { userAssignedIdentityId, roleDelaySeconds = defaultRoleDelay } = key;
  const createsIdentity = userAssignedIdentityId === undefined;
  const grant = { role: cryptoServiceEncryptionUser, principalKey: "encryption", managed: createsIdentity };
  return { ...key, roleDelaySeconds, createsIdentity, grant: { ...grant, access: "permanent" } };
}
