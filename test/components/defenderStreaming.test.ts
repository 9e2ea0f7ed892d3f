import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { DefenderStreaming, type DefenderStreamingArgs } from "../../components/defenderStreaming.ts";
import type { CurrentState } from "../../streaming/plan.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { request } from "../streaming/requests.ts";
import { type Asked, resolved, resourcesOf } from "./mocks.ts";
import { streamingArgs } from "./streamingArgs.ts";

const user = {
  name: "Alex",
  objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245",
  principalType: "User",
} as const;
const group = {
  name: "SOC",
  objectId: "c2a50e7f-94db-4163-b8fe-57d3096ac8e1",
  principalType: "Group",
} as const;
const siem = {
  name: "SIEM",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
} as const;

function deploy(
  changes: Partial<StreamingRequest> = {},
  args: Partial<DefenderStreamingArgs> = {},
  current: CurrentState = {},
) {
  const asked = request({
    autoInflate: { maximumThroughputUnits: 10 },
    retentionHours: 168,
    consumerGroups: ["siem"],
    portalUsers: [],
    ...changes,
  });
  return resourcesOf(() => new DefenderStreaming("defender", streamingArgs(asked, args, current)));
}

const named = (asked: Asked[], type: string) => asked.filter((one) => one.type === `azure-native:${type}`);

describe("all 21 tables with a hub each on Standard", async () => {
  const { result, asked } = await deploy({ portalUsers: [user], consumers: [siem] });

  it("creates one resource group, three namespaces, 21 hubs, a consumer group on each, and a rule set for each namespace", () => {
    const count = (type: string) => named(asked, type).length;
    expect({
      groups: count("resources:ResourceGroup"),
      namespaces: count("eventhub:Namespace"),
      hubs: count("eventhub:EventHub"),
      consumerGroups: count("eventhub:ConsumerGroup"),
      ruleSets: count("eventhub:NamespaceNetworkRuleSet"),
    }).toEqual({ groups: 1, namespaces: 3, hubs: 21, consumerGroups: 21, ruleSets: 3 });
  });

  it("keeps local authentication on and sends TLS 1.2, zones and the ceiling of auto-inflate", () => {
    for (const { inputs } of named(asked, "eventhub:Namespace")) {
      expect(inputs).toMatchObject({
        location: "westeurope",
        sku: { name: "Standard", tier: "Standard", capacity: 1 },
        isAutoInflateEnabled: true,
        maximumThroughputUnits: 10,
        minimumTlsVersion: "1.2",
        disableLocalAuth: false,
        publicNetworkAccess: "Enabled",
        zoneRedundant: true,
      });
    }
  });

  it("lets trusted services in, and keeps the rule set in Azure when it leaves the program", () => {
    for (const { inputs, retainOnDelete } of named(asked, "eventhub:NamespaceNetworkRuleSet")) {
      expect(inputs).toMatchObject({ defaultAction: "Allow", trustedServiceAccessEnabled: true });
      expect(retainOnDelete).toBe(true);
    }
  });

  it("protects namespaces and hubs and nothing else", () => {
    const protectedTypes = new Set(asked.filter((one) => one.protect).map((one) => one.type));
    expect([...protectedTypes].sort()).toEqual([
      "azure-native:eventhub:EventHub",
      "azure-native:eventhub:Namespace",
    ]);
    expect(named(asked, "eventhub:EventHub").every((one) => one.protect)).toBe(true);
  });

  it("parents each namespace's resources to its destination, never to the namespace", () => {
    for (const { parent } of named(asked, "eventhub:EventHub")) expect(parent).toMatch(/^defender-ns[123]$/);
    for (const { parent } of named(asked, "eventhub:Namespace")) expect(parent).toMatch(/^defender-ns[123]$/);
  });

  it("registers Microsoft.Insights and Microsoft.EventHub", () => {
    const registered = asked
      .filter((one) => one.type.endsWith(":ProviderRegistration"))
      .map((one) => one.inputs["namespace"]);
    expect(registered.sort()).toEqual(["Microsoft.EventHub", "Microsoft.Insights"]);
  });

  it("gives the portal user Contributor and the consumer its two roles on each namespace, with their principal types", () => {
    const assignments = named(asked, "authorization:RoleAssignment").map(({ inputs }) => inputs);
    expect(assignments).toHaveLength(9);
    expect(assignments.filter((one) => one["principalType"] === "User")).toHaveLength(3);
    expect(new Set(assignments.map((one) => one["roleAssignmentName"])).size).toBe(9);
  });

  it("outputs the values for the portal: the namespace's id, a blank hub name, the tables", async () => {
    const settings = await resolved(result.outputs.exportSettings);
    expect(
      settings.map(({ key, name, hubName, eventTypes }) => [key, name, hubName, eventTypes.length]),
    ).toEqual([
      ["export1", "defender-export1", "", 10],
      ["export2", "defender-export2", "", 10],
      ["export3", "defender-export3", "", 1],
    ]);
    expect((await resolved(result.outputs.namespaces)).map(({ key }) => key)).toEqual(["ns1", "ns2", "ns3"]);
    expect(settings[0]?.resourceId).toMatch(/\/providers\/Microsoft.EventHub\/namespaces\/defender-ns1$/);
  });

  it("outputs where each consumer connects, through the consumer group of its name", async () => {
    const [first, ...others] = await resolved(result.outputs.consumers);
    expect(others).toHaveLength(2);
    expect(first).toMatchObject({
      name: "SIEM",
      fullyQualifiedNamespace: "defender-ns1.servicebus.windows.net",
      kafkaBootstrapServer: "defender-ns1.servicebus.windows.net:9093",
      consumerGroup: "siem",
    });
    expect(first?.hubs["DeviceInfo"]).toBe("insights-logs-advancedhunting-deviceinfo");
  });
});

