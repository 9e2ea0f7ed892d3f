import { describe, expect, it } from "vitest";
import { benchmarks, findingsIn } from "../../../streaming/benchmarks/benchmarks.ts";
import type { ArmResource } from "../../../streaming/benchmarks/rule.ts";

const group = "/subscriptions/s/resourceGroups/g/providers";
const tags = { owner: "security" };
const namespace: ArmResource = {
  type: "Microsoft.EventHub/namespaces",
  id: `${group}/Microsoft.EventHub/namespaces/n`,
  name: "n",
  location: "westeurope",
  sku: { name: "Standard" },
  tags,
  properties: { disableLocalAuth: true, minimumTlsVersion: "1.2", zoneRedundant: true },
};
const below = (parent: ArmResource, segment: string, name: string, properties = {}): ArmResource => ({
  type: `${parent.type}/${segment}`,
  id: `${parent.id}/${segment}/${name}`,
  name,
  properties,
});
const account: ArmResource = {
  type: "Microsoft.Storage/storageAccounts",
  id: `${group}/Microsoft.Storage/storageAccounts/sa`,
  name: "sa1",
  kind: "StorageV2",
  sku: { name: "Standard_GRS" },
  tags,
  properties: {
    supportsHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_2",
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    isLocalUserEnabled: false,
    publicNetworkAccess: "Disabled",
    networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
    encryption: { keySource: "Microsoft.Keyvault" },
    sasPolicy: { sasExpirationPeriod: "1.00:00:00" },
  },
};
const softDelete = { enabled: true, days: 7 };
const blobs = below(account, "blobServices", "default", {
  deleteRetentionPolicy: softDelete,
  containerDeleteRetentionPolicy: softDelete,
});
const container = below(blobs, "containers", "insights-logs-x", { publicAccess: "None" });
const ruleSet = below(namespace, "networkRuleSets", "default", { defaultAction: "Deny" });
const endpoint: ArmResource = {
  type: "Microsoft.Network/privateEndpoints",
  id: `${group}/Microsoft.Network/privateEndpoints/defender-endpoint`,
  name: "defender-endpoint",
  tags,
  properties: { privateLinkServiceConnections: [{ properties: { privateLinkServiceId: account.id } }] },
};
const best: readonly ArmResource[] = [
  namespace,
  below(namespace, "eventhubs", "h"),
  ruleSet,
  account,
  blobs,
  container,
  {
    type: "Microsoft.Insights/diagnosticSettings",
    id: `${account.id}/queueServices/default/providers/Microsoft.Insights/diagnosticSettings/d`,
    name: "d",
    properties: {},
  },
  {
    type: "Microsoft.OperationalInsights/workspaces/storageInsightConfigs",
    id: `${group}/Microsoft.OperationalInsights/workspaces/w/storageInsightConfigs/c`,
    name: "c",
    properties: { containers: ["*"], storageAccount: { id: account.id } },
  },
  endpoint,
];

/** The rules that are broken once a resource is another one. */
const brokenBy = (resource: ArmResource, change: Partial<ArmResource>, properties: object = {}) => {
  const changed = { ...resource, ...change, properties: { ...resource.properties, ...properties } };
  return findingsIn(best.map((one) => (one === resource ? changed : one))).map(({ rule }) => rule.id);
};

