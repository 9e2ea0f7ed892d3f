import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { type DeliveryVaults, deliveryVaultIds } from "../../streaming/consumers/deliveryVaults.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { readById } from "./byId.ts";

/** Of Microsoft.KeyVault, the one of azure-native 3.28.0. */
const apiVersion = "2024-11-01";

/** Reads whether the vaults are there to which a sound request has connection strings delivered. */
export async function readDeliveryVaults(
  request: Pick<StreamingRequest, "consumers">,
  cloud: Cloud,
): Promise<DeliveryVaults> {
  const read = deliveryVaultIds(request).map(async (id) => {
    const vault = await readById(id, apiVersion, cloud);
    return [id, typeof vault === "string" ? vault : "there"] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
