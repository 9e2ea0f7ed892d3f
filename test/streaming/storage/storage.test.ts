import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plan } from "../../../streaming/plan.ts";
import { changesRedundancyInPlace } from "../../../streaming/storage/redundancy.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { grants } from "../../../streaming/roles/roles.ts";
import { redundancies, storageDefaults, type StorageOptions } from "../../../streaming/storage/account.ts";
import { storageNotices } from "../../../streaming/storage/notices.ts";
import { catalog } from "../../../streaming/defender/tables.ts";
import { account as existingAccount, accountId, facts } from "../existing/existingFacts.ts";
import { liveAccount } from "../live.ts";
import { hubsSettings, mistakesThrown, mistakesWith, request } from "../requests.ts";

const lake = {
  name: "lake",
  objectId: "a3c5d5a2-6b0e-4d61-8a3e-0f3f1c2b4d5e",
  principalType: "ServicePrincipal",
} as const;
const both = ["eventHub", "storage"] as const;

const archive = (options: Partial<StorageOptions> = {}, changes: Partial<StreamingRequest> = {}) =>
  request({ destinations: ["storage"], storage: { ...storageDefaults, ...options }, ...changes });

/** `storage.x: rule fix` of each mistake that an option brings. */
const mistakes = (options: Partial<StorageOptions>, changes: Partial<StreamingRequest> = {}) =>
  mistakesWith(archive(options, changes)).map(({ key, rule, fix }) => `${key}: ${rule} ${fix}`);

describe("the plan of an archive", () => {
  test("is one account with a container for each table, and one export setting with all of them", () => {
    const made = plan(archive());
    expect(made.namespaces).toEqual([]);
    expect(made.placement).toEqual({});
    expect(made.accounts.map(({ key, containers }) => [key, containers.length])).toEqual([["sa1", 21]]);
    expect(made.accounts[0]?.containers[0]).toMatchObject({
      name: "insights-logs-advancedhunting-deviceinfo",
      table: "DeviceInfo",
    });
    expect(made.exportSettings).toEqual([
      {
        key: "storage1",
        destination: "storage",
        account: "sa1",
        hubName: "",
        eventTypes: catalog.map(({ name }) => name),
      },
    ]);
  });

  test("takes the defaults if the settings say nothing about the account", () => {
    expect(plan(request({ destinations: ["storage"] })).accounts[0]?.options).toEqual({
      ...storageDefaults,
      containers: true,
    });
  });

  test("never changes an export setting or a place of the hubs beside it, whatever is streamed and deployed", () => {
    const tables = fc.subarray(
      catalog.map(({ name }) => name),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(tables, tables, (before, after) => {
        const deployed = plan(request({ tables: before })).placement;
        const alone = plan(request({ tables: after }), { placement: deployed });
        const beside = plan(request({ tables: after, destinations: both }), { placement: deployed });
        expect(hubsSettings(beside)).toEqual(hubsSettings(alone));
        expect(beside.placement).toEqual(alone.placement);
        expect(beside.exportSettings).toHaveLength(alone.exportSettings.length + 1);
      }),
    );
  });

  test("counts among the tenant's five export settings, together with those of the hubs", () => {
    expect(plan(request({ destinations: both, exportSettingsUsedByOthers: 1 })).exportSettings).toHaveLength(
      4,
    );
    const asked = request({ destinations: both, exportSettingsUsedByOthers: 2 });
    const [mistake] = mistakesThrown(() => plan(asked));
    expect(mistake?.rule).toMatch(/need 3, the storage account needs 1, and 3 are left/);
    expect(mistake?.fix).toMatch(/one destination only/);
    expect(mistakes({}, { exportSettingsUsedByOthers: 5 })[0]).toMatch(
      /the storage account needs 1, and 0 are left\. Delete export settings/,
    );
  });
});

