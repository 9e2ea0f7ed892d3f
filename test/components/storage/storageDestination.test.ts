import { describe, expect, it } from "vitest";
import { DefenderStreaming } from "../../../components/defenderStreaming.ts";
import { StorageDestination } from "../../../components/storage/storageDestination.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { planAccount, storageDefaults, type StorageOptions } from "../../../streaming/storage/account.ts";
import { request } from "../../streaming/requests.ts";
import { type Asked, named, resolved, resourcesOf, tenant } from "../mocks.ts";
import { streamingArgs } from "../streamingArgs.ts";

const lake = {
  name: "lake",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
} as const;

function deploy(options: Partial<StorageOptions> = {}, changes: Partial<StreamingRequest> = {}) {
  const asked = request({
    destinations: ["storage"],
    tables: ["DeviceInfo", "AlertInfo"],
    storage: { ...storageDefaults, privateEndpoint: true, ...options },
    ...changes,
  });
  return resourcesOf(() => new DefenderStreaming("defender", streamingArgs(asked)));
}

const account = (asked: Asked[]) => named(asked, "storage:StorageAccount")[0];

describe("a default archive", async () => {
  const { result, asked } = await deploy({}, { consumers: [lake] });

  it("is an account whose firewall only lets Defender in, as tight as the benchmarks ask", () => {
    expect(account(asked)).toMatchObject({
      name: "defendersa1",
      protect: true,
      inputs: {
        kind: "StorageV2",
        sku: { name: "Standard_GRS" },
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        isLocalUserEnabled: false,
        publicNetworkAccess: "Enabled",
        networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
        encryption: { requireInfrastructureEncryption: true },
      },
    });
  });

  it("is replaced for another region, hierarchical namespace or infrastructure encryption", () => {
    expect(account(asked)?.replacementTrigger).toBe("westeurope/false/true");
  });

  it("omits what Azure refuses in an update", () => {
    expect(account(asked)?.inputs).not.toHaveProperty("isHnsEnabled");
  });

  it("has soft delete and no versions, and keeps these settings in Azure when they leave the program", () => {
    const [service] = named(asked, "storage:BlobServiceProperties");
    expect(service).toMatchObject({
      retainOnDelete: true,
      inputs: {
        isVersioningEnabled: false,
        deleteRetentionPolicy: { enabled: true, days: 7 },
        containerDeleteRetentionPolicy: { enabled: true, days: 7 },
      },
    });
  });

  it("deletes append blobs after a year, and does nothing else with them", () => {
    expect(named(asked, "storage:ManagementPolicy")[0]?.inputs["policy"]).toEqual({
      rules: [
        {
          name: "delete-old-events",
          type: "Lifecycle",
          enabled: true,
          definition: {
            filters: { blobTypes: ["appendBlob"], prefixMatch: ["insights-logs-"] },
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 365 } } },
          },
        },
      ],
    });
  });

  it("has a closed and protected container for each table, none of them a child of the account", () => {
    const containers = named(asked, "storage:BlobContainer");
    expect(containers.map(({ inputs }) => inputs["containerName"])).toEqual([
      "insights-logs-advancedhunting-deviceinfo",
      "insights-logs-advancedhunting-alertinfo",
    ]);
    for (const { inputs, protect, parent } of containers) {
      expect(inputs["publicAccess"]).toBe("None");
      expect(protect).toBe(true);
      expect(parent).toBe("defender-sa1");
    }
  });

  it("creates nothing of Event Hubs, and registers only Microsoft.Storage", () => {
    expect(asked.filter(({ type }) => type.includes(":eventhub:"))).toEqual([]);
    const registered = asked
      .filter(({ type }) => type.endsWith(":ProviderRegistration"))
      .map(({ inputs }) => inputs["namespace"]);
    expect(registered.sort()).toEqual(["Microsoft.Insights", "Microsoft.Storage"]);
  });

  it("gives the portal user Contributor and the consumer Storage Blob Data Reader on the account", async () => {
    const required = await resolved(result.outputs.requiredRoleAssignments);
    expect(required.map(({ role, scope }) => [role, scope])).toEqual([
      ["Contributor", expect.stringMatching(/storageAccounts\/defendersa1$/)],
      ["Storage Blob Data Reader", expect.stringMatching(/storageAccounts\/defendersa1$/)],
    ]);
  });

  it("says what to enter in the portal and where to read", async () => {
    const [setting] = await resolved(result.outputs.exportSettings);
    expect(setting).toMatchObject({
      key: "storage1",
      name: "defender-storage1",
      destination: "storage",
      resourceId: expect.stringMatching(
        /\/providers\/Microsoft.Storage\/storageAccounts\/defendersa1$/,
      ) as unknown,
      hubName: "",
      eventTypes: ["DeviceInfo", "AlertInfo"],
    });
    expect(await resolved(result.outputs.accounts)).toMatchObject([
      {
        key: "sa1",
        name: "defendersa1",
        blobEndpoint: "https://defendersa1.blob.core.windows.net/",
        containers: ["insights-logs-advancedhunting-deviceinfo", "insights-logs-advancedhunting-alertinfo"],
      },
    ]);
    expect(await resolved(result.outputs.consumers)).toEqual([]);
  });
});

