import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientSecret, deployer, deployerElsewhere, subscriptionId, tenantId } from "../azure/tenant.ts";
import { writeProgram } from "../program.ts";
import type { Entry, Profile } from "./profile.ts";

/** Puts the stand-in for the Azure CLI into `<directory>/bin`, in front of the user's own. Returns that folder. */
export function installAzureCli(directory: string): string {
  const bin = join(directory, "bin");
  writeProgram(join(bin, "az"), join(import.meta.dirname, "main.ts"));
  return bin;
}

/**
 * Signs the deployer in to the stand-in, as `az login --service-principal` does: it writes the CLI's own files.
 *
 * @param folder what `AZURE_CONFIG_DIR` names
 * @param elsewhere signed in to two tenants; the CLI's default subscription is the other tenant's
 */
export function azLogin(folder: string, origin: string, elsewhere = false): void {
  const own = { id: subscriptionId, tenantId, isDefault: !elsewhere };
  const other = {
    id: deployerElsewhere.subscriptionId,
    tenantId: deployerElsewhere.tenantId,
    isDefault: true,
  };
  const subscriptions = (elsewhere ? [own, other] : [own]).map((one) => ({
    ...one,
    environmentName: origin,
    user: { name: deployer.appId, type: "servicePrincipal" },
  }));
  const entries = subscriptions.map((one): Entry => ({
    client_id: deployer.appId,
    tenant: one.tenantId,
    client_secret: clientSecret,
  }));
  mkdirSync(folder, { recursive: true });
  const write = (file: string, content: Profile | Entry[]) =>
    writeFileSync(join(folder, file), JSON.stringify(content));
  write("azureProfile.json", { subscriptions });
  write("service_principal_entries.json", entries);
}
