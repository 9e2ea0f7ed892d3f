import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { type DeliveryVaults, deliveryVaultIds } from "../../streaming/consumers/deliveryVaults.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { apiVersions } from "../apiVersions.ts";
import { arm } from "../arm.ts";
import { found } from "../found.ts";

/** Reads whether the vaults exist that a sound request delivers connection strings to. */
export async function readDeliveryVaults(
  request: Pick<StreamingRequest, "consumers">,
  cloud: Cloud,
): Promise<DeliveryVaults> {
  const azure = arm(cloud);
  const read = deliveryVaultIds(request).map(async (id) => {
    const vault = await found(async () => {
      await azure.get(id, apiVersions.keyVault);
      return "there" as const;
    });
    return [id, vault] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
