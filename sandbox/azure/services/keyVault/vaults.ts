import { ArmError } from "../../arm/error.ts";
import { ofType } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import {
  dictionary,
  flag,
  list,
  oneOf,
  readOnly,
  required,
  structure,
  text,
  whole,
} from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { versions } from "./versions.ts";

export const vaultType = "Microsoft.KeyVault/vaults";

const permissions = list(text());

/** A key vault. It has no data plane: keys are created and read through Resource Manager. */
export const vaults: ResourceType = {
  name: vaultType,
  apiVersions: versions,
  tracked: "regional",
  naming: {
    check(name) {
      if (/^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name)) return;
      throw new ArmError(
        400,
        "VaultNameNotValid",
        `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.`,
      );
    },
  },
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    systemData: readOnly,
    properties: required(
      structure({
        tenantId: required(text()),
        sku: required(
          structure({ family: required(oneOf("A")), name: required(oneOf("standard", "premium")) }),
        ),
        accessPolicies: list(
          structure({
            tenantId: required(text()),
            objectId: required(text()),
            applicationId: text(),
            permissions: required(
              structure({
                keys: permissions,
                secrets: permissions,
                certificates: permissions,
                storage: permissions,
              }),
            ),
          }),
        ),
        enabledForDeployment: flag,
        enabledForDiskEncryption: flag,
        enabledForTemplateDeployment: flag,
        enableSoftDelete: flag,
        softDeleteRetentionInDays: whole({ min: 7, max: 90 }),
        enableRbacAuthorization: flag,
        enablePurgeProtection: flag,
        networkAcls: structure({
          bypass: oneOf("None", "AzureServices"),
          defaultAction: oneOf("Allow", "Deny"),
          ipRules: list(structure({ value: required(text()) })),
          virtualNetworkRules: list(
            structure({ id: required(text()), ignoreMissingVnetServiceEndpoint: flag }),
          ),
        }),
        publicNetworkAccess: oneOf("Enabled", "Disabled"),
        createMode: oneOf("default", "recover"),
        vaultUri: readOnly,
        provisioningState: readOnly,
        hsmPoolResourceId: readOnly,
        privateEndpointConnections: readOnly,
      }),
    ),
  }),
  writing: { patch: true, prepare },
  reading: {
    present: (vault) => ({ properties: { vaultUri: uriOf(vault), provisioningState: "Succeeded" } }),
  },
};

/** Where its data plane is, in the suffix of the cloud that its region is in. */
export function uriOf({ name, body }: Resource): string {
  const isGovernments = /^us(gov|dod)/.test(body.location ?? "");
  return `https://${name.toLowerCase()}.vault.${isGovernments ? "usgovcloudapi.net" : "azure.net"}/`;
}

/** Soft delete cannot be turned off any more, and purge protection never (key-vault/general/soft-delete-overview.md, azure-docs). */
function prepare({ body, existing, name, world }: Write): void {
  const isTaken = ofType(world, vaultType).some((vault) => vault.name.toLowerCase() === name.toLowerCase());
  if (!existing && isTaken) {
    throw new ArmError(409, "VaultAlreadyExists", `The vault name '${name}' is already in use.`);
  }
  const { enablePurgeProtection, enableSoftDelete } = body.properties;
  // Azure/azure-cli #13006, #29115.
  if (enablePurgeProtection === false) throw irreversible("enablePurgeProtection", "purge protection");
  if (enableSoftDelete === false) throw irreversible("enableSoftDelete", "soft delete");
  const isProtected = existing?.body.properties?.["enablePurgeProtection"];
  body.tags ??= {};
  body.properties = {
    accessPolicies: [],
    enabledForDeployment: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    enableRbacAuthorization: false,
    publicNetworkAccess: "Enabled",
    ...(isProtected === true ? { enablePurgeProtection: true } : {}),
    ...body.properties,
  };
  delete body.properties["createMode"];
}

function irreversible(property: string, what: string): ArmError {
  return new ArmError(
    400,
    "BadRequest",
    `The property "${property}" cannot be set to false. Enabling the ${what} for a vault is an irreversible action.`,
  );
}
