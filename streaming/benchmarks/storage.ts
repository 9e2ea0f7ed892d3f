import { at, below, equals, everyOne, type ArmResource, type BenchmarkRule, type Exception } from "./rule.ts";

const type = "Microsoft.Storage/storageAccounts";
const blobServices = `${type}/blobServices`;
const containers = `${blobServices}/containers`;

const geoRedundant = ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS"];
const replicas =
  (...names: readonly string[]) =>
  (account: ArmResource) =>
    names.includes(account.sku?.name ?? "");

/** A checkpoint store is recognized by its containers (`checkpointContainerOf`). */
const isCheckpointStore: Exception["isFor"] = (account, all) =>
  below(account, all, containers).some(({ name }) => name.startsWith("checkpoints-"));
const isDestination: Exception["isFor"] = (account, all) => !isCheckpointStore(account, all);

const softDelete =
  (policy: string): BenchmarkRule["holds"] =>
  (account, all) => {
    const services = below(account, all, blobServices);
    return services.length > 0 && services.every((service) => at(service, `${policy}.enabled`) === true);
  };

/** PSRule asks for no soft delete with a hierarchical namespace. */
const flatSoftDelete =
  (policy: string): BenchmarkRule["holds"] =>
  (account, all) =>
    at(account, "isHnsEnabled") === true || softDelete(policy)(account, all);
const noSoftDelete: Exception = {
  which: "checkpoint stores",
  isFor: isCheckpointStore,
  reason:
    "a checkpoint store holds positions that clients write every few seconds. Microsoft's support recommends soft delete off there, and a client that loses a position reads again",
};

const publicEndpoint: Exception = {
  which: "the destination",
  isFor: isDestination,
  reason:
    "Defender uses the public endpoint as a trusted service. The default action Deny with the bypass `AzureServices` closes it to everyone else",
};

const accountKeys: readonly Exception[] = [
  {
    which: "the destination",
    isFor: isDestination,
    reason: "it is not known whether Defender writes with an account key. See docs/unknowns.md",
    otherwise: "`storage.sharedKeyAccess: false`",
  },
  {
    which: "checkpoint stores of clients that cannot sign in with Entra ID",
    isFor: isCheckpointStore,
    reason: "Logstash, QRadar and others open the store with its key. It holds positions, not events",
    otherwise: "a `kind` that signs in with Entra ID",
  },
];

const noOwnKey: Exception = {
  which: "accounts",
  isFor: everyOne,
  reason: "your own key needs a key vault and someone who looks after it. The default is Microsoft's keys",
  otherwise: "`customerManagedKey`",
};

/**
 * Storage's rules of PSRule.Rules.Azure (Azure.Storage.Rule.ps1 and .yaml, baseline Azure.GA_2026_03) and checkov 3.3
 * (checkov/arm/checks and checkov/terraform/checks).
 */
