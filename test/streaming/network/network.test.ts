import { describe, expect, test } from "vitest";
import {
  eventHubNetworkDefaults,
  type EventHubNetwork,
} from "../../../streaming/network/namespaceFirewall.ts";
import { plan } from "../../../streaming/plan.ts";
import type { PrivateEndpoints } from "../../../streaming/network/privateEndpoints.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import { mistakesWith, request } from "../requests.ts";

type Changes = Partial<StreamingRequest>;

const siem = {
  name: "siem",
  objectId: "a3c5d5a2-6b0e-4d61-8a3e-0f3f1c2b4d5e",
  principalType: "ServicePrincipal",
} as const;
const networks = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";
const subnetId = `${networks}/virtualNetworks/v/subnets/readers`;
const zone = (name: string) => `${networks}/privateDnsZones/${name}`;

const network = (options: Partial<EventHubNetwork>): Changes => ({
  eventHubNetwork: { ...eventHubNetworkDefaults, ...options },
});
const endpoints = (options: Partial<PrivateEndpoints> = {}): Changes => ({
  privateEndpoints: { subnetId, dnsZones: "create", ...options },
});
const inWords = (changes: Changes) =>
  mistakesWith(changes).map(({ key, rule, fix }) => `${key}: ${rule} ${fix}`);
const warnings = (changes: Changes) => plan(request({ tables: ["DeviceInfo"], ...changes })).warnings;

describe("public access to the namespaces", () => {
  test("is open by default, without a warning", () => {
    expect(inWords({ consumers: [siem] })).toEqual([]);
    expect(warnings({ consumers: [siem] })).toEqual([]);
  });

  test.each<[string, Changes]>([
    [
      "addresses and ranges",
      network({ publicAccess: "selected", ipRules: ["203.0.113.7", "198.51.100.0/24"] }),
    ],
    [
      "the smallest ranges",
      network({ publicAccess: "selected", ipRules: ["203.0.113.7/32", "203.0.113.8/31"] }),
    ],
    ["a subnet", network({ publicAccess: "selected", virtualNetworkRules: [subnetId] })],
    [
      "128 rules of each kind",
      network({
        publicAccess: "selected",
        ipRules: Array.from({ length: 128 }, (_, index) => `203.0.113.${index}`),
        virtualNetworkRules: Array.from({ length: 128 }, (_, index) => `${subnetId}${index}`),
      }),
    ],
    ["nobody, if no consumer reads the hubs", network({ publicAccess: "disabled" })],
  ])("is for %s", (_, changes) => {
    expect(inWords(changes)).toEqual([]);
  });

  test.each<[string, Changes, RegExp]>([
    [
      "`selected` without a rule, which would let everybody in",
      network({ publicAccess: "selected" }),
      /^eventHubNetwork\.publicAccess: .*open to everyone.*`ipRules`.*`virtualNetworkRules`.*disabled/,
    ],
    [
      "rules without `selected`",
      network({ ipRules: ["203.0.113.7"] }),
      /^eventHubNetwork\.ipRules: .*everyone has access.*publicAccess: selected/,
    ],
    [
      "rules that `disabled` makes useless",
      network({ publicAccess: "disabled", virtualNetworkRules: [subnetId] }),
      /^eventHubNetwork\.virtualNetworkRules: .*nobody has access/,
    ],
    [
      "no range at all",
      network({ publicAccess: "selected", ipRules: ["203.0.113.0/33"] }),
      /^eventHubNetwork\.ipRules\[0\]: .*public IPv4 address.*\/1 to \/32/,
    ],
    [
      "everybody as a range",
      network({ publicAccess: "selected", ipRules: ["0.0.0.0/0"] }),
      /^eventHubNetwork\.ipRules\[0\]: .*\/1 to \/32/,
    ],
    [
      "private addresses",
      network({ publicAccess: "selected", ipRules: ["10.1.0.0/16"] }),
      /^eventHubNetwork\.ipRules\[0\]: .*private addresses has no effect.*virtualNetworkRules/,
    ],
    [
      "an address with the suffix of its range",
      network({ publicAccess: "selected", ipRules: ["198.51.100.77/26"] }),
      /^eventHubNetwork\.ipRules\[0\]: .*first address.*198\.51\.100\.64\/26 for the range, or 198\.51\.100\.77 /,
    ],
    [
      "129 addresses",
      network({
        publicAccess: "selected",
        ipRules: Array.from({ length: 129 }, (_, index) => `203.0.113.${index}`),
      }),
      /^eventHubNetwork\.ipRules: A namespace has at most 128.*Remove 1/,
    ],
    [
      "a network instead of a subnet",
      network({ publicAccess: "selected", virtualNetworkRules: [`${networks}/virtualNetworks/v`] }),
      /^eventHubNetwork\.virtualNetworkRules\[0\]: .*subnet.*Microsoft\.EventHub/,
    ],
    [
      "a tier without a firewall",
      { ...network({ publicAccess: "disabled" }), tier: "Basic" },
      /^eventHubNetwork\.publicAccess: On Basic/,
    ],
    [
      "consumers that nothing lets in",
      { ...network({ publicAccess: "disabled" }), consumers: [siem] },
      /^eventHubNetwork\.publicAccess: .*need a private endpoint.*`privateEndpoints`.*`privateEndpoint: true`.*selected/,
    ],
  ])("can't be %s", (_, changes, said) => {
    expect(inWords(changes)).toEqual([expect.stringMatching(said)]);
  });

  test.each<[string, Changes]>([
    ["a private endpoint of the stack", endpoints()],
    ["a private endpoint from elsewhere", network({ publicAccess: "disabled", privateEndpoint: true })],
  ])("may be disabled for consumers that connect through %s, with a warning", (_, changes) => {
    const asked = { ...network({ publicAccess: "disabled" }), consumers: [siem], ...changes };
    expect(inWords(asked)).toEqual([]);
    expect(warnings(asked)).toEqual([expect.stringMatching(/not whether Defender is one of them/)]);
  });

  test("that is open makes a private endpoint useless, which is a warning", () => {
    expect(warnings(endpoints())).toEqual([expect.stringMatching(/private ones protect nothing/)]);
    expect(warnings(network({ privateEndpoint: true }))).toHaveLength(1);
    expect(
      warnings({ ...network({ publicAccess: "selected", ipRules: ["203.0.113.7"] }), ...endpoints() }),
    ).toEqual([]);
  });
});

