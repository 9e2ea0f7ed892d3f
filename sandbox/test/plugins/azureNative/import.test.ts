import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAzure } from "../../../azure/server.ts";
import {
  clientSecret,
  consumerSiem,
  deployer,
  portalUserAlex,
  subscriptionId,
  tenantId,
} from "../../../azure/tenant.ts";
import { accountOf } from "../../../plugins/account.ts";
import { AzureNativeProvider } from "../../../plugins/azureNative/azureNativeProvider.ts";
import { resourceTypes } from "../../../plugins/azureNative/resourceTypes.ts";
import type { Properties } from "../../../plugins/properties.ts";
import { trust } from "../../../testing/trust.ts";
import { resource } from "../fakeArm.ts";

const directory = mkdtempSync(join(tmpdir(), "azure-native import "));
const azure = await startAzure({
  directory,
  requestLogs: [],
  timings: { provisioning: 1, registration: 1, deletion: 1, roleEffect: 1 },
});
trust(azure.caFile);
afterAll(async () => {
  await azure.close();
  rmSync(directory, { recursive: true });
});

const signedIn = accountOf({
  clientId: deployer.appId,
  clientSecret,
  tenantId,
  subscriptionId,
  metadataHost: `127.0.0.1:${String(azure.port)}`,
  disableInstanceDiscovery: true,
});
const provider = new AzureNativeProvider("3.28.0", () => signedIn);
provider.configure({ location: "westeurope" });

const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
const network = `${group}/providers/Microsoft.Network`;
const namespace = `${group}/providers/Microsoft.EventHub/namespaces/imported-events`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/importedarchive`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/reader`;
const role = (id: string) =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const inNamespace = { resourceGroupName: "rg", namespaceName: "imported-events" };
const inHub = { ...inNamespace, eventHubName: "hub" };
const inAccount = { resourceGroupName: "rg", accountName: "importedarchive" };
const zone = { resourceGroupName: "rg", privateZoneName: "privatelink.servicebus.windows.net" };
const endpoint = { resourceGroupName: "rg", privateEndpointName: "endpoint" };

/**
 * In the order of creation: what a program gives, and what it then gives otherwise than an import finds it. That is what Azure fills in
 * (an import takes it for wishes), and the version that every check adds.
 */
const kinds: readonly [type: string, inputs: Properties, differs: string[]][] = [
  ["resources:ResourceGroup", { resourceGroupName: "rg", tags: { team: "soc" } }, []],
  ["managedidentity:UserAssignedIdentity", { resourceGroupName: "rg", resourceName: "reader" }, []],
  [
    "eventhub:Namespace",
    {
      ...inNamespace,
      sku: { name: "Standard", tier: "Standard", capacity: 1 },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
      minimumTlsVersion: "1.2",
    },
    ["disableLocalAuth", "isAutoInflateEnabled", "kafkaEnabled", "maximumThroughputUnits"].concat(
      "publicNetworkAccess",
      "zoneRedundant",
    ),
  ],
  [
    "eventhub:NamespaceAuthorizationRule",
    { ...inNamespace, authorizationRuleName: "all", rights: ["Listen"] },
    [],
  ],
  [
    "eventhub:NamespaceNetworkRuleSet",
    {
      ...inNamespace,
      defaultAction: "Deny",
      publicNetworkAccess: "Enabled",
      ipRules: [{ ipMask: "203.0.113.7" }],
    },
    ["ipRules[0].action"],
  ],
  [
    "eventhub:EventHub",
    {
      ...inHub,
      partitionCount: 4,
      retentionDescription: { cleanupPolicy: "Delete", retentionTimeInHours: 48 },
    },
    ["messageRetentionInDays", "status"],
  ],
  ["eventhub:ConsumerGroup", { ...inHub, consumerGroupName: "siem", userMetadata: "soc" }, []],
  ["eventhub:EventHubAuthorizationRule", { ...inHub, authorizationRuleName: "siem", rights: ["Listen"] }, []],
  [
    "storage:StorageAccount",
    {
      ...inAccount,
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      networkRuleSet: { bypass: "AzureServices", defaultAction: "Deny" },
      allowSharedKeyAccess: false,
    },
    [
      "accessTier",
      "allowBlobPublicAccess",
      "allowCrossTenantReplication",
      "enableHttpsTrafficOnly",
      "encryption",
    ].concat("minimumTlsVersion"),
  ],
  [
    "storage:BlobServiceProperties",
    { ...inAccount, blobServicesName: "default", deleteRetentionPolicy: { enabled: true, days: 7 } },
    [],
  ],
  [
    "storage:BlobContainer",
    { ...inAccount, containerName: "insights" },
    ["defaultEncryptionScope", "denyEncryptionScopeOverride", "publicAccess"],
  ],
  [
    "storage:BlobContainerImmutabilityPolicy",
    {
      ...inAccount,
      containerName: "insights",
      immutabilityPolicyName: "default",
      immutabilityPeriodSinceCreationInDays: 7,
    },
    [],
  ],
  [
    "storage:ManagementPolicy",
    {
      ...inAccount,
      managementPolicyName: "default",
      policy: {
        rules: [
          {
            name: "expire",
            enabled: true,
            type: "Lifecycle",
            definition: {
              filters: { blobTypes: ["appendBlob"] },
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } },
            },
          },
        ],
      },
    },
    [],
  ],
  [
    "network:PrivateEndpoint",
    {
      ...endpoint,
      subnet: { id: `${network}/virtualNetworks/vnet/subnets/endpoints` },
      privateLinkServiceConnections: [
        { name: "namespace", privateLinkServiceId: namespace, groupIds: ["namespace"] },
      ],
    },
    [
      "customDnsConfigs",
      "privateLinkServiceConnections[0].id",
      "privateLinkServiceConnections[0].privateLinkServiceConnectionState",
    ],
  ],
  ["privatedns:PrivateZone", { ...zone, location: "global" }, []],
  [
    "privatedns:VirtualNetworkLink",
    {
      ...zone,
      virtualNetworkLinkName: "link",
      location: "global",
      registrationEnabled: false,
      virtualNetwork: { id: `${network}/virtualNetworks/vnet` },
    },
    [],
  ],
  [
    "network:PrivateDnsZoneGroup",
    {
      ...endpoint,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [
        { name: "zone", privateDnsZoneId: `${network}/privateDnsZones/${zone.privateZoneName}` },
      ],
    },
    ["name"],
  ],
  [
    "authorization:RoleAssignment",
    {
      scope: namespace,
      roleAssignmentName: "6f1d9f3c-5b0e-4f2a-9d37-0c8b5a4e7d21",
      principalId: consumerSiem.objectId,
      principalType: "ServicePrincipal",
      roleDefinitionId: role("a638d3c7-ab3a-418d-83e6-5f17a39d4fde"),
    },
    [],
  ],
  [
    "authorization:ManagementLockByScope",
    { scope: account, lockName: "keep", level: "CanNotDelete", notes: "holds events" },
    [],
  ],
];

