import { z } from "zod";
import { destinationKinds } from "../../streaming/defender/destinations.ts";
import { defaultRoleDelay } from "../../streaming/encryption/customerManagedKey.ts";
import { about } from "../describe.ts";

/** The key of the customer's own. What its parts may be is checked by the rules of `streaming/`. */
export const customerManagedKey = z.strictObject({
  keyVaultId: z.string().register(about, {
    description: "The ARM id of the key vault, with soft delete and purge protection.",
  }),
  keyName: z.string().register(about, { description: "The name of an RSA key in it." }),
  keyVersion: z.string().optional().register(about, {
    description: "A version of the key, which then has to be written anew after each rotation.",
    otherwise: "always the newest",
  }),
  userAssignedIdentityId: z.string().optional().register(about, {
    description: "The ARM id of an identity that may use the key already.",
    otherwise: "one is made, and gets the role Key Vault Crypto Service Encryption User on the vault",
  }),
  roleDelaySeconds: z
    .int()
    .optional()
    .register(about, {
      description:
        "How long to wait, once, until Azure heeds the role of an identity that is made; when it takes longer, deploy again.",
      unit: "seconds",
      otherwise: `${defaultRoleDelay}`,
      minimum: 0,
    }),
  encrypts: z.array(z.enum(destinationKinds)).optional().register(about, {
    description: "Which destinations the key encrypts.",
    otherwise: "all",
  }),
});
