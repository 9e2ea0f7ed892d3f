import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** `azureProfile.json`: the subscriptions that the CLI knows (`core/_profile.py`, Azure/azure-cli, `azure-cli-core`). */
export interface Profile {
  readonly subscriptions: readonly {
    readonly id: string;
    readonly tenantId: string;
    readonly isDefault: boolean;
    /** The cloud. Here: the address of its sign-in. */
    readonly environmentName: string;
    readonly user: { readonly name: string; readonly type: string };
  }[];
}

/** `service_principal_entries.json`: the secrets of signed-in applications. */
export interface Entry {
  readonly client_id: string;
  readonly tenant: string;
  readonly client_secret: string;
}

/** Where the CLI keeps its files. */
export const configFolder = () => process.env["AZURE_CONFIG_DIR"] || join(homedir(), ".azure");

/** Nobody is signed in: none. */
export const subscriptions = () =>
  ((read("azureProfile.json") ?? { subscriptions: [] }) as Profile).subscriptions;

export const entries = () => (read("service_principal_entries.json") ?? []) as readonly Entry[];

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(configFolder(), file), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
