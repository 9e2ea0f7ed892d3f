import { describe, expect, test } from "vitest";
import { eventHubNetworkDefaults } from "../../../streaming/network/namespaceFirewall.ts";
import { assumedFacts } from "../../../streaming/existing/assumed.ts";
import type { Unread } from "../../../streaming/cloud/found.ts";
import type { ExistingCluster, ExistingFacts, ExistingNamespace } from "../../../streaming/existing/facts.ts";
import { plan } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import {
  account,
  accountId,
  clusterId,
  dedicated,
  facts,
  group,
  hub,
  namespace,
  namespaceId,
  otherHubs,
  subscription,
} from "./existingFacts.ts";
import { hubsSettings, mistakesThrown, mistakesWith, request } from "../requests.ts";

const deviceInfo = "insights-logs-advancedhunting-deviceinfo";
const endpoint = { tables: request().tables.slice(0, 10) };
const ns1 = { namespaces: { ns1: namespaceId() } };

/** The plan of a request that names one existing namespace. */
function planned(
  there: Partial<ExistingNamespace>,
  changes: Partial<StreamingRequest> = {},
  read: Partial<ExistingFacts> = {},
  placement = {},
) {
  const asked = request({ existing: ns1, ...endpoint, ...changes });
  return plan(asked, { placement, existing: facts({ namespaces: { ns1: namespace(there) }, ...read }) });
}

const mistakes = (...args: Parameters<typeof planned>) => mistakesThrown(() => planned(...args));
const said = (...args: Parameters<typeof planned>) =>
  mistakes(...args).map(({ key, rule, fix }) => `${key}: ${rule} ${fix}`);

const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
} as const;

