import { describe, expect, test } from "vitest";
import {
  eventHubNetworkDefaults,
  type EventHubNetwork,
} from "../../../streaming/network/namespaceFirewall.ts";
import { lockNotices, roleLockNotices } from "../../../streaming/changes/lockNotices.ts";
import type { LiveNamespaces } from "../../../streaming/eventHubs/liveNamespace.ts";
import { plan } from "../../../streaming/plan.ts";
import type { Plan } from "../../../streaming/planned.ts";
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
  test("is open, and nothing is said about it", () => {
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
    ["nobody, where no consumer reads the hubs", network({ publicAccess: "disabled" })],
  ])("is for %s", (_, changes) => {
    expect(inWords(changes)).toEqual([]);
  });

  test.each<[string, Changes, RegExp]>([
    [
      "selected without a rule, which would let everybody in",
      network({ publicAccess: "selected" }),
      /^eventHubNetwork\.publicAccess: .*open to everyone.*`ipRules`.*`virtualNetworkRules`.*disabled/,
    ],
    [
      "rules that nobody asks for",
      network({ ipRules: ["203.0.113.7"] }),
      /^eventHubNetwork\.ipRules: .*everyone has access.*publicAccess: selected/,
    ],
    [
      "rules that nobody asks for any more",
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
    ["a private endpoint made here", endpoints()],
    ["one that is made elsewhere", network({ publicAccess: "disabled", privateEndpoint: true })],
  ])("may be disabled for consumers that come through %s, with a warning", (_, changes) => {
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
      "with the zone of a destination that is not there",
      endpoints({ dnsZones: { eventHub, storage } }),
      /^privateEndpoints\.dnsZones\.storage: .*not among the destinations/,
    ],
    ["on Basic", { tier: "Basic", ...endpoints() }, /^privateEndpoints: On Basic/],
  ])("can't be made %s", (_, changes, said) => {
    expect(inWords(changes)).toEqual([expect.stringMatching(said)]);
  });
});

describe("a deployment with locks", () => {
  const asked = (changes: Changes) => plan(request({ tables: ["DeviceInfo"], ...changes }));
  const hub = (table: string) => `insights-logs-advancedhunting-${table}`;
  const live = (partitionCount: number, ...tables: string[]) => ({
    ns1: {
      resourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.EventHub/namespaces/n",
      tier: "Standard" as const,
      location: "westeurope",
      units: 1,
      hubs: Object.fromEntries(tables.map((table) => [hub(table), { partitionCount, retentionHours: 24 }])),
    },
  });

  const locked = (asked: Plan, last: { live?: LiveNamespaces; archivedTables?: string[] }) =>
    lockNotices({ plan: asked, request: { lock: true }, last: { live: {}, archivedTables: [], ...last } });

  test("that removes or replaces a hub, or removes a container, is told to unlock first", () => {
    expect(locked(asked({}), { live: live(4, "deviceinfo", "deviceevents") })).toEqual([
      expect.stringMatching(/the hub insights-logs-advancedhunting-deviceevents\. Write `lock: false`/),
    ]);
    expect(locked(asked({}), { live: live(8, "deviceinfo") })).toHaveLength(1);
    const archive = asked({ destinations: ["storage"], storage: storageDefaults });
    expect(locked(archive, { archivedTables: ["DeviceInfo", "AlertInfo"] })).toEqual([
      expect.stringMatching(/the containers of AlertInfo/),
    ]);
  });

  test("that replaces a namespace is told to unlock first", () => {
    const before = live(4, "deviceinfo");
    const changes = { tier: "Premium", throughputUnits: 1, autoInflate: false } as const;
    const replacing = plan(request({ tables: ["DeviceInfo"], ...changes }), { live: before });
    expect(locked(replacing, { live: before })).toEqual([
      expect.stringMatching(/the hub insights-logs-advancedhunting-deviceinfo\. Write `lock: false`/),
    ]);
  });

  test("that removes nothing is told nothing", () => {
    expect(locked(asked({}), { live: live(4, "deviceinfo") })).toEqual([]);
    expect(locked(asked({}), {})).toEqual([]);
  });

  test("that takes somebody's role away is told to unlock first", () => {
    const grant = (principalId: string) => ({ role: "Contributor", principalId, managed: true });
    expect(roleLockNotices([grant("a"), grant("b")], [grant("a")])).toEqual([
      expect.stringMatching(/1 role assignment\. Write `lock: false`/),
    ]);
    expect(roleLockNotices([grant("a")], [grant("a"), grant("c")])).toEqual([]);
    expect(roleLockNotices([{ ...grant("a"), managed: false }], [])).toEqual([]);
  });
});