describe("the benchmarks", () => {
  it("find nothing if everything is as they ask", () => {
    expect(findingsIn(best).map(({ rule }) => rule.id)).toEqual([]);
  });

  it.each([
    ["disableLocalAuth", false, ["Azure.EventHub.DisableLocalAuth"]],
    ["minimumTlsVersion", "1.1", ["Azure.EventHub.MinTLS", "CKV_AZURE_223"]],
    ["minimumTlsVersion", "1.3", ["CKV_AZURE_223"]],
    ["minimumTlsVersion", undefined, ["Azure.EventHub.MinTLS"]],
    ["zoneRedundant", undefined, ["Azure.EventHub.AvailabilityZone"]],
  ])("find a namespace with %s %s", (name, value, rules) => {
    expect(brokenBy(namespace, {}, { [name]: value })).toEqual(rules);
  });

  it("ask for zones in regions that have them, and for a firewall on tiers that have one", () => {
    expect(brokenBy(namespace, { location: "westus" }, { zoneRedundant: undefined })).toEqual([
      "CKV_AZURE_228",
    ]);
    const open = best.filter(({ type }) => !type.endsWith("/networkRuleSets"));
    expect(findingsIn(open).map(({ rule }) => rule.id)).toEqual(["Azure.EventHub.Firewall"]);
    const basic = open.map((one) => (one === namespace ? { ...one, sku: { name: "Basic" } } : one));
    expect(findingsIn(basic)).toEqual([]);
  });

  it("judge a namespace by its rule set, and by its own properties if it has none", () => {
    const open = { defaultAction: "Allow", publicNetworkAccess: "Enabled" };
    const shut = { ...namespace, properties: { ...namespace.properties, publicNetworkAccess: "Disabled" } };
    const found = (rules: object[]) =>
      findingsIn([
        ...best.filter((one) => one !== namespace && one !== ruleSet),
        ...[shut, ...rules.map((properties) => ({ ...ruleSet, properties: { ...properties } }))],
      ]).map(({ rule }) => rule.id);
    expect(found([])).toEqual([]);
    expect(found([open])).toEqual(["Azure.EventHub.Firewall"]);
    expect(found([{ ...open, publicNetworkAccess: "Disabled" }])).toEqual([]);
  });

  it("except namespaces on a cluster from the rule on zones", () => {
    const properties = { ...namespace.properties, zoneRedundant: undefined, clusterArmId: "c" };
    const found = findingsIn(best.map((one) => (one === namespace ? { ...one, properties } : one)));
    expect(found.map(({ exception }) => exception?.which)).toEqual(["namespaces on a cluster"]);
  });

  it("find a namespace without hubs", () => {
    const empty = best.filter(({ type }) => !type.endsWith("/eventhubs"));
    expect(findingsIn(empty).map(({ rule }) => rule.id)).toEqual(["Azure.EventHub.Usage"]);
  });

  it.each([
    ["supportsHttpsTrafficOnly", false, ["Azure.Storage.SecureTransfer", "CKV_AZURE_3"]],
    ["minimumTlsVersion", "TLS1_0", ["Azure.Storage.MinTLS", "CKV_AZURE_44"]],
    ["minimumTlsVersion", "TLS1_3", ["Azure.Storage.MinTLS", "CKV_AZURE_44"]],
    ["allowBlobPublicAccess", true, ["Azure.Storage.BlobPublicAccess", "CKV_AZURE_190", "CKV2_AZURE_47"]],
    ["allowSharedKeyAccess", true, ["Azure.Storage.LocalAuth", "CKV2_AZURE_40"]],
    ["isLocalUserEnabled", true, ["CKV_AZURE_244"]],
    ["publicNetworkAccess", "Enabled", ["CKV_AZURE_59"]],
    ["networkAcls", { defaultAction: "Allow" }, ["Azure.Storage.Firewall", "CKV_AZURE_35"]],
    ["networkAcls", { defaultAction: "Deny", bypass: "AzureServices, Logging" }, ["CKV_AZURE_36"]],
    ["encryption", { keySource: "Microsoft.Storage" }, ["CKV2_AZURE_1"]],
  ])("find an account with %s %j", (name, value, rules) => {
    expect(brokenBy(account, {}, { [name]: value }).sort()).toEqual([...rules].sort());
  });

  it("ask for copies elsewhere: for one of the two, zones are enough", () => {
    expect(brokenBy(account, { sku: { name: "Standard_ZRS" } })).toEqual(["CKV_AZURE_206"]);
    expect(brokenBy(account, { sku: { name: "Standard_LRS" } })).toEqual([
      "Azure.Storage.UseReplication",
      "CKV_AZURE_206",
    ]);
  });

  it("find what is missing or open below an account", () => {
    expect(brokenBy(blobs, {}, { deleteRetentionPolicy: { enabled: false } })).toEqual([
      "Azure.Storage.SoftDelete",
      "CKV2_AZURE_38",
    ]);
    expect(brokenBy(blobs, {}, { containerDeleteRetentionPolicy: undefined })).toEqual([
      "Azure.Storage.ContainerSoftDelete",
    ]);
    expect(brokenBy(container, {}, { publicAccess: "Blob" })).toEqual([
      "Azure.Storage.BlobAccessType",
      "CKV_AZURE_34",
    ]);
  });

  it("ask for a limit on the life of signatures only if there are keys to sign with", () => {
    expect(brokenBy(account, {}, { sasPolicy: undefined })).toEqual([]);
    expect(brokenBy(account, {}, { sasPolicy: undefined, allowSharedKeyAccess: true })).toContain(
      "CKV2_AZURE_41",
    );
  });

  it("ask for a log of queues and for a log of blobs, each in its place", () => {
    const without = (type: string) =>
      findingsIn(best.filter((one) => !one.type.startsWith(type))).map(({ rule }) => rule.id);
    expect(without("Microsoft.Insights")).toEqual(["CKV_AZURE_33"]);
    expect(without("Microsoft.OperationalInsights")).toEqual(["CKV2_AZURE_21"]);
  });

  it("do not ask a hierarchical namespace for soft delete, except checkov", () => {
    const without = best.filter((one) => one !== blobs);
    const flat = findingsIn(without).map(({ rule }) => rule.id);
    expect(flat).toEqual(["Azure.Storage.SoftDelete", "CKV2_AZURE_38", "Azure.Storage.ContainerSoftDelete"]);
    const properties = { ...account.properties, isHnsEnabled: true };
    const deep = findingsIn(without.map((one) => (one === account ? { ...one, properties } : one)));
    expect(deep.map(({ rule }) => rule.id)).toEqual(["CKV2_AZURE_38"]);
  });

  it("ask for names of identities, private endpoints and secrets, and for tags on everything", () => {
    expect(brokenBy(endpoint, { name: "p" })).toEqual(["Azure.PrivateEndpoint.Name"]);
    expect(brokenBy(endpoint, { tags: {} })).toEqual(["Azure.Resource.UseTags"]);
    const named = (type: string, name: string) =>
      findingsIn([{ type, id: `${group}/${type}/${name}`, name, tags, properties: {} }]).map(
        ({ rule }) => rule.id,
      );
    expect(named("Microsoft.ManagedIdentity/userAssignedIdentities", "-x")).toEqual([
      "Azure.Identity.UserAssignedName",
    ]);
    expect(named("Microsoft.KeyVault/vaults/secrets", "a_b")).toEqual(["Azure.KeyVault.SecretName"]);
  });

  it("name the exception that covers a finding, if there is one", () => {
    const open = best.map((one) =>
      one === account ? { ...one, properties: { ...one.properties, publicNetworkAccess: "Enabled" } } : one,
    );
    expect(findingsIn(open)[0]?.exception?.which).toBe("the destination");
    const store = open.map((one) => (one === container ? { ...one, name: "checkpoints-siem" } : one));
    expect(findingsIn(store)[0]?.exception?.which).toBe("checkpoint stores");
    const unsafe = best.map((one) =>
      one === account ? { ...one, properties: { ...one.properties, supportsHttpsTrafficOnly: false } } : one,
    );
    expect(findingsIn(unsafe)[0]?.exception).toBeUndefined();
  });

  it("have no rule twice", () => {
    const ids = benchmarks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