describe("an existing namespace", () => {
  test("takes the hubs, and is planned with its units, whatever the settings for new namespaces", () => {
    const [made, ...more] = planned(
      { units: 3, ceiling: 20, hubs: otherHubs(0) },
      { autoInflate: { maximumThroughputUnits: 5 } },
    ).namespaces;
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      key: "ns1",
      throughputUnits: 3,
      maximumThroughputUnits: 20,
      existing: { resourceId: namespaceId(), resourceGroupName: "rg", name: "contoso" },
    });
    expect(made?.hubs).toHaveLength(10);
  });

  test("is filled up to its room, and a new one takes the rest if the settings name one", () => {
    const made = planned(
      { hubs: otherHubs(7) },
      { tables: request().tables, existing: { namespaces: { ...ns1.namespaces, ns2: "new", ns3: "new" } } },
    );
    expect(made.namespaces.map(({ key, hubs, existing }) => [key, hubs.length, existing?.name])).toEqual([
      ["ns1", 3, "contoso"],
      ["ns2", 10, undefined],
      ["ns3", 8, undefined],
    ]);
    expect(hubsSettings(made).map(({ eventTypes }) => eventTypes.length)).toEqual([3, 10, 8]);
  });

  test("may be one of several", () => {
    const existing = { namespaces: { ns1: namespaceId("one"), ns2: namespaceId("two") } };
    const made = plan(request({ ...endpoint, existing }), {
      existing: facts({
        namespaces: { ns1: namespace({ hubs: otherHubs(8) }), ns2: namespace({ hubs: otherHubs(2) }) },
      }),
    });
    expect(made.namespaces.map(({ key, hubs }) => [key, hubs.length])).toEqual([
      ["ns1", 2],
      ["ns2", 8],
    ]);
  });

  test("without enough room is a mistake that says how much there is and how to get more", () => {
    const [only, ...more] = said({ hubs: otherHubs(8) });
    expect(more).toEqual([]);
    expect(only).toMatch(/not enough room for 10 hubs: ns1 holds at most 10 hubs, has 8, and has room for 2/);
    expect(only).toMatch(/ns2: new/);
  });

  test("is full for a single hub too, unless that hub exists and is adopted", () => {
    const single = { layout: "single" as const, hubName: "defender" };
    expect(said({ hubs: otherHubs(10) }, single)).toEqual([expect.stringMatching(/room for 1 hub/)]);
    const adopting = { ...single, existing: { ...ns1, adoptHubs: true } };
    expect(planned({ hubs: [...otherHubs(9), hub("defender")] }, adopting).namespaces[0]?.hubs).toHaveLength(
      1,
    );
  });

  test("is too small for a placement that puts too much into it", () => {
    const place = { namespace: "ns1", exportSetting: "export1" };
    const placement = Object.fromEntries(endpoint.tables.map((table) => [table, place]));
    expect(said({ hubs: otherHubs(4) }, { placement })).toEqual([
      expect.stringMatching(/`placement` puts too many into ns1/),
    ]);
  });

  test("on Premium has room for 100 hubs and 200 partitions per unit", () => {
    const premium = { tier: "Premium" as const, throughputUnits: 1, partitionCount: 10 };
    expect(planned({ tier: "Premium", units: 1, hubs: otherHubs(20) }, premium).namespaces).toHaveLength(1);
    expect(said({ tier: "Premium", units: 1, hubs: otherHubs(30) }, premium)).toEqual([
      expect.stringMatching(
        /holds 200 partitions in all; other hubs have 120, and this stack needs 10 hubs with 10/,
      ),
    ]);
    const more = { ...premium, partitionCount: 40 };
    expect(planned({ tier: "Premium", units: 2 }, more).namespaces).toHaveLength(1);
    expect(said({ tier: "Premium", units: 1 }, more)).toHaveLength(1);
  });

  test.each<[string, Partial<ExistingNamespace>, RegExp]>([
    ["another tier", { tier: "Premium" }, /this namespace is Premium\. Write `tier: Premium`/],
    [
      "a firewall that denies and keeps trusted services out",
      { firewall: { denies: true, trustedServices: false } },
      /network-rule-set update --resource-group rg --namespace-name contoso --enable-trusted-service-access true/,
    ],
    [
      "public access off and trusted services kept out",
      { publicAccess: "Disabled", firewall: { denies: false, trustedServices: false } },
      /blocks all public networks, trusted services too/,
    ],
    [
      "local authentication off",
      { localAuth: false },
      /local authentication turned off.*--disable-local-auth false/,
    ],
    ["an old TLS version", { minimumTlsVersion: "1.0" }, /allows 1\.0.*--minimum-tls-version 1\.2/],
  ])("with %s is a mistake that says what to change there", (_what, there, words) => {
    expect(said(there)).toEqual([expect.stringMatching(words)]);
  });

  test("with local authentication off is a mistake that names the consumers with a connection string", () => {
    const consumer = {
      objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
      principalType: "ServicePrincipal",
    } as const;
    const consumers = [
      { ...consumer, name: "lake" },
      { ...consumer, name: "siem", auth: "sas" as const },
    ];
    const keys = mistakes({ localAuth: false }, { consumers }).map(({ key }) => key);
    expect(keys).toEqual(["existing.namespaces.ns1", "consumers[1].auth"]);
    expect(mistakes({}, { consumers })).toEqual([]);
  });

  test("reports all that is wrong with it at once, the room too", () => {
    expect(
      said({ localAuth: false, minimumTlsVersion: "1.1", hubs: otherHubs(10) }).map(
        (text) => text.split(":")[0],
      ),
    ).toEqual(["existing.namespaces.ns1", "existing.namespaces.ns1", "existing.namespaces"]);
  });

  test("may be closed to all except trusted services, with a warning where that is not proven", () => {
    const trusted = { firewall: { denies: true, trustedServices: true } };
    expect(planned(trusted).warnings).toEqual([]);
    expect(planned({ ...trusted, publicAccess: "Disabled" }).warnings).toEqual([
      expect.stringMatching(/not documented/),
    ]);
  });

  test("without public access is read through private endpoints, with a warning that names the three ways", () => {
    const consumers = [{ ...siem, allowedIps: ["203.0.113.7"] }];
    const closed = { publicAccess: "Disabled", firewall: { denies: true, trustedServices: true } };
    const byEndpoint = { ...eventHubNetworkDefaults, privateEndpoint: true };
    expect(planned(closed, { consumers }).warnings).toEqual([
      expect.stringMatching(/not documented/),
      expect.stringMatching(
        /so siem can only read.*\(1\).*`privateEndpoints`.*\(2\).*privateEndpoint: true.*\(3\).*--public-network-access Enabled/,
      ),
    ]);
    for (const changes of [{ eventHubNetwork: byEndpoint }, { consumers: [] }])
      expect(planned(closed, { consumers, ...changes }).warnings).toHaveLength(1);
  });

  test("with its own firewall does not apply allowedIps, with a warning that has the command", () => {
    const consumers = [{ ...siem, allowedIps: ["203.0.113.7", "198.51.100.0/24"] }];
    const denies = { firewall: { denies: true, trustedServices: true } };
    expect(planned(denies, { consumers }).warnings).toEqual([
      expect.stringMatching(
        /^`allowedIps` of siem have no effect on contoso.*ip-rule add --resource-group rg --namespace-name contoso --ip-rule ip-address=203\.0\.113\.7 action=Allow --ip-rule ip-address=198/,
      ),
    ]);
    expect(planned(denies, { consumers: [siem] }).warnings).toEqual([]);
    expect(planned({}, { consumers }).warnings).toEqual([]);
  });

  test("keeps its firewall, and is not locked, with a warning if the settings ask for these", () => {
    const eventHubNetwork = {
      ...eventHubNetworkDefaults,
      publicAccess: "selected",
      ipRules: ["203.0.113.0/28"],
    } as const;
    expect(planned({}, { eventHubNetwork, lock: true }).warnings).toEqual([
      expect.stringMatching(
        /^`eventHubNetwork` is only for namespaces that this stack creates.*ns1 is not changed/,
      ),
      expect.stringMatching(/^`lock` is only for resources that this stack creates.*: ns1\.$/),
    ]);
    expect(planned({}, { eventHubNetwork: eventHubNetworkDefaults, lock: false }).warnings).toEqual([]);
  });

  test("may be in another region, with a warning", () => {
    expect(planned({ location: "northeurope" }).warnings).toEqual([
      expect.stringMatching(/contoso is in northeurope/),
    ]);
  });

  test("gets different mistakes when it is missing, in another subscription, or unreadable", () => {
    const found = (one: Unread) => said({}, {}, { namespaces: { ns1: one } });
    expect(found("missing")).toEqual([expect.stringMatching(/Azure has no Event Hubs namespace/)]);
    expect(found("hidden")).toEqual([expect.stringMatching(/may not read it.*role Reader/)]);
    expect(said({}, {}, { subscriptionId: "00000000-0000-0000-0000-000000000009" })).toEqual([
      expect.stringMatching(new RegExp(`This is in ${subscription}`)),
    ]);
  });
});