it("lists the role assignments and creates none with `expect`", async () => {
  const { result, asked } = await deploy({
    portalUsers: [user],
    roleScope: "resourceGroup",
    roles: "expect",
  });
  expect(named(asked, "authorization:RoleAssignment")).toEqual([]);
  expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
    { role: "Contributor", principalId: user.objectId, principalType: "User", managed: false },
  ]);
});

describe("access that is not permanent", () => {
  const until = "2027-01-31T18:00:00Z";
  const pim = (asked: Asked[]) =>
    asked.filter(({ type }) => /:(PimRoleEligibilitySchedule|TimeBoundAssignment)$/.test(type));

  it("is left to PIM at the same scopes, and listed with its kind", async () => {
    const portalUsers = [{ ...user, access: "eligible" } as const, { ...group, access: { until } }];
    const { result, asked } = await deploy({ tables: ["DeviceInfo"], portalUsers });
    expect(named(asked, "authorization:RoleAssignment")).toEqual([]);
    expect(pim(asked)).toMatchObject([
      {
        name: `defender-ns1-contributor-${user.objectId}`,
        type: "azure-native:authorization:PimRoleEligibilitySchedule",
        inputs: {
          principalId: user.objectId,
          scope: expect.stringMatching(/defender-ns1$/) as unknown,
          scheduleInfo: { expiration: { type: "AfterDuration", duration: "P365D" } },
        },
      },
      {
        name: `defender-ns1-contributor-${group.objectId}`,
        inputs: { principalId: group.objectId, role: "Contributor", until },
      },
    ]);
    const required = await resolved(result.outputs.requiredRoleAssignments);
    expect(required.map(({ access }) => access)).toEqual(["eligible", { until }]);
  });

  it("is requested at the resource group if that is the scope", async () => {
    const { asked } = await deploy({
      portalUsers: [{ ...user, access: { until } }],
      roleScope: "resourceGroup",
    });
    expect(pim(asked).map(({ inputs }) => inputs["scope"])).toEqual([
      expect.stringMatching(/resourceGroups\/defender$/),
    ]);
  });

  it("is only listed with `expect`", async () => {
    const portalUsers = [{ ...user, access: { until } }];
    const { result, asked } = await deploy({ tables: ["DeviceInfo"], portalUsers, roles: "expect" });
    expect(pim(asked)).toEqual([]);
    expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
      { role: "Contributor", managed: false, access: { until } },
    ]);
  });

  it("is not mentioned if access is permanent", async () => {
    const portalUsers = [{ ...user, access: "permanent" } as const];
    const { result } = await deploy({ tables: ["DeviceInfo"], portalUsers });
    expect((await resolved(result.outputs.requiredRoleAssignments))[0]).not.toHaveProperty("access");
  });
});

