import { Provider } from "@pulumi/azure-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { clientSecret, deployer, tenantId } from "defender-streaming-sandbox/tenant";
import { testAzure } from "defender-streaming-sandbox/testAzure";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { defenderStreaming, type StreamingOptions, type StreamingWishes } from "../defenderStreaming.ts";
import { resolved, resourcesOf } from "./components/mocks.ts";

const tables = ["DeviceInfo"];
const objectId = "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245";

describe("the library's one call", async () => {
  const { result, asked } = await resourcesOf(() =>
    defenderStreaming(
      "stream",
      {
        tables,
        protect: false,
        location: pulumi.output("West Europe"),
        tags: { owner: pulumi.output("soc") },
        portalUsers: [{ name: "Alex", objectId: pulumi.output(objectId), principalType: "User" }],
      },
      { parent: new pulumi.ComponentResource("platform:index:Team", "team"), aliases: [{ name: "old" }] },
    ),
  );
  const named = (type: string) => asked.filter((one) => one.type.endsWith(`:${type}`));

  it("creates the component under its parent, with its alias", () => {
    expect(named("DefenderStreaming")).toMatchObject([
      { name: "stream", parent: "team", aliases: [{ name: "old" }] },
    ]);
  });

  it("creates what the plan says, with location and tags that are outputs", () => {
    expect(named("Namespace")).toMatchObject([
      { name: "stream-ns1", protect: false, inputs: { location: "West Europe", tags: { owner: "soc" } } },
    ]);
    expect(named("EventHub").map(({ name }) => name)).toEqual(["stream-ns1-deviceinfo"]);
  });

  it("assigns roles to people whose object id is an output", async () => {
    const required = await resolved(result.outputs.requiredRoleAssignments);
    expect(required).toMatchObject([{ role: "Contributor", principalId: objectId, managed: true }]);
  });

  it("counts portal users whose object id is an output", () => {
    expect(result.outputs.warnings.filter((one) => one.includes("`portalUsers` is empty"))).toEqual([]);
  });

  it("has all outputs of a stack", () => {
    expect(Object.keys(result.outputs).sort()).toEqual([
      "accounts",
      "applications",
      "clientSecrets",
      "consumerConfiguration",
      "consumerKeys",
      "consumers",
      "exportSettings",
      "namespaces",
      "placement",
      "portal",
      "requiredRoleAssignments",
      "warnings",
    ]);
  });
});

describe("the last deployment", () => {
  const wishes = { tables, location: "westeurope" };
  const token = "pulumi:pulumi:readStackOutputs";
  const deployAfter = (outputs: object) =>
    resourcesOf(
      () => defenderStreaming("stream", wishes).catch((error: unknown) => error),
      (called) => (called === token ? { outputs } : undefined),
    );
  const failing = (message: string, times: number) => {
    let left = times;
    return resourcesOf(
      () => defenderStreaming("stream", wishes).catch((error: unknown) => error),
      (called) => {
        if (called === token && left-- > 0) throw Object.assign(new Error(), { details: message });
        return undefined;
      },
    );
  };

  it.each(["failed to load checkpoint: EOF", "failed to load checkpoint: unexpected EOF"])(
    "is read again when the engine is writing the state: %s",
    async (message) => {
      const { asked, called } = await failing(message, 2);
      expect(asked.filter(({ type }) => type.endsWith(":Namespace"))).toHaveLength(1);
      expect(called.filter((one) => one === token)).toHaveLength(3);
    },
  );

  it("is a mistake if it has another name than the one to read", async () => {
    const outputs = { other: { exportSettings: [{ name: "stream-b-export1" }] } };
    const stack = { ...outputs, streaming: { exportSettings: [{ name: "stream-export1" }] } };
    const after = async (given: object) => (await deployAfter(given)).result;
    expect(await after(stack)).toMatchObject({
      mistakes: [{ key: "options.output", fix: expect.stringContaining('`output: "streaming"`') as string }],
    });
    expect(await after({ ...stack, stream: {} })).toHaveProperty("outputs");
    expect(await after(outputs)).toHaveProperty("outputs");
  });

  it("ends the program if it stays unreadable, or for any other reason", async () => {
    const unreadable = await failing("failed to load checkpoint: EOF", 9);
    expect(unreadable.result).toMatchObject({ message: expect.stringContaining("EOF") as string });
    const denied = await failing("failed to load checkpoint: access denied", 1);
    expect(denied.result).toMatchObject({ message: expect.stringContaining("access denied") as string });
  });
});

it("reports every mistake at once", async () => {
  const wishes = { tables: ["DeviceInf"], throughputUnits: 0, tags: { "a?": "b" }, location: "westeurope" };
  await expect(defenderStreaming("stream", wishes)).rejects.toMatchObject({
    mistakes: [{ key: "tables[0]" }, { key: "throughputUnits" }, { key: "tags.a?" }],
  });
});

