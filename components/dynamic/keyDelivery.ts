import * as pulumi from "@pulumi/pulumi";
import { apiVersions } from "../../azure/apiVersions.ts";
import { arm } from "../../azure/arm.ts";
import { unlessMissing } from "../../azure/found.ts";
import { isRefusal } from "../../azure/requests.ts";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { Stored } from "./stored.ts";
import { DynamicResource } from "./stub.ts";

/** Which connection string goes where. */
export interface KeyDeliveryArgs {
  /** The ARM id of the shared access rule; another one is a replacement. Example: `rule.id`. */
  ruleId: pulumi.Input<string>;
  /** The ARM id of the key vault; another one is a replacement. */
  vaultId: pulumi.Input<string>;
  /** The secret's name in it; another one is a replacement. Example: `listen-siem-deviceinfo`. */
  secretName: pulumi.Input<string>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

type Inputs = Stored<KeyDeliveryArgs>;

/**
 * The connection string of a shared access rule as a secret in a key vault. It goes from Event Hubs to the vault within this
 * provider: Pulumi keeps only the two ids and the secret's name.
 *
 * It notices a rule that is gone, but not new keys of a rule; replacing this resource delivers them. Azure Resource Manager cannot delete a secret, so
 * `destroy` disables it; the key in it is invalid once the rule is deleted.
 *
 * Fails with one sentence when the vault does not exist, or the deployer may not write its secrets.
 */
export class KeyDelivery extends DynamicResource {
  declare readonly secretName: pulumi.Output<string>;

  constructor(name: string, args: KeyDeliveryArgs, options?: pulumi.CustomResourceOptions) {
    // Otherwise the old one would disable what the new one delivered: both may be the same secret.
    const inTurn = { deleteBeforeReplace: true, ...options };
    super("KeyDelivery", name, args, inTurn);
  }
}

export const keyDeliveries: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const value = await connectionString(inputs);
    const properties = { value, contentType: "connection string", attributes: { enabled: true } };
    try {
      await arm(inputs.cloud).put(idOf(inputs), apiVersions.keyVault, { properties });
    } catch (error) {
      throw vaultError(error, inputs);
    }
    return { id: idOf(inputs), outs: inputs };
  },

  async read(id, outputs) {
    if (!outputs) return { id };
    const azure = arm(outputs.cloud);
    const secret = await unlessMissing(() => azure.get<object>(idOf(outputs), apiVersions.keyVault));
    // Without its rule the key is invalid. A rule that is created again has another one, which is delivered then.
    const rule = await unlessMissing(() => azure.get<object>(outputs.ruleId, apiVersions.eventHub));
    return secret && rule ? { id, props: outputs } : {};
  },

  async delete(_id, outputs) {
    const properties = { attributes: { enabled: false } };
    await unlessMissing(() => arm(outputs.cloud).patch(idOf(outputs), apiVersions.keyVault, { properties }));
  },

  diff(_id, olds, news) {
    const parts = ["ruleId", "vaultId", "secretName"] as const;
    // Azure ignores the letter case of ids and of secrets' names.
    const replaces = parts.filter((part) => olds[part].toLowerCase() !== news[part].toLowerCase());
    return Promise.resolve({ changes: replaces.length > 0, replaces, deleteBeforeReplace: true });
  },
};

function idOf({ vaultId, secretName }: Inputs): string {
  return `${vaultId}/secrets/${secretName}`;
}

async function connectionString({ ruleId, cloud }: Inputs): Promise<string> {
  try {
    const keys = await arm(cloud).post<{ primaryConnectionString: string }>(
      `${ruleId}/listKeys`,
      apiVersions.eventHub,
    );
    return keys.primaryConnectionString;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const refused = error.statusCode === 403 ? ": the deployer may not list its keys" : "";
    throw new Error(`The keys of ${ruleId} can't be read (status ${error.statusCode})${refused}.`);
  }
}

function vaultError(error: unknown, { vaultId }: Inputs): unknown {
  switch (isRefusal(error) && error.statusCode) {
    case 404:
      return new Error(
        `There is no key vault ${vaultId}. Write the id of an existing one as \`deliverKeyTo\`, or leave it out.`,
      );
    case 403:
      return new Error(
        `The deployer may not write secrets of the key vault ${vaultId}: it needs Microsoft.KeyVault/vaults/secrets/write there, ` +
          "which the role Contributor has. Assign it, or leave `deliverKeyTo` out.",
      );
    default:
      return error;
  }
}