describe("existing hubs", () => {
  const there = { hubs: [hub(deviceInfo)] };

  test("are a mistake that says how to adopt them", () => {
    expect(said(there)).toEqual([expect.stringMatching(`existing: {adoptHubs: \\[${deviceInfo}\\]}`)]);
  });

  test.each([true, [deviceInfo.toUpperCase()]])(
    "are adopted with adoptHubs %j, and count once",
    (adoptHubs) => {
      const full = { hubs: [hub(deviceInfo, { consumerGroups: { siem: "" } }), ...otherHubs(0)] };
      const consumerGroups = ["SIEM", "lake"];
      const [made] = planned(full, { consumerGroups, existing: { ...ns1, adoptHubs } }).namespaces;
      expect(made?.hubs).toHaveLength(10);
      expect(made?.hubs.filter(({ adopted }) => adopted)).toMatchObject([
        {
          name: deviceInfo,
          adopted: `${namespaceId()}/eventhubs/${deviceInfo}`,
          consumerGroups: ["lake"],
        },
      ]);
    },
  );

  test("attract their table to the namespace they are in", () => {
    const existing = { namespaces: { ns1: namespaceId("one"), ns2: namespaceId("two") }, adoptHubs: true };
    const made = plan(request({ tables: ["DeviceInfo"], existing }), {
      existing: facts({ namespaces: { ns1: namespace(), ns2: namespace(there) } }),
    });
    expect(made.placement["DeviceInfo"]?.namespace).toBe("ns2");
  });

  test("are recognized if this stack created them, also after a deployment that failed halfway", () => {
    const ours = { hubs: [hub(deviceInfo, { metadata: facts().mark }), ...otherHubs(0)] };
    const [made] = planned(ours).namespaces;
    expect(made?.hubs).toHaveLength(10);
    expect(made?.hubs.some(({ adopted }) => adopted)).toBe(false);
  });

  test("of another stack are never used", () => {
    const theirs = { hubs: [hub(deviceInfo, { metadata: "defender-streaming project/other" })] };
    expect(said(theirs, { existing: { ...ns1, adoptHubs: true } })).toEqual([
      expect.stringMatching(/Another stack created.*: defender-streaming project\/other/),
    ]);
  });

  test("keep their partitions: another count is a mistake, and so is a compacted log", () => {
    const existing = { ...ns1, adoptHubs: true };
    expect(said({ hubs: [hub(deviceInfo, { partitionCount: 2, compacts: true })] }, { existing })).toEqual([
      expect.stringMatching(/has 2, and `partitionCount` is 4.*`partitionCount: 2`/),
      expect.stringMatching(/compacts its log/),
    ]);
  });

  test("with a longer retention are adopted with a warning", () => {
    const existing = { ...ns1, adoptHubs: true };
    expect(planned({ hubs: [hub(deviceInfo, { retentionHours: 168 })] }, { existing }).warnings).toEqual([
      expect.stringMatching(/keeps events for 168 hours/),
    ]);
  });

  test("do not affect a table that is placed elsewhere", () => {
    const existing = { namespaces: { ...ns1.namespaces, ns2: "new" } };
    const placement = { DeviceInfo: { namespace: "ns2", exportSetting: "export1" } };
    expect(planned(there, { tables: ["DeviceInfo"], existing }, {}, placement).placement).toEqual(placement);
  });

  test("that the settings name are a mistake if they are missing or not needed", () => {
    const adoptHubs = ["insights-logs-advancedhunting-devicenfo"];
    expect(mistakes(there, { tables: ["DeviceEvents"], existing: { ...ns1, adoptHubs } })).toMatchObject([
      { key: "existing.adoptHubs[0]", value: adoptHubs[0] },
    ]);
  });
});