describe("private endpoints", () => {
  const both = { destinations: ["eventHub", "storage"], storage: storageDefaults } as const;
  const eventHub = zone("privatelink.servicebus.windows.net");
  const storage = zone("privatelink.blob.core.windows.net");

  test("let the archive's consumers in as well", () => {
    expect(inWords({ ...both, consumers: [siem], ...endpoints() })).toEqual([]);
  });

  test("take existing zones, one for each destination", () => {
    expect(inWords({ ...both, ...endpoints({ dnsZones: { eventHub, storage } }) })).toEqual([]);
    expect(inWords(endpoints({ dnsZones: { eventHub } }))).toEqual([]);
  });

  test("take the zones of the cloud", () => {
    const gov = { eventHub: zone("privatelink.servicebus.usgovcloudapi.net") };
    expect(inWords({ cloud: "gccHigh", ...endpoints({ dnsZones: gov }) })).toEqual([]);
    expect(inWords({ cloud: "dod", ...both, ...endpoints({ dnsZones: { ...gov, storage } }) })).toEqual([
      expect.stringMatching(/dnsZones\.storage: .*privatelink\.blob\.core\.usgovcloudapi\.net, not in /),
    ]);
  });

  test.each<[string, Changes, RegExp]>([
    [
      "in something that is no subnet",
      endpoints({ subnetId: `${networks}/virtualNetworks/v` }),
      /^privateEndpoints\.subnetId: .*subnets\/<subnet>/,
    ],
    [
      "with a zone of another service",
      endpoints({ dnsZones: { eventHub: storage } }),
      /^privateEndpoints\.dnsZones\.eventHub: .*privatelink\.servicebus\.windows\.net, not in privatelink\.blob/,
    ],
    [
      "with a zone by its name",
      endpoints({ dnsZones: { eventHub: "privatelink.servicebus.windows.net" } }),
      /^privateEndpoints\.dnsZones\.eventHub: .*id of a private DNS zone/,
    ],
    [
      "without the zone of one destination",
      { ...both, ...endpoints({ dnsZones: { eventHub } }) },
      /^privateEndpoints\.dnsZones\.storage: .*needs one too/,
    ],
    [
      "with the zone of a destination that is not asked for",
      endpoints({ dnsZones: { eventHub, storage } }),
      /^privateEndpoints\.dnsZones\.storage: .*not among the destinations/,
    ],
    ["on Basic", { tier: "Basic", ...endpoints() }, /^privateEndpoints: On Basic/],
  ])("cannot be created %s", (_, changes, said) => {
    expect(inWords(changes)).toEqual([expect.stringMatching(said)]);
  });
});
