import { ArmError } from "../../arm/error.ts";
import { findLocation } from "../../arm/locations.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import {
  anything,
  dictionary,
  flag,
  oneOf,
  readOnly,
  required,
  since,
  structure,
  text,
  whole,
} from "../../arm/shape.ts";
import { lasting } from "../../conditions/lasting.ts";
import type { Resource, World } from "../../state.ts";
import { assignedIdentities, completeIdentity, identityShape } from "../managedIdentity/assigned.ts";
import { connectionsTo, endpointsTo } from "../network/connections.ts";
import { listAccountKeys, newAccountKeys } from "./accountKeys.ts";
import { accountType, checkAccountName, requireFreeName } from "./accountNames.ts";
import { completeNetworkAcls, networkAclsShape } from "./networkAcls.ts";
import { requireTransition, type SkuName } from "./redundancy.ts";
import { completeEncryption, encryptionIdentityShape, keyVaultPropertiesShape } from "./encryption.ts";
import { versions } from "./versions.ts";

const service = structure({ enabled: flag, keyType: oneOf("Service", "Account"), lastEnabledTime: readOnly });

export const storageAccounts: ResourceType = {
  name: accountType,
  apiVersions: versions,
  tracked: "regional",
  naming: { check: checkAccountName },
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    kind: required(oneOf("Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage")),
    sku: required(
      structure({
        name: required(
          oneOf(
            "Standard_LRS",
            "Standard_GRS",
            "Standard_RAGRS",
            "Standard_ZRS",
            "Standard_GZRS",
            "Standard_RAGZRS",
            "Premium_LRS",
            "Premium_ZRS",
          ),
        ),
        tier: readOnly,
      }),
    ),
    identity: identityShape,
    extendedLocation: anything,
    systemData: readOnly,
    properties: structure({
      accessTier: oneOf("Hot", "Cool", "Premium", "Cold"),
      supportsHttpsTrafficOnly: flag,
      minimumTlsVersion: oneOf("TLS1_0", "TLS1_1", "TLS1_2", { value: "TLS1_3", since: "2023-05-01" }),
      allowBlobPublicAccess: flag,
      allowSharedKeyAccess: flag,
      allowCrossTenantReplication: since("2021-04-01", flag),
      allowedCopyScope: since("2021-09-01", oneOf("PrivateLink", "AAD")),
      defaultToOAuthAuthentication: since("2021-06-01", flag),
      publicNetworkAccess: since(
        "2021-06-01",
        oneOf("Enabled", "Disabled", { value: "SecuredByPerimeter", since: "2023-05-01" }),
      ),
      dnsEndpointType: since("2021-09-01", oneOf("Standard", "AzureDnsZone")),
      isHnsEnabled: flag,
      isLocalUserEnabled: since("2021-08-01", flag),
      isSftpEnabled: since("2021-08-01", flag),
      isNfsV3Enabled: since("2021-01-01", flag),
      largeFileSharesState: oneOf("Disabled", "Enabled"),
      sasPolicy: since(
        "2021-02-01",
        structure({
          sasExpirationPeriod: required(text()),
          expirationAction: required(oneOf("Log", { value: "Block", since: "2023-04-01" })),
        }),
      ),
      keyPolicy: since("2021-02-01", structure({ keyExpirationPeriodInDays: required(whole({ min: 0 })) })),
      networkAcls: networkAclsShape,
      encryption: structure({
        keySource: oneOf("Microsoft.Storage", "Microsoft.Keyvault"),
        requireInfrastructureEncryption: flag,
        services: structure({ blob: service, file: service, table: service, queue: service }),
        keyvaultproperties: keyVaultPropertiesShape,
        identity: encryptionIdentityShape,
      }),
      immutableStorageWithVersioning: since("2021-06-01", anything),
      azureFilesIdentityBasedAuthentication: anything,
      customDomain: anything,
      routingPreference: anything,
      provisioningState: readOnly,
      creationTime: readOnly,
      primaryEndpoints: readOnly,
      primaryLocation: readOnly,
      statusOfPrimary: readOnly,
      privateEndpointConnections: readOnly,
    }),
  }),
  writing: {
    patch: true,
    links: [
      assignedIdentities,
      { to: "properties.networkAcls.virtualNetworkRules.[].id", action: "joinViaServiceEndpoint/action" },
    ],
    prepare,
    accompany: [
      {
        type: `${accountType}/blobServices`,
        name: "default",
        properties: { deleteRetentionPolicy: { enabled: false, allowPermanentDelete: false } },
      },
    ],
    secrets: newAccountKeys,
    overlaps: busy,
  },
  lifecycle: { creating: "Creating", createsLater: true, whenBusy: busy },
  reading: {
    present: (account, { world }) => ({
      location: findLocation(account.body.location ?? "")?.name,
      properties: {
        creationTime: account.createdAt,
        primaryLocation: account.body.location,
        statusOfPrimary: "available",
        primaryEndpoints: endpoints(account),
        privateEndpointConnections: connectionsTo(
          world,
          account,
          "Microsoft.Storage/storageAccounts/privateEndpointConnections",
        ),
      },
    }),
  },
  actions: { listkeys: listAccountKeys },
};