describe("a deployed stack", () => {
  const first = planned({}, { tables: ["DeviceInfo"] }).placement;

  test("keeps the namespace of a key: another one, or none, is a mistake", () => {
    const deployed = { ns1: { resourceId: namespaceId("old"), existing: true } };
    expect(said({}, { tables: ["DeviceInfo"] }, { deployed }, first)).toEqual([
      expect.stringMatching(/ns1 is deployed as .*\/old, an existing namespace/),
    ]);
    const made = { ns1: { resourceId: namespaceId("made"), existing: false } };
    expect(
      said({}, { tables: ["DeviceInfo"] }, { deployed: made, own: [namespaceId("made")] }, first),
    ).toEqual([expect.stringMatching(/which this stack created.*`existing: {namespaces: {ns1: new}}`/)]);
  });

  test("does not mistake a namespace that it created for somebody else's", () => {
    const deployed = { ns1: { resourceId: namespaceId(), existing: false } };
    expect(said({}, { tables: ["DeviceInfo"] }, { deployed, own: [namespaceId()] }, first)).toEqual([
      expect.stringMatching(/This stack created the namespace/),
    ]);
  });

  test("keeps its places, and its hubs in a namespace that others have filled meanwhile", () => {
    const hubs = [hub(deviceInfo, { metadata: facts().mark }), ...otherHubs(9)];
    const deployed = { ns1: { resourceId: namespaceId(), existing: true } };
    expect(planned({ hubs }, { tables: ["DeviceInfo"] }, { deployed }, first).placement).toEqual(first);
  });
});

