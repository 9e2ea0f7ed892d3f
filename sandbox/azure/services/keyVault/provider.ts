import type { Provider } from "../../arm/resourceType.ts";
import { keys } from "./keys.ts";
import { keyVersions } from "./keyVersions.ts";
import { secrets } from "./secrets.ts";
import { vaults } from "./vaults.ts";

export const keyVault: Provider = {
  namespace: "Microsoft.KeyVault",
  types: [vaults, keys, keyVersions, secrets],
};