describe("refused with the reason:", () => {
  test.each<[string, Partial<StorageOptions>, RegExp]>([
    ["retention of 0 days", { retentionDays: 0 }, /^storage\.retentionDays: .*1 to 99999/],
    ["soft delete for over a year", { softDeleteDays: 366 }, /^storage\.softDeleteDays: .*1 to 365 days/],
    [
      "immutability as long as the lifecycle",
      { retentionDays: 90, immutability: { days: 90 } },
      /^storage\.immutability\.days: .*`retentionDays` is 90.*fewer than 90 days/,
    ],
    ["immutability of 0 days", { immutability: { days: 0 } }, /^storage\.immutability\.days: .*1 to 146000/],
    [
      "immutability without containers",
      { containers: false, immutability: { days: 5 } },
      /^storage\.immutability: .*containers must be created in advance/,
    ],
  ])("%s", (_, options, said) => {
    expect(mistakes(options)).toEqual([expect.stringMatching(said)]);
  });

  test("nothing, if blobs with immutability are kept forever", () => {
    expect(mistakes({ retentionDays: false, immutability: { days: 3650 } })).toEqual([]);
  });

  test("a table whose container's name would be too long", () => {
    const table = "AVeryLongTableNameThatNobodyHasEverSeen";
    const changes = { tables: [table], unlistedTables: [table] };
    expect(mistakes({}, changes)).toEqual([expect.stringMatching(/^tables\.unlisted: .*at most 63/)]);
    expect(mistakesWith(changes)).toEqual([]);
  });
});

describe("network rules", () => {
  const ofRule = (rule: string) => mistakes({ ipRules: [rule] });

  test.each(["203.0.113.7", "203.0.113.0/24", "198.51.100.4/30", "172.32.0.1", "11.0.0.0/8"])(
    "accept %s",
    (rule) => {
      expect(ofRule(rule)).toEqual([]);
    },
  );

  test.each<[string, RegExp]>([
    ["203.0.113.7/32", /refuses the suffixes \/31 and \/32\. .*without a suffix: 203\.0\.113\.7\./],
    ["203.0.113.6/31", /203\.0\.113\.6, 203\.0\.113\.7/],
    ["10.1.2.3", /private addresses.*virtualNetworkRules/],
    ["10.1.2.3/32", /private addresses/],
    ["172.31.255.0/24", /private addresses/],
    ["192.168.0.0/16", /private addresses/],
    ["2001:db8::1", /public IPv4 address/],
    ["203.0.113.256", /public IPv4 address/],
    ["203.0.113.0/33", /public IPv4 address/],
    ["203.0.113.7/24", /with its first address.*203\.0\.113\.0\/24 for the range, or 203\.0\.113\.7 /],
    ["0.0.0.0/0", /suffix from \/1 to \/30/],
    ["office", /public IPv4 address/],
  ])("refuse %s", (rule, said) => {
    expect(ofRule(rule)).toEqual([expect.stringMatching(said)]);
  });

  test("name each address once, and ids of subnets and resources", () => {
    expect(
      mistakes({
        ipRules: ["203.0.113.7", "203.0.113.7"],
        virtualNetworkRules: [
          "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v",
        ],
        resourceAccessRules: ["adf-lake"],
      }),
    ).toEqual([
      expect.stringMatching(/^storage\.ipRules\[1\]: It is in the list twice/),
      expect.stringMatching(/^storage\.virtualNetworkRules\[0\]: .*subnet/),
      expect.stringMatching(/^storage\.resourceAccessRules\[0\]: .*Azure resource/),
    ]);
  });
});