describe("an existing account", () => {
  const asked = { destinations: ["storage" as const], existing: { accountId } };
  const using = (there: Parameters<typeof account>[0], changes: Partial<StreamingRequest> = {}) =>
    plan(request({ ...asked, ...changes }), { existing: facts({ account: account(there) }) });
  const wrong = (...args: Parameters<typeof using>) =>
    mistakesThrown(() => using(...args)).map(({ key, rule, fix }) => `${key}: ${rule} ${fix}`);
  const consumer = { name: "lake", objectId: "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b12" };

  test("is used as it is, with one export setting and without creating containers", () => {
    const { accounts, exportSettings, warnings } = using({});
    expect(accounts).toMatchObject([
      { key: "sa1", options: { containers: false }, existing: { resourceId: accountId } },
    ]);
    expect(exportSettings).toMatchObject([{ key: "storage1", account: "sa1" }]);
    expect(warnings).toEqual([]);
  });

  test.each<[string, Parameters<typeof account>[0], RegExp]>([
    ["premium performance", { kind: "BlockBlobStorage", sku: "Premium_LRS" }, /premium accounts/],
    ["another kind", { kind: "BlobStorage" }, /has the kind BlobStorage/],
    ["partitioned DNS names", { partitionedDns: true }, /AzureDnsZone/],
    [
      "a firewall that keeps trusted services out",
      { firewall: { denies: true, trustedServices: false, waysIn: 0 } },
      /--name contoso --bypass AzureServices/,
    ],
    ["an old TLS version", { minimumTlsVersion: "TLS1_0" }, /--min-tls-version TLS1_2/],
  ])("with %s is a mistake", (_what, there, words) => {
    expect(wrong(there)).toEqual([expect.stringMatching(words)]);
  });

  test("that lets no consumer in is a mistake; one with a rule or a private endpoint is not", () => {
    const consumers = [{ ...consumer, principalType: "ServicePrincipal" as const }];
    expect(wrong({}, { consumers })).toEqual([expect.stringMatching(/a role alone gives no access/i)]);
    expect(wrong({ firewall: { denies: true, trustedServices: true, waysIn: 1 } }, { consumers })).toEqual(
      [],
    );
    const privateEndpoints = {
      subnetId: `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints`,
      dnsZones: "create",
    } as const;
    expect(wrong({}, { consumers, privateEndpoints })).toEqual([]);
    expect(wrong({ publicAccess: "SecuredByPerimeter" }, { consumers })).toEqual([]);
  });

  test("with its own firewall does not apply allowedIps, with a warning that has the command", () => {
    const consumers = [
      { ...consumer, principalType: "ServicePrincipal" as const, allowedIps: ["203.0.113.7"] },
    ];
    const closed = { firewall: { denies: true, trustedServices: true, waysIn: 1 } };
    expect(using(closed, { consumers }).warnings).toEqual([
      expect.stringMatching(
        /^`allowedIps` of lake have no effect on contoso.*network-rule add --resource-group rg --account-name contoso --ip-address 203\.0\.113\.7$/,
      ),
    ]);
  });

  test("gets warnings with what to set on it, and why it may not work", () => {
    const { warnings } = using({
      deletesOld: false,
      softDelete: false,
      versioning: true,
      httpsOnly: false,
      anonymousBlobs: true,
      hierarchicalNamespace: true,
      sharedKeyAccess: false,
      firewall: { denies: false, trustedServices: true, waysIn: 0 },
    });
    expect(warnings).toEqual([
      expect.stringMatching(/lifecycle rule.*soft delete.*no versioning.*HTTPS only.*anonymous.*Deny/),
      expect.stringMatching(/hierarchical namespace/),
      expect.stringMatching(/account keys/),
    ]);
  });

  test("takes no options except `containers`", () => {
    const storage = { ...storageDefaults, redundancy: "LRS" as const, containers: true };
    expect(mistakesWith({ ...asked, storage }).map(({ key }) => key)).toEqual(["storage.redundancy"]);
  });
});

describe("an existing resource group", () => {
  const asked = { existing: { resourceGroupId: group } };

  test("takes the new resources", () => {
    const made = plan(request(asked), {
      existing: facts({ resourceGroup: { resourceId: group, name: "rg" } }),
    });
    expect(made.resourceGroup).toEqual({ resourceId: group, name: "rg" });
  });

  test("is a shared scope, which one stack owns", () => {
    const scope = { ...asked, roleScope: "resourceGroup" as const };
    expect(mistakesWith(scope)).toMatchObject([
      { key: "roleScope", fix: expect.stringMatching(/ownsSharedRoles/) as string },
    ]);
    expect(mistakesWith({ ...scope, ownsSharedRoles: true })).toEqual([]);
    expect(mistakesWith({ ...scope, roles: "expect" })).toEqual([]);
  });

  test("does not cover resources in another group", () => {
    const scope = { roleScope: "resourceGroup" as const, existing: ns1 };
    expect(mistakesWith(scope)).toMatchObject([
      {
        key: "roleScope",
        rule: expect.stringMatching(/do not apply to resources in other groups/) as string,
      },
    ]);
    const inside = { ...scope, existing: { ...ns1, resourceGroupId: group }, ownsSharedRoles: true };
    expect(mistakesWith(inside)).toEqual([]);
  });
});

