import { type DeliveryVaults, deliveryVaultIds } from "../../streaming/consumers/deliveryVaults.ts";
import { readById } from "./byId.ts";
import type { Reader } from "./reader.ts";

/** Of Microsoft.KeyVault, the one of azure-native 3.28.0. */
const apiVersion = "2024-11-01";

/** Reads whether the vaults are there to which a sound request has connection strings delivered. */
export const readDeliveryVaults: Reader<DeliveryVaults> = async (request, _last, { cloud }) => {
  const read = deliveryVaultIds(request).map(async (id) => {
    const vault = await readById(id, apiVersion, cloud);
    return [id, typeof vault === "string" ? vault : "there"] as const;
  });
  return Object.fromEntries(await Promise.all(read));
};