it("passes the rules of checkov and PSRule for storage accounts, except those that docs/storage.md lists", async () => {
  const { asked } = await deploy();
  const inputs = account(asked)?.inputs as {
    sku: { name: string };
    networkRuleSet: { defaultAction: string; bypass: string };
    [name: string]: unknown;
  };
  const [service] = named(asked, "storage:BlobServiceProperties");
  const rules: Record<string, boolean> = {
    "CKV_AZURE_3, Azure.Storage.SecureTransfer": inputs["enableHttpsTrafficOnly"] === true,
    "CKV_AZURE_35, Azure.Storage.Firewall": inputs.networkRuleSet.defaultAction === "Deny",
    CKV_AZURE_36: inputs.networkRuleSet.bypass === "AzureServices",
    "CKV_AZURE_43, Azure.Storage.Name": /^[a-z0-9]{3,16}$/.test(account(asked)?.name ?? ""),
    "CKV_AZURE_44, Azure.Storage.MinTLS": inputs["minimumTlsVersion"] === "TLS1_2",
    "CKV_AZURE_206, Azure.Storage.UseReplication": /_(RA)?GZ?RS$/.test(inputs.sku.name),
    "CKV_AZURE_190, Azure.Storage.BlobPublicAccess": inputs["allowBlobPublicAccess"] === false,
    CKV_AZURE_244: inputs["isLocalUserEnabled"] === false,
    "CKV_AZURE_34, Azure.Storage.BlobAccessType": named(asked, "storage:BlobContainer").every(
      (container) => container.inputs["publicAccess"] === "None",
    ),
    "Azure.Storage.SoftDelete, ContainerSoftDelete":
      JSON.stringify(service?.inputs).split('"enabled":true').length === 3,
  };
  expect(Object.entries(rules).filter(([, holds]) => !holds)).toEqual([]);
});

it("lets consumers in by address, subnet and resource", async () => {
  const subnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
  const factory = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/f";
  const { asked } = await deploy({
    ipRules: ["203.0.113.0/28"],
    virtualNetworkRules: [subnet],
    resourceAccessRules: [factory],
  });
  expect(account(asked)?.inputs["networkRuleSet"]).toMatchObject({
    ipRules: [{ iPAddressOrRange: "203.0.113.0/28" }],
    virtualNetworkRules: [{ virtualNetworkResourceId: subnet }],
    resourceAccessRules: [{ resourceId: factory, tenantId: tenant }],
  });
});

it("has no lifecycle rule if everything is kept, and no containers if Defender creates them", async () => {
  const { asked } = await deploy({ retentionDays: false, containers: false });
  expect(named(asked, "storage:ManagementPolicy")).toEqual([]);
  expect(named(asked, "storage:BlobContainer")).toEqual([]);
});

it("makes each container immutable for the days asked", async () => {
  const { asked } = await deploy({ immutability: { days: 30 } });
  const policies = asked.filter(({ type }) => type.endsWith(":ContainerImmutability"));
  expect(policies.map(({ name, inputs }) => [name, inputs["days"]])).toEqual([
    ["defender-sa1-deviceinfo-immutability", 30],
    ["defender-sa1-alertinfo-immutability", 30],
  ]);
});

it("takes the protection off a table's container alone, and off the whole account when that is named", async () => {
  const open = async (allowDataLoss: string[]) =>
    (await deploy({}, { allowDataLoss })).asked
      .filter(({ type, protect }) => /:(StorageAccount|BlobContainer)$/.test(type) && !protect)
      .map(({ name }) => name);
  expect(await open(["DeviceInfo"])).toEqual(["defender-sa1-deviceinfo"]);
  expect((await open(["sa1"])).sort()).toEqual([
    "defender-sa1-alertinfo",
    "defender-sa1-deviceinfo",
    "defendersa1",
  ]);
});

it("creates both destinations with what each needs, and the roles at a shared scope once", async () => {
  const { result, asked } = await deploy(
    {},
    {
      destinations: ["eventHub", "storage"],
      consumers: [lake],
      portalUsers: [],
      roleScope: "resourceGroup",
    },
  );
  expect(named(asked, "eventhub:EventHub")).toHaveLength(2);
  expect(named(asked, "storage:BlobContainer")).toHaveLength(2);
  const settings = await resolved(result.outputs.exportSettings);
  expect(settings.map(({ name }) => name)).toEqual(["defender-export1", "defender-storage1"]);
  const required = await resolved(result.outputs.requiredRoleAssignments);
  expect(required.map(({ role }) => role)).toEqual([
    "Reader",
    "Azure Event Hubs Data Receiver",
    "Storage Blob Data Reader",
  ]);
});

it("gives the account a name that Azure takes, and different ones to components with long names", async () => {
  const nameOf = async (name: string) => {
    const args = {
      account: planAccount(["DeviceInfo"], storageDefaults, { isEncrypted: false, isProtected: () => true }),
      resourceGroupName: "rg",
      location: "westeurope",
      tenantId: tenant,
      cloud: "public" as const,
    };
    const { asked } = await resourcesOf(() => new StorageDestination(name, args));
    return account(asked)?.name ?? "";
  };
  const one = await nameOf("security-operations-archive-north-sa1");
  const other = await nameOf("security-operations-archive-south-sa1");
  for (const name of [one, other]) expect(name).toMatch(/^[a-z0-9]{3,16}$/);
  expect(one).not.toBe(other);
});
