import { z } from "zod";
import { allDestinations } from "../../streaming/defender/destinations.ts";
import { defaultRoleDelay } from "../../streaming/encryption/customerManagedKey.ts";
import { descriptions } from "../describe.ts";

/** The customer-managed key. The rules of `streaming/` check its parts. */
export const customerManagedKey = z.strictObject({
  keyVaultId: z.string().register(descriptions, {
    description: "Id of the key vault. It needs soft delete and purge protection.",
  }),
  keyName: z.string().register(descriptions, { description: "Name of an RSA key in the vault." }),
  keyVersion: z.string().optional().register(descriptions, {
    description: "A fixed version of the key. You must then change this setting after each rotation.",
    otherwise: "always the newest",
  }),
  userAssignedIdentityId: z.string().optional().register(descriptions, {
    description: "Id of an identity that may already use the key.",
    otherwise: "one is created, and gets the role Key Vault Crypto Service Encryption User on the vault",
  }),
  roleDelaySeconds: z
    .int()
    .optional()
    .register(descriptions, {
      description:
        "How long the first deployment waits until the role of a created identity takes effect. If Azure needs longer, deploy again.",
      unit: "seconds",
      otherwise: `${defaultRoleDelay}`,
      minimum: 0,
    }),
  encrypts: z.array(z.enum(allDestinations)).optional().register(descriptions, {
    description: "The destinations that the key encrypts.",
    otherwise: "all",
  }),
});
