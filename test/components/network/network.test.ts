import { describe, expect, it } from "vitest";
import { DefenderStreaming } from "../../../components/defenderStreaming.ts";
import {
  eventHubNetworkDefaults,
  type EventHubNetwork,
} from "../../../streaming/network/namespaceFirewall.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { request } from "../../streaming/requests.ts";
import { type Asked, named, resourcesOf } from "../mocks.ts";
import { streamingArgs } from "../streamingArgs.ts";

const networks = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";
const subnetId = `${networks}/virtualNetworks/v/subnets/endpoints`;

async function deploy(changes: Partial<StreamingRequest> = {}) {
  const asked = request({ tables: ["DeviceInfo"], ...changes });
  const made = await resourcesOf(() => new DefenderStreaming("defender", streamingArgs(asked)));
  return made.asked;
}

describe("public access", () => {
  const firewall = async (options: Partial<EventHubNetwork>) => {
    const asked = await deploy({ eventHubNetwork: { ...eventHubNetworkDefaults, ...options } });
    return {
      namespace: named(asked, "eventhub:Namespace")[0]?.inputs["publicNetworkAccess"],
      ruleSet: named(asked, "eventhub:NamespaceNetworkRuleSet")[0]?.inputs,
    };
  };

  it("is open to everybody by default, and to trusted services explicitly", async () => {
    const { namespace, ruleSet } = await firewall({});
    expect(namespace).toBe("Enabled");
    expect(ruleSet).toMatchObject({
      defaultAction: "Allow",
      ipRules: [],
      virtualNetworkRules: [],
      publicNetworkAccess: "Enabled",
      trustedServiceAccessEnabled: true,
    });
  });

  it("is for the addresses and subnets in the rules and for trusted services when `selected`", async () => {
    const rules = { ipRules: ["203.0.113.0/24"], virtualNetworkRules: [subnetId] };
    const { namespace, ruleSet } = await firewall({ publicAccess: "selected", ...rules });
    expect(namespace).toBe("Enabled");
    expect(ruleSet).toMatchObject({
      defaultAction: "Deny",
      ipRules: [{ ipMask: "203.0.113.0/24", action: "Allow" }],
      virtualNetworkRules: [{ subnet: { id: subnetId }, ignoreMissingVnetServiceEndpoint: false }],
      publicNetworkAccess: "Enabled",
      trustedServiceAccessEnabled: true,
    });
  });

  it("is off on the namespace and its rule set when `disabled`, and trusted services still get in", async () => {
    const { namespace, ruleSet } = await firewall({ publicAccess: "disabled" });
    expect(namespace).toBe("Disabled");
    expect(ruleSet).toMatchObject({
      defaultAction: "Deny",
      publicNetworkAccess: "Disabled",
      trustedServiceAccessEnabled: true,
    });
  });
});

describe("private endpoints", async () => {
  const destinations = ["eventHub", "storage"] as const;
  const asked = await deploy({
    destinations,
    cloud: "gccHigh",
    privateEndpoints: { subnetId, dnsZones: "create" },
  });

  it("lead to the namespace and to the account's blobs, in the subnet", () => {
    const endpoints = named(asked, "network:PrivateEndpoint").map(({ name, inputs }) => {
      const [connection] = inputs["privateLinkServiceConnections"] as Record<string, unknown>[];
      return [name, inputs["subnet"], connection?.["groupIds"], connection?.["privateLinkServiceId"]];
    });
    expect(endpoints).toEqual([
      [
        "defender-endpoints-ns1",
        expect.objectContaining({ id: subnetId }),
        ["namespace"],
        expect.stringMatching(/namespaces\/defender-ns1$/),
      ],
      [
        "defender-endpoints-sa1",
        expect.objectContaining({ id: subnetId }),
        ["blob"],
        expect.stringMatching(/storageAccounts\/defendersa1$/),
      ],
    ]);
  });

  it("write their names into zones of the cloud, which the subnet's network resolves", () => {
    expect(named(asked, "privatedns:PrivateZone").map(({ inputs }) => inputs["privateZoneName"])).toEqual([
      "privatelink.servicebus.usgovcloudapi.net",
      "privatelink.blob.core.usgovcloudapi.net",
    ]);
    for (const { inputs } of named(asked, "privatedns:VirtualNetworkLink"))
      expect(inputs).toMatchObject({
        virtualNetwork: { id: `${networks}/virtualNetworks/v` },
        registrationEnabled: false,
      });
    expect(named(asked, "network:PrivateDnsZoneGroup")).toHaveLength(2);
  });

  it("are replaced when they must lead elsewhere, and the old one goes first, because its record goes with it", () => {
    for (const endpoint of named(asked, "network:PrivateEndpoint"))
      expect(endpoint).toMatchObject({
        deleteBeforeReplace: true,
        replaceOnChanges: ["subnet.id", "privateLinkServiceConnections[*].privateLinkServiceId"],
      });
  });

  it("need Microsoft.Network", () => {
    const registered = asked
      .filter(({ type }) => type.endsWith(":ProviderRegistration"))
      .map(({ inputs }) => inputs["namespace"]);
    expect(registered).toContain("Microsoft.Network");
  });

  it("write into existing zones, or into none", async () => {
    const eventHub = `${networks}/privateDnsZones/privatelink.servicebus.windows.net`;
    const existing = await deploy({ privateEndpoints: { subnetId, dnsZones: { eventHub } } });
    expect(named(existing, "privatedns:PrivateZone")).toEqual([]);
    expect(
      named(existing, "network:PrivateDnsZoneGroup").map(({ inputs }) => inputs["privateDnsZoneConfigs"]),
    ).toEqual([[{ name: "namespace", privateDnsZoneId: eventHub }]]);
    const none = await deploy({ privateEndpoints: { subnetId, dnsZones: "none" } });
    expect(named(none, "network:PrivateDnsZoneGroup")).toEqual([]);
    expect(named(none, "network:PrivateEndpoint")).toHaveLength(1);
  });
});

describe("locks", () => {
  it("are created on request only, against deletion, on destinations and their private endpoints", async () => {
    const locksOf = (asked: Asked[]) => named(asked, "authorization:ManagementLockByScope");
    expect(locksOf(await deploy())).toEqual([]);
    const locked = await deploy({
      destinations: ["eventHub", "storage"],
      privateEndpoints: { subnetId, dnsZones: "none" },
      lock: true,
    });
    expect(locksOf(locked).map(({ name, inputs }) => [name, inputs["level"]])).toEqual([
      ["defender-locks-ns1", "CanNotDelete"],
      ["defender-locks-sa1", "CanNotDelete"],
      ["defender-locks-ns1-endpoint", "CanNotDelete"],
      ["defender-locks-sa1-endpoint", "CanNotDelete"],
    ]);
  });
});
