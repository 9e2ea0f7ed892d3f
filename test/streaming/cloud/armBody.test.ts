import { type Properties, resourceTypes, toBody } from "defender-streaming-sandbox/azureNative";
import { describe, expect, it } from "vitest";
import { armBody } from "../../../streaming/cloud/armBody.ts";
import { namespaceInputs, ruleSetInputs } from "../../../streaming/eventHubs/body.ts";
import { endpointInputs, zoneLinkInputs } from "../../../streaming/network/body.ts";
import { planAccount, storageDefaults } from "../../../streaming/storage/account.ts";
import { accountInputs } from "../../../streaming/storage/body.ts";

const group = "/subscriptions/3f9a6d52-81c7-4be0-a5d3-6e10b7c2f48d/resourceGroups/rg-security/providers";
const network = `${group}/Microsoft.Network/virtualNetworks/vnet-security`;
const subnetId = `${network}/subnets/consumers`;
const key = {
  vaultUri: "https://kv-soc.vault.azure.net/",
  keyName: "stream",
  identityId: `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/encrypts`,
};
const storage = {
  ...storageDefaults,
  hierarchicalNamespace: true,
  ipRules: ["203.0.113.0/28"],
  virtualNetworkRules: [subnetId],
};
const namespace = {
  key: "ns1",
  tier: "Premium",
  throughputUnits: 2,
  maximumThroughputUnits: 0,
  send: { units: 2, ceiling: 0 },
  isEncrypted: true,
  isProtected: true,
  isReplaced: false,
  hubs: [],
  network: {
    publicAccess: "selected",
    ipRules: ["203.0.113.0/28"],
    virtualNetworkRules: [subnetId],
    privateEndpoint: false,
  },
} as const;
const asked = { zoneRedundant: true, key };
const decided = { isEncrypted: true, isProtected: () => true };

/** Azure ignores letter case in the names of properties. */
const plain = (body: object) => JSON.parse(JSON.stringify(body).toLowerCase()) as unknown;

describe("the body that policies are checked with is the one that azure-native sends", () => {
  it.each<[string, string, object]>([
    [
      "an account",
      "storage:StorageAccount",
      accountInputs(planAccount(["DeviceInfo"], storage, decided), key),
    ],
    ["a namespace", "eventhub:Namespace", namespaceInputs({ ...namespace, hubs: [] }, asked)],
    ["a network rule set", "eventhub:NamespaceNetworkRuleSet", ruleSetInputs({ ...namespace, hubs: [] })],
    [
      "a private endpoint",
      "network:PrivateEndpoint",
      endpointInputs({ subnetId, groupId: "blob", name: "sa1", targetId: `${group}/x/y/z` }),
    ],
    ["a zone's link", "privatedns:VirtualNetworkLink", zoneLinkInputs(network)],
  ])("for %s", (_, type, inputs) => {
    const sent = toBody(
      resourceTypes[type]?.shape ?? {},
      JSON.parse(JSON.stringify({ ...inputs, tags: { owner: "soc" } })) as Properties,
    );
    const tagged = "tags" in sent ? { tags: { owner: "soc" } } : {};
    expect(plain(armBody({ ...inputs, ...tagged }))).toEqual(plain(sent));
  });
});
