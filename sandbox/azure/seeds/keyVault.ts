import { tenantId } from "../tenant.ts";
import type { Seed } from "./seed.ts";
import { seededGroup } from "./seed.ts";

const group = seededGroup("rg-security-keys", "westeurope");
const vaultId = `${group.id}/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;

/** A vault fit for customer-managed keys, closed to everybody but trusted services, and a key in it. */
export const keyVault: readonly Seed[] = [
  group,
  {
    id: vaultId,
    apiVersion: "2024-11-01",
    body: {
      location: "westeurope",
      properties: {
        tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
    },
  },
  {
    id: `${vaultId}/keys/defender-streaming`,
    apiVersion: "2024-11-01",
    body: { properties: { kty: "RSA", keySize: 3072, keyOps: ["wrapKey", "unwrapKey"] } },
  },
];