test.each<[string, Partial<StreamingRequest>, string, RegExp]>([
  [
    "the id of something else",
    { existing: { namespaces: { ns1: accountId } } },
    "existing.namespaces.ns1",
    /id of an Event Hubs namespace\. This id has the type Microsoft.Storage/,
  ],
  [
    "the id of a hub",
    { existing: { namespaces: { ns1: `${namespaceId()}/eventhubs/x` } } },
    "existing.namespaces.ns1",
    /This id has the type Microsoft.EventHub\/namespaces\/eventhubs/,
  ],
  [
    "a name instead of an id",
    { existing: { resourceGroupId: "rg" } },
    "existing.resourceGroupId",
    /id of a resource group\./,
  ],
  [
    "a strange key",
    { existing: { namespaces: { one: namespaceId() } } },
    "existing.namespaces.one",
    /ns1, ns2/,
  ],
  ["new ones only", { existing: { namespaces: { ns1: "new" } } }, "existing.namespaces", /at least one/],
  [
    "the same id twice",
    { existing: { namespaces: { ns1: namespaceId(), ns2: namespaceId().toUpperCase() } } },
    "existing.namespaces.ns2",
    /once/,
  ],
  ["an account without storage", { existing: { accountId } }, "existing.accountId", /`storage`/],
  ["adoption of nothing", { existing: { adoptHubs: true } }, "existing.adoptHubs", /existing namespace/],
  [
    "two namespaces for one hub",
    { layout: "single", hubName: "x", existing: { namespaces: { ns1: namespaceId(), ns2: "new" } } },
    "existing.namespaces",
    /one hub/,
  ],
])("%s is a mistake before anything is read", (_what, changes, key, rule) => {
  expect(mistakesWith(changes)).toMatchObject([{ key, rule: expect.stringMatching(rule) as string }]);
});

describe("a cluster", () => {
  const wrong = (changes: Partial<StreamingRequest>, cluster: Partial<ExistingCluster> | "missing" = {}) => {
    const there = { resourceId: clusterId, location: "westeurope", units: 1, namespaces: [] };
    const read = facts({ cluster: cluster === "missing" ? cluster : { ...there, ...cluster } });
    return mistakesThrown(() => plan(request({ ...dedicated, ...changes }), { existing: read })).map(
      ({ key, rule }) => `${key}: ${rule}`,
    );
  };

  test("takes all tables into one namespace, which is created on it", () => {
    expect(plan(request(dedicated), { existing: facts() }).namespaces).toMatchObject([
      { tier: "Dedicated", clusterId },
    ]);
  });

  test("gets different mistakes when it is missing, elsewhere or full", () => {
    const full = Array.from({ length: 50 }, (_, index) => namespaceId(`n${index}`));
    expect(wrong({}, "missing")).toEqual([
      expect.stringMatching(/Azure has no Event Hubs cluster with this id/),
    ]);
    expect(wrong({}, { location: "northeurope" })).toEqual([expect.stringMatching(/in northeurope/)]);
    expect(wrong({}, { namespaces: full })).toEqual([
      expect.stringMatching(/50 namespaces are not from this stack/),
    ]);
    expect(wrong({}, { namespaces: full, units: 2 })).toEqual([]);
    expect(wrong({ partitionCount: 100 })).toEqual([expect.stringMatching(/2000 in all.*would have 2100/)]);
  });

  test("is required for Dedicated, and for nothing else", () => {
    expect(mistakesWith({ tier: "Dedicated" })).toMatchObject([{ key: "clusterId" }]);
    expect(mistakesWith({ tier: "Premium", clusterId })).toMatchObject([{ key: "clusterId" }]);
    expect(mistakesWith({ ...dedicated, clusterId: accountId })).toMatchObject([{ key: "clusterId" }]);
    expect(mistakesWith({ tier: "Dedicated", existing: ns1 })).toEqual([]);
  });

  test("has its own capacity: units and auto-inflate are refused", () => {
    expect(mistakesWith({ ...dedicated, throughputUnits: 2 })).toMatchObject([{ key: "throughputUnits" }]);
    const autoInflate = { maximumThroughputUnits: 10 };
    expect(mistakesWith({ ...dedicated, autoInflate })).toMatchObject([{ key: "autoInflate" }]);
  });
});

test.each([1, 2, 4, 8, 16])(
  "%i processing units are accepted on Premium without a warning",
  (throughputUnits) => {
    expect(plan(request({ tier: "Premium", throughputUnits })).warnings).toEqual([]);
  },
);

test("a plan without a look at Azure assumes that existing resources are as they should be", () => {
  const existing = { ...ns1, adoptHubs: [deviceInfo] };
  const asked = request({ ...endpoint, existing });
  expect(plan(asked, { existing: assumedFacts(asked, subscription) }).namespaces[0]?.hubs).toHaveLength(10);
  expect(
    plan(request(dedicated), { existing: assumedFacts(request(dedicated), subscription) }).namespaces,
  ).toHaveLength(1);
});