it("a region that only the deployment knows gets the notice of a replacement", async () => {
  const azure = await testAzure();
  vi.stubEnv("ARM_METADATA_HOSTNAME", new URL(azure.origin).host);
  vi.stubEnv("ARM_TENANT_ID", tenantId);
  vi.stubEnv("ARM_CLIENT_ID", deployer.appId);
  vi.stubEnv("ARM_CLIENT_SECRET", clientSecret);
  vi.stubEnv("ARM_DISABLE_INSTANCE_DISCOVERY", "true");
  const id = await azure.namespace("stream-ns1");
  const said = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  const outputs = { stream: { namespaces: [{ key: "ns1", name: "stream-ns1", resourceId: id, hubs: [] }] } };
  await resourcesOf(
    () => defenderStreaming("stream", { tables, location: pulumi.output("North Europe") }),
    (token) => {
      if (token === "pulumi:pulumi:readStackOutputs") return { outputs };
      return token.endsWith(":getNamespace")
        ? { id, location: "West Europe", sku: { name: "Standard" } }
        : undefined;
    },
  );
  expect(said.mock.calls.map(([text]) => text)).toContainEqual(
    expect.stringMatching(/^ns1 is replaced.*region from westeurope to northeurope.*allowDataLoss: \[ns1\]/),
  );
  said.mockRestore();
});

describe("a consumer whose object id is an output", () => {
  const consumer = (more: object) => ({
    name: "siem",
    objectId: pulumi.output(objectId),
    principalType: "ServicePrincipal" as const,
    ...more,
  });

  it("gets all that its settings ask for", async () => {
    const { result, asked } = await resourcesOf(() =>
      defenderStreaming("stream", {
        tables,
        location: "westeurope",
        eventHubNetwork: { publicAccess: "selected", ipRules: ["203.0.113.1"] },
        consumers: [consumer({ kind: "splunk", allowedIps: ["203.0.113.7"] })],
      }),
    );
    const groups = asked.filter(({ type }) => type.endsWith(":ConsumerGroup"));
    expect(groups.map(({ inputs }) => inputs["consumerGroupName"])).toEqual(["siem"]);
    const rules = asked.filter(({ type }) => type.endsWith(":NamespaceNetworkRuleSet"));
    expect(JSON.stringify(rules)).toContain("203.0.113.7");
    const required = await resolved(result.outputs.requiredRoleAssignments);
    expect(required.map(({ principalId }) => principalId)).toEqual([objectId, objectId]);
  });

  it("is checked like any other", async () => {
    const portalUsers = [consumer({ access: { until: "2001-01-01T00:00:00Z" } })];
    const consumers = [consumer({ reads: ["storage"] }), consumer({})];
    expect(await mistakesOf({ tables, location: "westeurope", portalUsers, consumers })).toMatchObject([
      { key: "portalUsers[0].access.until" },
      { key: "consumers[0].reads" },
      { key: "consumers[1].name" },
    ]);
  });
});

describe("the location", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each<[string, object, object]>([
    [
      "a misspelled region",
      { location: "westeurop" },
      { key: "location", fix: "Write `location: westeurope`." },
    ],
    ["no region", {}, { key: "location", fix: expect.stringContaining("Choose your region") as string }],
    [
      "a region of another cloud",
      { location: "usgovvirginia" },
      { key: "cloud", fix: expect.stringContaining("or `location: westeurope` or") as string },
    ],
  ])("%s is a mistake", async (_, wishes, mistake) => {
    expect(await mistakesOf({ tables, ...wishes })).toMatchObject([mistake]);
  });

  it("a misspelled key is recognized", async () => {
    expect(await mistakesOf({ tables, loaction: "westeurope" })).toMatchObject([
      { key: "loaction", fix: "Did you mean location?" },
      { key: "location" },
    ]);
  });

  it("ARM_ENVIRONMENT must fit the cloud", async () => {
    vi.stubEnv("ARM_ENVIRONMENT", "usgovernment");
    expect(await mistakesOf({ tables, location: "westeurope" })).toMatchObject([
      { key: "cloud", rule: expect.stringContaining("ARM_ENVIRONMENT is usgovernment") as string },
    ]);
  });

  const inGovernment = { tables, cloud: "gccHigh", location: "usgovvirginia" } as const;
  const federatedCredential = {
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:o/r:ref:refs/heads/main",
  };
  const siem = { name: "siem", application: { federatedCredential } };
  const providersOf = async (options: () => StreamingOptions) => {
    const { asked } = await resourcesOf(() => defenderStreaming("stream", inGovernment, options()));
    return asked
      .filter(({ type }) => type.startsWith("pulumi:providers:"))
      .map(({ name, inputs }) => [name, inputs["environment"]]);
  };

  it("another cloud needs its own providers, because the default ones are in the public cloud", async () => {
    const mistake = {
      key: "cloud",
      fix: expect.stringContaining('azureProvider("gccHigh"), directoryProvider("gccHigh")') as string,
    };
    expect(await mistakesOf(inGovernment)).toMatchObject([mistake]);
    const provider = new Provider("own", { environment: "usgovernment" });
    expect(await mistakesOf({ ...inGovernment, consumers: [siem] }, { provider })).toMatchObject([mistake]);
  });

  it("an application needs a provider that signs in as azure-native's settings say", async () => {
    pulumi.runtime.setAllConfig({ "azure-native:clientId": "c", "azure-native:tenantId": "t" });
    onTestFinished(() => {
      pulumi.runtime.setAllConfig({});
    });
    const wishes = { tables, location: "westeurope", consumers: [siem] };
    expect(await mistakesOf(wishes)).toMatchObject([
      { key: "options.providers", fix: expect.stringContaining('directoryProvider("public")') as string },
    ]);
  });

  it("a secret of the sign-in must be one for Pulumi", async () => {
    const config = { "azure-native:clientSecret": "s" };
    onTestFinished(() => {
      pulumi.runtime.setAllConfig({});
    });
    pulumi.runtime.setAllConfig(config);
    expect(await mistakesOf({ tables, location: "westeurope" })).toMatchObject([
      { key: "azure-native:clientSecret", value: "in clear" },
    ]);
    pulumi.runtime.setAllConfig(config, Object.keys(config));
    expect(await mistakesOf({ tables, location: "westeurope", layout: "wide" })).toMatchObject([
      { key: "layout" },
    ]);
  });

  it("a given provider is used", async () => {
    const provider = () => new Provider("own", { environment: "usgovernment" });
    expect(await providersOf(() => ({ provider: provider() }))).toEqual([["own", "usgovernment"]]);
  });

  it("a default provider that is in the cloud stays the provider", async () => {
    vi.stubEnv("ARM_ENVIRONMENT", "usgovernment");
    expect(await providersOf(() => ({}))).toEqual([]);
  });
});