it("creates a grant once although two consumers share a principal", async () => {
  const { asked } = await deploy({ tables: ["DeviceInfo"], consumers: [siem, { ...siem, name: "lake" }] });
  expect(named(asked, "authorization:RoleAssignment")).toHaveLength(2);
});

it("refuses people whom the plan does not have, because they would get no role", () => {
  const args = streamingArgs(request({ portalUsers: [], consumers: [] }), { consumers: [siem] });
  expect(() => new DefenderStreaming("defender", args)).toThrow("The plan does not have SIEM");
});

it("takes the object id of an application from the same deployment, and names its grants after the consumer", async () => {
  const later = { ...siem, objectId: pulumi.output(Promise.resolve(siem.objectId)) };
  const { result, asked } = await deploy(
    { tables: ["DeviceInfo"] },
    { consumers: [later] },
    { people: { portalUsers: [], consumers: [later] } },
  );
  const made = named(asked, "authorization:RoleAssignment");
  expect(made.map(({ name }) => name)).toEqual([
    "defender-ns1-reader-SIEM",
    "defender-ns1-azure-event-hubs-data-receiver-SIEM",
  ]);
  const known = await deploy({ tables: ["DeviceInfo"], consumers: [siem] });
  expect(made.map(({ inputs }) => inputs)).toEqual(
    named(known.asked, "authorization:RoleAssignment").map(({ inputs }) => inputs),
  );
  expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
    { role: "Reader", principalId: siem.objectId },
    { role: "Azure Event Hubs Data Receiver", principalId: siem.objectId },
  ]);
});

it("replaces the namespace for another location and for a tier to or from Premium, and not for Basic", async () => {
  const triggerOf = async (changes: Partial<StreamingRequest>, location = "westeurope") => {
    const { asked } = await deploy({ tables: ["DeviceInfo"], consumerGroups: [], ...changes }, { location });
    return named(asked, "eventhub:Namespace")[0]?.replacementTrigger;
  };
  const standard = await triggerOf({});
  expect(await triggerOf({ tier: "Basic", autoInflate: false, retentionHours: 24 })).toBe(standard);
  expect(await triggerOf({ throughputUnits: 5, autoInflate: false })).toBe(standard);
  expect(await triggerOf({ tier: "Premium", autoInflate: false })).not.toBe(standard);
  expect(await triggerOf({}, "northeurope")).not.toBe(standard);
});

it("has no rule set and no auto-inflate on Basic, and no Kafka endpoint", async () => {
  const { result, asked } = await deploy({
    tables: ["DeviceInfo"],
    tier: "Basic",
    autoInflate: false,
    retentionHours: 24,
    consumerGroups: [],
    consumers: [siem],
  });
  expect(named(asked, "eventhub:NamespaceNetworkRuleSet")).toEqual([]);
  expect(named(asked, "eventhub:Namespace")[0]?.inputs).toMatchObject({
    isAutoInflateEnabled: false,
    maximumThroughputUnits: 0,
  });
  expect((await resolved(result.outputs.consumers))[0]?.kafkaBootstrapServer).toBe("");
});

it("takes the protection off the named table alone, and off the whole namespace when that is named", async () => {
  const open = async (allowDataLoss: string[]) =>
    (await deploy({ tables: ["DeviceInfo", "DeviceEvents"], allowDataLoss })).asked
      .filter((one) => /:(EventHub|Namespace)$/.test(one.type) && !one.protect)
      .map((one) => one.name);
  expect(await open(["DeviceInfo"])).toEqual(["defender-ns1-deviceinfo"]);
  expect((await open(["ns1"])).sort()).toEqual([
    "defender-ns1",
    "defender-ns1-deviceevents",
    "defender-ns1-deviceinfo",
  ]);
});