export const storageRules: readonly BenchmarkRule[] = [
  {
    id: "Azure.Storage.UseReplication",
    policy: "bf045164-79ba-4215-8f95-f8048dc1780b",
    type,
    asks: "copies in another region or other zones",
    holds: replicas(...geoRedundant, "Standard_ZRS", "Premium_ZRS"),
  },
  {
    id: "CKV_AZURE_206",
    type,
    asks: "copies in another region",
    holds: replicas(...geoRedundant),
    exceptions: [
      {
        which: "checkpoint stores",
        isFor: isCheckpointStore,
        reason:
          "positions are only useful where the hubs are. A copy in another region would only cost money",
      },
    ],
  },
  {
    id: "Azure.Storage.SecureTransfer",
    policy: "404c3081-a854-4457-ae30-26a93ef643f9",
    type,
    asks: "HTTPS only",
    holds: equals("supportsHttpsTrafficOnly", true),
  },
  {
    id: "CKV_AZURE_3",
    type,
    asks: "HTTPS only",
    holds: equals("supportsHttpsTrafficOnly", true),
  },
  {
    id: "Azure.Storage.MinTLS",
    policy: "fe83a0eb-a853-422d-aac2-1bffd182c5d0",
    type,
    asks: "TLS 1.2",
    holds: equals("minimumTlsVersion", "TLS1_2"),
  },
  {
    id: "CKV_AZURE_44",
    type,
    asks: "TLS 1.2",
    holds: equals("minimumTlsVersion", "TLS1_2"),
  },
  {
    id: "Azure.Storage.BlobPublicAccess",
    policy: "4fa4b6c0-31ca-4c0d-b10d-24b96f62a751",
    type,
    asks: "no anonymous blobs",
    holds: equals("allowBlobPublicAccess", false),
  },
  {
    id: "CKV_AZURE_190",
    type,
    asks: "no anonymous blobs",
    holds: equals("allowBlobPublicAccess", false),
  },
  {
    id: "CKV2_AZURE_47",
    type,
    asks: "no anonymous blobs",
    holds: equals("allowBlobPublicAccess", false),
  },
  {
    id: "Azure.Storage.BlobAccessType",
    type: containers,
    asks: "containers are private",
    holds: equals("publicAccess", "None", undefined),
  },
  {
    id: "CKV_AZURE_34",
    type: containers,
    asks: "containers are private",
    holds: equals("publicAccess", "None", undefined),
  },
  {
    id: "Azure.Storage.Firewall",
    policy: "34c877ad-507e-4c82-993e-3452a6e0ad3c",
    type,
    asks: "the firewall denies by default",
    holds: equals("networkAcls.defaultAction", "Deny"),
  },
  {
    id: "CKV_AZURE_35",
    type,
    asks: "the firewall denies by default",
    holds: equals("networkAcls.defaultAction", "Deny"),
  },
  {
    id: "CKV_AZURE_36",
    policy: "c9d007d0-c057-4772-b18c-01e546713bcd",
    type,
    asks: "trusted Microsoft services bypass the firewall, and only they",
    holds: (account) =>
      at(account, "networkAcls.defaultAction") === "Allow" ||
      (at(account, "networkAcls.defaultAction") === "Deny" &&
        at(account, "networkAcls.bypass") === "AzureServices"),
  },
  {
    id: "CKV_AZURE_59",
    policy: "b2982f36-99f2-4db5-8eff-283140c09693",
    type,
    asks: "the public endpoint is closed",
    holds: (account) => at(account, "publicNetworkAccess") !== "Enabled",
    exceptions: [
      publicEndpoint,
      {
        which: "checkpoint stores",
        isFor: isCheckpointStore,
        reason: "clients connect from their own networks, by the addresses and subnets you allow",
      },
    ],
  },
  {
    id: "Azure.Storage.SoftDelete",
    type,
    asks: "deleted blobs can be restored",
    holds: flatSoftDelete("deleteRetentionPolicy"),
    exceptions: [noSoftDelete],
  },
  {
    id: "CKV2_AZURE_38",
    type,
    asks: "deleted blobs can be restored",
    holds: softDelete("deleteRetentionPolicy"),
    exceptions: [noSoftDelete],
  },
  {
    id: "Azure.Storage.ContainerSoftDelete",
    type,
    asks: "deleted containers can be restored",
    holds: flatSoftDelete("containerDeleteRetentionPolicy"),
    exceptions: [noSoftDelete],
  },
  {
    id: "Azure.Storage.Name",
    type,
    asks: "a name of 3 to 24 lower-case letters and digits",
    holds: ({ name }) => /^[a-z0-9]{3,24}$/.test(name),
  },
  {
    id: "CKV_AZURE_43",
    type,
    asks: "a name of 3 to 24 lower-case letters and digits",
    holds: ({ name }) => /^[a-z0-9]{3,24}$/.test(name),
  },
  {
    id: "CKV_AZURE_244",
    type,
    asks: "no local users",
    holds: (account) =>
      at(account, "isLocalUserEnabled") === false ||
      (at(account, "isLocalUserEnabled") === undefined && at(account, "isHnsEnabled") !== true),
  },
  {
    id: "Azure.Storage.LocalAuth",
    policy: "8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54",
    type,
    asks: "account keys are off",
    holds: equals("allowSharedKeyAccess", false),
    exceptions: accountKeys,
  },
  {
    id: "CKV2_AZURE_40",
    type,
    asks: "account keys are off",
    holds: equals("allowSharedKeyAccess", false),
    exceptions: accountKeys,
  },
  {
    id: "CKV2_AZURE_1",
    policy: "6fac406b-40ca-413b-bf8e-0bf964659c25",
    type,
    asks: "encryption with your own key",
    holds: equals("encryption.keySource", "Microsoft.Keyvault"),
    exceptions: [noOwnKey],
  },
  {
    id: "CKV2_AZURE_33",
    policy: "6edd7eda-6dd8-40f7-810d-67160c639cd9",
    type,
    asks: "a private endpoint",
    holds: (account, all) =>
      all.some(
        (one) =>
          one.type === "Microsoft.Network/privateEndpoints" &&
          JSON.stringify(one.properties).toLowerCase().includes(account.id.toLowerCase()),
      ),
    exceptions: [
      {
        which: "accounts",
        isFor: everyOne,
        reason: "the stack does not know the network of the readers",
        otherwise: "`privateEndpoints`",
      },
    ],
  },
  {
    id: "CKV2_AZURE_41",
    policy: "bc1b984e-ddae-40cc-801a-050a030e4fbe",
    type,
    asks: "a maximum lifetime of shared access signatures, if account keys are on",
    holds: (account) =>
      at(account, "allowSharedKeyAccess") === false ||
      at(account, "sasPolicy.sasExpirationPeriod") !== undefined,
    exceptions: [
      {
        which: "accounts with account keys",
        isFor: everyOne,
        reason: "this project issues no shared access signatures",
      },
    ],
  },
  {
    id: "CKV_AZURE_33",
    type,
    asks: "a log of reads, writes and deletions in queues",
    holds: ({ kind, id }, all) =>
      (kind !== "StorageV2" && kind !== "Storage") ||
      all.some(
        (one) =>
          one.type === "Microsoft.Insights/diagnosticSettings" && one.id.startsWith(`${id}/queueServices/`),
      ),
    exceptions: [{ which: "accounts", isFor: everyOne, reason: "queues are not used" }],
  },
  {
    id: "CKV2_AZURE_21",
    type: containers,
    asks: "a log of blob reads, by storage insights of a Log Analytics workspace",
    holds: ({ id }, all) =>
      all.some(
        (one) =>
          one.type === "Microsoft.OperationalInsights/workspaces/storageInsightConfigs" &&
          id.toLowerCase().startsWith(`${String(at(one, "storageAccount.id")).toLowerCase()}/`),
      ),
    exceptions: [
      { which: "containers", isFor: everyOne, reason: "a log needs a workspace, which you choose" },
    ],
  },
];