it("warns of settings that do nothing any more", async () => {
  const storage = { performance: "standard" } as object;
  const wishes = { tables, location: "westeurope", destinations: ["storage" as const], storage };
  const { result } = await resourcesOf(() => defenderStreaming("stream", wishes));
  expect(result.outputs.warnings).toContainEqual(expect.stringContaining("`storage.performance`"));
});

it.each([
  [{ outputs: "streaming" }, "Did you mean output?"],
  [{ stackOutput: "streaming" }, "Remove it, or call it `output`."],
  [{ protct: true }, "Did you mean protect?"],
  [{ provders: [] }, "Did you mean providers?"],
])("refuses the misspelled option %o, which Pulumi would ignore", async (options, fix) => {
  const [key] = Object.keys(options);
  expect(await mistakesOf({ tables, location: "westeurope" }, options as object)).toMatchObject([
    { key: `options.${String(key)}`, fix },
  ]);
});

it("takes Pulumi's other options", async () => {
  const options: pulumi.ComponentResourceOptions = {
    ...{ retainOnDelete: true, deletedWith: undefined, replaceWith: [], transforms: [], transformations: [] },
    ...{ dependsOn: [], ignoreChanges: [], replaceOnChanges: [], hideDiffs: [], version: "3.0.0" },
  };
  const { asked } = await resourcesOf(() =>
    defenderStreaming("stream", { tables, location: "westeurope" }, options),
  );
  expect(asked.length).toBeGreaterThan(1);
});

it.each([
  [{ portalUsers: ["Alex"] }, "portalUsers[0]"],
  [{ portalUsers: { name: "Alex" } }, "portalUsers"],
  [{ tags: ["soc"] }, "tags"],
])("reports %j as a mistake, not as a fault", async (wishes, key) => {
  expect(await mistakesOf({ tables, location: "westeurope", ...wishes })).toMatchObject([{ key }]);
});

it("gives new applications the options of the call, and the aliases under their own names", async () => {
  const endDate = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const consumers = [{ name: "siem", application: { clientSecret: { endDate } } }];
  const aliases = [{ name: "old" }, { parent: pulumi.rootStackResource }];
  const { asked } = await resourcesOf(() =>
    defenderStreaming("stream", { tables, location: "westeurope", consumers }, { aliases, protect: true }),
  );
  const [application] = asked.filter(({ type }) => type.endsWith(":ConsumerApplication"));
  expect(application).toMatchObject({ protect: true, aliases: [{}, aliases[1]] });
  const [renamed] = application?.aliases as { name: pulumi.Output<string> }[];
  expect(await resolved(pulumi.output(renamed?.name))).toBe("old-siem");
});

async function mistakesOf(wishes: object, options: StreamingOptions = {}): Promise<unknown> {
  const error: unknown = await defenderStreaming("stream", wishes as StreamingWishes, options).catch(
    (thrown: unknown) => thrown,
  );
  return (error as { mistakes?: unknown }).mistakes ?? error;
}