/** Their host names end in the suffix of the cloud that the account's region is in. */
function endpoints({ name, body }: Resource): Record<string, string> {
  const suffix = /^us(gov|dod)/.test(body.location ?? "") ? "core.usgovcloudapi.net" : "core.windows.net";
  const hosts = ["blob", "dfs", "file", "queue", "table"].map((service) => [
    service,
    `https://${name}.${service}.${suffix}/`,
  ]);
  return Object.fromEntries(hosts) as Record<string, string>;
}

/** openshift/openshift-azure #1332, terraform-provider-azurerm #29351. */
function busy(): ArmError {
  return new ArmError(
    409,
    "StorageAccountOperationInProgress",
    "An operation is currently performing on this storage account that requires exclusive access.",
  );
}

/** A new endpoint that is not finished keeps the account busy (terraform-provider-azurerm #28112). */
const isGettingEndpoint = (world: World, account: Resource) =>
  lasting(world, "overlaps") > 0 && endpointsTo(world, account).some(({ pending }) => pending !== undefined);

function prepare(write: Write): void {
  const { body, existing, name, world } = write;
  if (!existing) requireFreeName(world, name);
  else if (isGettingEndpoint(world, existing)) throw busy();
  const sku = body["sku"] as { name: SkuName; tier?: string };
  const kind = body["kind"] as string;
  checkKind(kind, sku.name);
  if (existing) {
    requireTransition(existing, sku.name);
    checkFixed(existing, body.properties);
  }
  body["sku"] = { name: sku.name, tier: sku.name.split("_")[0] };
  body.tags ??= {};
  // A PUT on an existing account is an update: what it does not mention is kept (rest/api/storagerp/storage-accounts/create).
  const old = existing?.body.properties ?? {};
  body.properties = {
    accessTier: "Hot",
    supportsHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_0",
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    ...old,
    ...body.properties,
    networkAcls: completeNetworkAcls((body.properties["networkAcls"] ?? old["networkAcls"]) as never, world),
  };
  body["identity"] ??= existing?.body["identity"];
  completeIdentity(write);
  body.properties["encryption"] = completeEncryption(write, old["encryption"]);
}

/** Premium performance needs special kinds, and those kinds need premium performance (storage-account-overview.md, azure-docs). */
function checkKind(kind: string, sku: string): void {
  const needsPremium = kind === "BlockBlobStorage" || kind === "FileStorage";
  if (needsPremium === sku.startsWith("Premium_") || (kind === "StorageV2" && sku === "Premium_LRS")) return;
  throw new ArmError(
    400,
    "InvalidValuesForRequestParameters",
    "Values for request parameters are invalid: kind, sku.",
  );
}

/** Azure/azure-rest-api-specs #18441: refused even with the present value, unless that was given at the start. */
function checkFixed({ body }: Resource, sent: Record<string, unknown>): void {
  const old = body.properties ?? {};
  refuseChange("isHnsEnabled", old["isHnsEnabled"], sent["isHnsEnabled"]);
  refuseChange("dnsEndpointType", old["dnsEndpointType"], sent["dnsEndpointType"]);
  const name = "requireInfrastructureEncryption";
  refuseChange(name, memberOf(old["encryption"], name), memberOf(sent["encryption"], name));
}

function refuseChange(member: string, before: unknown, after: unknown): void {
  if (after === undefined || after === before) return;
  throw new ArmError(
    409,
    "AccountPropertyCannotBeUpdated",
    `The property '${member}' was specified in the input, but it cannot be updated as it is read-only. For more information, see - https://aka.ms/storageaccountupdate`,
  );
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