beforeAll(async () => {
  const post = (path: string, body: object) =>
    fetch(`https://127.0.0.1:${String(azure.port)}/sandbox/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
  for (const name of ["EventHub", "Storage", "Network", "ManagedIdentity"])
    await post("registration", { namespace: `Microsoft.${name}`, state: "Registered" });
});

test("every type of the table is here, but those that cannot be imported", () => {
  const { custom, ...others } = Object.groupBy(Object.keys(resourceTypes), (name) =>
    resourceTypes[name]?.custom ? "custom" : "plain",
  );
  const without = (others["plain"] ?? []).filter((name) => name !== "eventhub:Cluster");
  expect(kinds.map(([type]) => type).sort()).toEqual(without.sort());
  expect(custom).toEqual(["authorization:PimRoleEligibilitySchedule"]);
});

test.each(kinds)("%s is imported with all inputs that it was created with", async (type, given, differs) => {
  const token = resource(`azure-native:${type}`);
  if (type === "network:PrivateEndpoint") await putNetwork();
  const { inputs, failures } = await provider.check({
    ...token,
    oldInputs: {},
    newInputs: given,
    seed: new Uint8Array(),
  });
  expect(failures).toEqual([]);
  const { id, outputs } = await provider.create({ ...token, inputs, preview: false });
  const imported = await provider.read({ ...token, id, oldInputs: undefined, oldOutputs: {} });
  if (!imported) throw new Error("It was not found.");
  expect(imported.outputs).toEqual(outputs);
  expect(imported.inputs).not.toHaveProperty("id");

  const { changes } = provider.diff({
    ...token,
    oldInputs: imported.inputs,
    oldOutputs: imported.outputs,
    newInputs: inputs,
  });
  expect([...changes].filter(([, { replaces }]) => replaces)).toEqual([]);
  expect([...changes.keys()].sort()).toEqual([...differs, "azureApiVersion"].sort());
});

test("what azure-native creates by requests cannot be imported: nothing says for whom it is", async () => {
  const token = resource("azure-native:authorization:PimRoleEligibilitySchedule");
  const id = `${group}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${portalUserAlex.objectId}`;
  await expect(provider.read({ ...token, id, oldInputs: undefined, oldOutputs: {} })).rejects.toThrow();
});

test("an id of another type, and one that does not exist", async () => {
  const token = resource("azure-native:eventhub:EventHub");
  const read = (id: string) => provider.read({ ...token, id, oldInputs: undefined, oldOutputs: {} });
  expect(await read(`${namespace}/eventhubs/nothing`)).toBeUndefined();
  await expect(read(namespace)).rejects.toThrow("failed to parse");
});

async function putNetwork(): Promise<void> {
  const arm = await signedIn.arm();
  await arm.put(
    `${network}/virtualNetworks/vnet`,
    "2024-05-01",
    {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "endpoints", properties: { addressPrefix: "10.0.1.0/24" } }],
      },
    },
    true,
  );
}