it("keeps a shared hub protected until all of its tables are named", async () => {
  const shared = { tables: ["DeviceInfo", "DeviceEvents"], layout: "single", hubName: "defender" } as const;
  const isProtected = async (allowDataLoss: string[]) =>
    named((await deploy({ ...shared, allowDataLoss })).asked, "eventhub:EventHub").map((one) => one.protect);
  expect(await isProtected(["DeviceInfo"])).toEqual([true]);
  expect(await isProtected(["DeviceInfo", "DeviceEvents"])).toEqual([false]);
});

describe("Defender for Cloud's integration", () => {
  const integration = {
    acknowledgeInstallation: true,
    ownsSubscriptionSetting: true,
    restoreOnDestroy: true,
  };
  const registered = (asked: Asked[]) =>
    asked.filter((one) => one.type.endsWith(":ProviderRegistration")).map((one) => one.inputs["namespace"]);
  const switches = (asked: Asked[]) => asked.filter((one) => one.type.endsWith(":EndpointIntegration"));

  it("is left alone by default", async () => {
    const { asked } = await deploy({ tables: ["DeviceInfo"] });
    expect(switches(asked)).toEqual([]);
    expect(registered(asked)).not.toContain("Microsoft.Security");
  });

  it("is turned on once, on the subscription, after Microsoft.Security is registered", async () => {
    const { asked } = await deploy({ tables: ["DeviceInfo"], endpointIntegration: integration });
    expect(switches(asked)).toMatchObject([
      { name: "defender-endpoint-integration", parent: "defender", inputs: { restoreOnDestroy: true } },
    ]);
    expect(registered(asked)).toContain("Microsoft.Security");
  });
});