describe("a consumer of the archive", () => {
  test("that nothing lets in is a mistake with three fixes", () => {
    const [said, ...others] = mistakes({}, { consumers: [lake] });
    expect(others).toEqual([]);
    expect(said).toMatch(/ipRules.*virtualNetworkRules.*privateEndpoint.*resourceAccessRules/);
  });

  const network = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
  test.each<Partial<StorageOptions>>([
    { ipRules: ["203.0.113.7"] },
    { virtualNetworkRules: [`${network}/subnets/s`] },
    { resourceAccessRules: ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Kusto/clusters/c"] },
    { privateEndpoint: true },
  ])("gets in by %j", (options) => {
    expect(mistakes(options, { consumers: [lake] })).toEqual([]);
  });

  test("that only reads the hubs does not have to get in, and gets no role on the account", () => {
    const siem = { ...lake, reads: ["eventHub"] } as const;
    expect(mistakes({}, { destinations: both, consumers: [siem] })).toEqual([]);
    const rolesOn = (kind: "eventHub" | "storage") =>
      grants({ portalUsers: [], consumers: [siem] }, [kind]).map(({ role }) => role.name);
    expect(rolesOn("eventHub")).toEqual(["Reader", "Azure Event Hubs Data Receiver"]);
    expect(rolesOn("storage")).toEqual([]);
  });

  test("is warned that addresses have no effect on callers in the same region", () => {
    const made = plan(archive({ ipRules: ["203.0.113.7"] }, { consumers: [lake] }));
    expect(made.warnings).toEqual([expect.stringMatching(/account's Azure region/)]);
  });

  test("can only read from a destination of the stack", () => {
    expect(mistakes({ privateEndpoint: true }, { consumers: [{ ...lake, reads: ["eventHub"] }] })).toEqual([
      expect.stringMatching(/^consumers\[0\]\.reads: .*`eventHub` is not among/),
    ]);
    expect(mistakes({ privateEndpoint: true }, { consumers: [{ ...lake, reads: [] }] })).toEqual([
      expect.stringMatching(/^consumers\[0\]\.reads: .*at least one/),
    ]);
  });
});

test("each destination is given at most once, and at least one", () => {
  expect(mistakesWith({ destinations: [] })).toMatchObject([{ key: "destinations" }]);
  expect(mistakesWith({ destinations: ["eventHub", "eventHub"] })).toMatchObject([
    { key: "destinations[1]" },
  ]);
});

test("a warning comes for blobs that are kept forever, a hierarchical namespace and immutability", () => {
  const { warnings } = plan(
    archive({ retentionDays: false, hierarchicalNamespace: true, immutability: { days: 30 } }),
  );
  expect(warnings.map((warning) => warning.slice(0, 22))).toEqual([
    "`storage.retentionDays",
    "`storage.hierarchicalN",
    "`storage.immutability`",
  ]);
});

test("without portal users the warning names the account", () => {
  expect(plan(archive({}, { portalUsers: [] })).warnings[0]).toContain("Contributor on the storage account.");
});

describe("redundancy", () => {
  test("changes in place where the zones stay as they are, both ways", () => {
    const zonal = (name: string) => name.includes("Z");
    for (const from of redundancies)
      for (const to of redundancies)
        expect(changesRedundancyInPlace(from, to)).toBe(zonal(from) === zonal(to));
  });
});

describe("the notices of an archive", () => {
  const last = { liveAccounts: { sa1: liveAccount() }, archivedTables: ["DeviceInfo", "AlertInfo"] };
  const notices = (request: StreamingRequest, protect = true) =>
    storageNotices(plan(request), last, { protect, allowDataLoss: [] });

  test("are absent when nothing of the archive is deleted", () => {
    expect(notices(archive({}, { tables: ["DeviceInfo", "AlertInfo", "EmailEvents"] }))).toEqual([]);
  });

  test("are about a removed table, a removed archive and shorter retention, with the steps", () => {
    const [table] = notices(archive({}, { tables: ["DeviceInfo"] }));
    expect(table).toMatch(/^AlertInfo is no longer .*allowDataLoss: \[AlertInfo\]/);
    const [account] = notices(request());
    expect(account).toMatch(
      /storage account is deployed, but no longer in the settings.*allowDataLoss: \[sa1\]/,
    );
    expect(notices(request(), false)[0]).not.toContain("allowDataLoss");
    const [used] = storageNotices(
      plan(archive({}, { existing: { accountId } }), { existing: facts({ account: existingAccount() }) }),
      last,
      { protect: true, allowDataLoss: [] },
    );
    expect(used).toMatch(/storage account is deployed.*allowDataLoss: \[sa1\]/);
    const [shorter] = notices(archive({ retentionDays: 30 }, { tables: ["DeviceInfo", "AlertInfo"] }));
    expect(shorter).toContain("more than 30 days ago");
  });
});
