import { describe, expect, it } from "vitest";
import { DefenderStreaming } from "../../components/defenderStreaming.ts";
import { type Properties, resourceTypes, toBody } from "defender-streaming-sandbox/azureNative";
import { parseSettings } from "../../settings/parse.ts";
import { assumedFacts } from "../../streaming/existing/assumed.ts";
import type { Consumer, PortalUser } from "../../streaming/people/principals.ts";
import { plan } from "../../streaming/plan.ts";
import { contentsOf } from "../../tools/preflight/contents/contents.ts";
import { destinationsIn } from "../../tools/preflight/subject.ts";
import { type Asked, resourcesOf } from "./mocks.ts";

const subscriptionId = "3f9a6d52-81c7-4be0-a5d3-6e10b7c2f48d";
const subscription = `/subscriptions/${subscriptionId}`;
const inNetwork = `${subscription}/resourceGroups/rg-network/providers/Microsoft.Network`;
const subnet = `${inNetwork}/virtualNetworks/vnet-security/subnets/consumers`;
const security = `${subscription}/resourceGroups/rg-security-events/providers`;
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const both = { destinations: ["eventHub", "storage"] };

/** What is in those that preflight asks about, and has neither tags nor a firewall. */
const unasked: readonly string[] = [
  "Microsoft.Authorization/roleAssignments",
  "Microsoft.EventHub/namespaces/eventhubs",
  "Microsoft.EventHub/namespaces/eventhubs/authorizationRules",
  "Microsoft.EventHub/namespaces/eventhubs/consumergroups",
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
  "Microsoft.Storage/storageAccounts/blobServices",
  "Microsoft.Storage/storageAccounts/blobServices/containers",
  "Microsoft.Storage/storageAccounts/managementPolicies",
];

/** The body of the PUT that azure-native makes of a resource, and its type in Azure. */
function inAzure({ type, inputs }: Asked): { type: string; body: Properties } | undefined {
  // What is only read has no inputs.
  if (Object.keys(inputs).length === 0) return undefined;
  const row = resourceTypes[type.replace("azure-native:", "")];
  if (!row) return undefined;
  const [, path = ""] = row.path.split("/providers/");
  const named = path.split("/").filter((segment) => segment !== "default" && !segment.startsWith("{"));
  return {
    type: named.join("/") || "Microsoft.Resources/subscriptions/resourceGroups",
    body: toBody(row.shape, JSON.parse(JSON.stringify(inputs)) as Properties),
  };
}

/** What preflight says a stack makes, and what its program does make. */
async function saidAndMade(changes: Record<string, unknown>) {
  const values = Object.entries({ protect: false, ...changes }).map(([key, value]) => [
    `defender-streaming:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const { settings } = parseSettings({
    "azure-native:location": "westeurope",
    ...(Object.fromEntries(values) as Record<string, string>),
  });
  const planned = plan(settings, { existing: assumedFacts(settings, subscriptionId) });
  const { asked } = await resourcesOf(
    () =>
      new DefenderStreaming("defender", {
        ...settings,
        plan: planned,
        portalUsers: settings.portalUsers as readonly PortalUser[],
        consumers: settings.consumers as readonly Consumer[],
      }),
  );
  const said = Map.groupBy(contentsOf({ settings, made: destinationsIn(planned) }), ({ type }) => type);
  const made = Map.groupBy(
    asked.map(inAzure).filter((one) => one !== undefined),
    ({ type }) => type,
  );
  return { said, made };
}

describe("what preflight asks policies about is what the components make", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a namespace", { tables: ["DeviceInfo"] }],
    ["three namespaces with tags", { tags: { owner: "soc" } }],
    [
      "both destinations with tags of their own",
      {
        ...both,
        storage: { redundancy: "GZRS", ipRules: ["203.0.113.0/28"], sharedKeyAccess: false },
        tags: { owner: "soc", cost: "12" },
        tagOverrides: { storageAccount: { owner: "archive" }, resourceGroup: { owner: "platform" } },
      },
    ],
    [
      "an archive with a hierarchy, encrypted once, for a subnet",
      {
        destinations: ["storage"],
        storage: {
          hierarchicalNamespace: true,
          infrastructureEncryption: false,
          virtualNetworkRules: [subnet],
        },
      },
    ],
    [
      "Premium behind a firewall with a key and zones of its own",
      {
        ...both,
        tier: "Premium",
        product: "endpoint",
        eventHubNetwork: {
          publicAccess: "selected",
          ipRules: ["203.0.113.0/28"],
          virtualNetworkRules: [subnet],
        },
        privateEndpoints: { subnetId: subnet, dnsZones: "create" },
        customerManagedKey: {
          keyVaultId: `${security}/Microsoft.KeyVault/vaults/kv-contoso-security`,
          keyName: "stream",
        },
        consumers: [{ ...siem, allowedIps: ["203.0.113.16/28"] }],
        tags: { owner: "soc" },
        tagOverrides: {
          identity: { owner: "keys" },
          privateEndpoint: { owner: "network" },
          privateDnsZone: { owner: "dns" },
        },
      },
    ],
    [
      "a closed namespace and a given identity for the account alone",
      {
        ...both,
        tier: "Premium",
        eventHubNetwork: { publicAccess: "disabled" },
        privateEndpoints: { subnetId: subnet, dnsZones: "none" },
        customerManagedKey: {
          keyVaultId: `${security}/Microsoft.KeyVault/vaults/kv-contoso-security`,
          keyName: "stream",
          userAssignedIdentityId: `${security}/Microsoft.ManagedIdentity/userAssignedIdentities/encrypts`,
          encrypts: ["storage"],
        },
      },
    ],
    [
      "a SIEM's checkpoint stores, one of them open",
      {
        product: "endpoint",
        consumers: [
          { ...siem, kind: "logstash", allowedIps: ["203.0.113.16/28"] },
          { ...siem, name: "sdk", checkpointStore: true },
        ],
        tags: { owner: "soc" },
        tagOverrides: { checkpointStore: { owner: "siem" } },
      },
    ],
    [
      "a cluster, where there are no zones",
      {
        tier: "Dedicated",
        clusterId: `${security}/Microsoft.EventHub/clusters/contoso`,
        retentionHours: 720,
      },
    ],
    [
      "nothing of its own but private endpoints to what is there",
      {
        ...both,
        tables: ["DeviceInfo"],
        existing: {
          namespaces: { ns1: `${security}/Microsoft.EventHub/namespaces/contoso-security-events` },
          accountId: `${security}/Microsoft.Storage/storageAccounts/contososecurityarchive`,
        },
        privateEndpoints: { subnetId: subnet, dnsZones: "none" },
        tags: { owner: "soc" },
      },
    ],
    [
      "Basic in a group that is there",
      {
        tables: ["DeviceInfo"],
        tier: "Basic",
        retentionHours: 24,
        existing: { resourceGroupId: `${subscription}/resourceGroups/rg-streaming` },
        tags: { owner: "soc" },
      },
    ],
  ])("%s", async (_, changes) => {
    const { said, made } = await saidAndMade(changes);
    for (const [type, contents] of said) {
      const bodies = made.get(type)?.map(({ body }) => body) ?? [];
      expect(bodies, type).toMatchObject(
        contents.map(({ type: _type, apiVersion: _version, properties, tags = {}, ...envelope }) => ({
          ...envelope,
          ...(Object.keys(tags).length > 0 && { tags }),
          ...(Object.keys(properties).length > 0 && { properties }),
        })),
      );
    }
    const asked = [...made.keys()].filter((type) => !unasked.includes(type));
    expect(new Set(said.keys())).toEqual(new Set(asked));
  });
});