it("says where the product's export settings are entered in the cloud", async () => {
  const { result } = await deploy({ product: "endpoint", tables: ["DeviceInfo"], cloud: "dod" });
  expect(result.outputs.portal).toMatchObject({ page: "Data export settings" });
  expect(result.outputs.portal.url).toMatch(/^https:\/\/security\.apps\.mil\//);
});

describe("dynamic resources that sign in to Azure", () => {
  const cloudsOf = async (changes: Partial<StreamingRequest>) => {
    const portalUsers = [{ ...user, access: { until: "2027-01-31T18:00:00Z" } }];
    const { asked } = await deploy({ tables: ["DeviceInfo"], portalUsers, ...changes });
    return asked.flatMap(({ type, inputs }) =>
      /:(ProviderRegistration|TimeBoundAssignment)$/.test(type) ? [inputs["cloud"]] : [],
    );
  };

  it("use the cloud of the component", async () => {
    expect(await cloudsOf({ cloud: "gccHigh" })).toEqual(["gccHigh", "gccHigh", "gccHigh"]);
  });

  it("use the public cloud if none is given, as all other resources do", async () => {
    expect(await cloudsOf({})).toEqual(["public", "public", "public"]);
  });
});

it("omits `zoneRedundant` in a region that is not known to have zones", async () => {
  const { asked } = await deploy({ tables: ["DeviceInfo"] }, { location: "westus" });
  expect(named(asked, "eventhub:Namespace")[0]?.inputs).not.toHaveProperty("zoneRedundant");
});

describe("a region that only the deployment knows", () => {
  const inRegion = async (region: string) => {
    const { asked } = await deploy({ tables: ["DeviceInfo"] }, { location: pulumi.output(region) });
    const [namespace] = named(asked, "eventhub:Namespace");
    const trigger = await resolved(namespace?.replacementTrigger as pulumi.Output<string>);
    return { inputs: namespace?.inputs, trigger };
  };

  it("has `zoneRedundant` if the region has zones, and not otherwise", async () => {
    expect((await inRegion("West Europe")).inputs).toMatchObject({
      location: "West Europe",
      zoneRedundant: true,
    });
    expect((await inRegion("westus")).inputs).not.toHaveProperty("zoneRedundant");
  });

  it("replaces nothing if it is spelled in another way", async () => {
    expect((await inRegion("West Europe")).trigger).toBe("shared/westeurope");
  });
});

describe("a namespace that auto-inflate raised to 12 units", () => {
  const live = (hubs = {}) => ({
    ns1: { resourceId: "x", tier: "Standard" as const, location: "westeurope", units: 12, hubs },
  });
  const namespaceOf = async (changes: Partial<StreamingRequest>, location = "westeurope") => {
    const { asked } = await deploy({ tables: ["DeviceInfo"], ...changes }, { location }, { live: live() });
    return named(asked, "eventhub:Namespace")[0]?.inputs;
  };

  it("keeps them, and raises a lower ceiling to them", async () => {
    expect(await namespaceOf({})).toMatchObject({ sku: { capacity: 12 }, maximumThroughputUnits: 12 });
  });

  it("keeps them when auto-inflate is turned off, with the ceiling 0", async () => {
    expect(await namespaceOf({ autoInflate: false })).toMatchObject({
      sku: { capacity: 12 },
      isAutoInflateEnabled: false,
      maximumThroughputUnits: 0,
    });
  });

  it("is raised by a larger number", async () => {
    const changes = { throughputUnits: 15, autoInflate: { maximumThroughputUnits: 20 } };
    expect(await namespaceOf(changes)).toMatchObject({ sku: { capacity: 15 }, maximumThroughputUnits: 20 });
  });

  it("does not affect the processing units of a Premium namespace", async () => {
    const premium = await namespaceOf({ tier: "Premium", throughputUnits: 1, autoInflate: false });
    expect(premium).toMatchObject({ sku: { name: "Premium", capacity: 1 } });
    expect(premium).not.toHaveProperty("isAutoInflateEnabled");
  });
});

describe("partitions", () => {
  const hubOf = async (
    changes: Partial<StreamingRequest>,
    partitions = 8,
    tier: "Standard" | "Premium" = "Premium",
  ) => {
    const live = {
      ns1: {
        resourceId: "x",
        tier,
        location: "westeurope",
        units: 1,
        hubs: {
          "insights-logs-advancedhunting-deviceinfo": { partitionCount: partitions, retentionHours: 168 },
        },
      },
    };
    const { asked } = await deploy({ tables: ["DeviceInfo"], ...changes }, {}, { live });
    return named(asked, "eventhub:EventHub")[0];
  };
  const premium = { tier: "Premium", autoInflate: false } as const;

  it("replace the hub on Standard, whatever the number, and delete the old one first", async () => {
    expect(await hubOf({ partitionCount: 16 }, 8, "Standard")).toMatchObject({
      replaceOnChanges: ["partitionCount"],
      deleteBeforeReplace: true,
    });
  });

  it("grow in place on Premium, and replace the hub when they shrink", async () => {
    expect((await hubOf({ ...premium, partitionCount: 16 }))?.replaceOnChanges).toEqual([]);
    expect((await hubOf({ ...premium, partitionCount: 4 }))?.replaceOnChanges).toEqual(["partitionCount"]);
  });

  it("wait for the new hub when the namespace is replaced as well", async () => {
    expect(await hubOf({ ...premium, partitionCount: 4 }, 8, "Standard")).toMatchObject({
      deleteBeforeReplace: false,
    });
  });
});

describe("tags", async () => {
  const { asked } = await deploy(
    {},
    { tags: { owner: "security" }, tagOverrides: { namespace: { owner: "soc" } } },
  );
  const tagsOf = (type: string) => asked.find((one) => one.type.endsWith(type))?.inputs["tags"];

  it("are on every resource, unless its kind has other tags, which replace them", () => {
    expect(tagsOf(":ResourceGroup")).toEqual({ owner: "security" });
    expect(tagsOf(":Namespace")).toEqual({ owner: "soc" });
  });
});
