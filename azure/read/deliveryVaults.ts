import { type DeliveryVaults, deliveryVaultIds } from "../../streaming/consumers/deliveryVaults.ts";
import { apiVersions } from "../apiVersions.ts";
import { found } from "../found.ts";
import type { Reader } from "./reader.ts";

/** Reads whether the vaults exist that a sound request delivers connection strings to. */
export const readDeliveryVaults: Reader<DeliveryVaults> = async (request, _last, { arm }) => {
  const read = deliveryVaultIds(request).map(async (id) => {
    const vault = await found(async () => {
      await arm.get(id, apiVersions.keyVault);
      return "there" as const;
    });
    return [id, vault] as const;
  });
  return Object.fromEntries(await Promise.all(read));
};
