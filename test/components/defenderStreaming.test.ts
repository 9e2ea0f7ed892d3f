import { describe, expect, it } from "vitest";
import { DefenderStreaming } from "../../components/defenderStreaming.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { request } from "../streaming/requests.ts";
import { deploy, siem, user } from "./deploy.ts";
import { type Asked, named, resolved } from "./mocks.ts";
import { streamingArgs } from "./streamingArgs.ts";

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

it("refuses people whom the plan does not have, because they would get no role", () => {
  const args = streamingArgs(request({ portalUsers: [], consumers: [] }), { consumers: [siem] });
  expect(() => new DefenderStreaming("defender", args)).toThrow("The plan does not have SIEM");
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
