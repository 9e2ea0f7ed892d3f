import { describe, expect, it } from "vitest";
import { readOutputs } from "../../streaming/readOutputs.ts";
import { type InState, standing, tableOf } from "../../streaming/standing.ts";

const component = "defender-streaming:index:DefenderStreaming";
const destination = `${component}$defender-streaming:index:EventHubDestination`;
const storage = `${component}$defender-streaming:index:StorageDestination`;
const ids = "/subscriptions/s/resourceGroups/group/providers";
const namespaceId = (name: string) => `${ids}/Microsoft.EventHub/namespaces/${name}`;
const hub = (short: string) => `insights-logs-advancedhunting-${short}`;

const group: InState = {
  types: `${component}$azure-native:resources:ResourceGroup`,
  logicalName: "defender",
  name: "group",
};
const root: InState = { types: component, logicalName: "defender" };
const inNamespace = (key: string, name: string, ...hubs: string[]): InState[] => [
  { types: destination, logicalName: `defender-${key}` },
  { types: `${destination}$azure-native:eventhub:Namespace`, logicalName: `defender-${key}`, name },
  ...hubs.map((short) => ({
    types: `${destination}$azure-native:eventhub:EventHub`,
    logicalName: `defender-${key}-${short}`,
    name: hub(short),
  })),
];
const outputs = (...names: string[]) =>
  readOutputs({
    namespaces: names.map((name, index) => ({
      key: `ns${index + 1}`,
      name,
      resourceId: namespaceId(name),
      hubs: [hub("alertinfo")],
    })),
  });
const of = (state: readonly InState[], told = outputs()) => standing(told, [root, ...state], "defender");

describe("what stands", () => {
  it("is what a failed first deployment left in the state", () => {
    expect(of([group, ...inNamespace("ns1", "one", "deviceinfo")]).namespaces).toEqual([
      {
        key: "ns1",
        name: "one",
        resourceGroupName: "group",
        hubs: [hub("deviceinfo")],
        existing: undefined,
        access: { consumerGroups: [], hubRules: [], namespaceRules: [] },
      },
    ]);
  });

  it("is the new namespace and not the one of the outputs in the middle of a replacement", () => {
    const [namespace] = of([group, ...inNamespace("ns1", "new")], outputs("old")).namespaces;
    expect(namespace).toMatchObject({ name: "new", hubs: [] });
  });

  it("has the hubs of the state, with those that the outputs do not name yet and without those that are gone", () => {
    const [namespace] = of(
      [group, ...inNamespace("ns1", "one", "deviceinfo", "emailevents")],
      outputs("one"),
    ).namespaces;
    expect(namespace?.hubs).toEqual([hub("deviceinfo"), hub("emailevents")]);
  });

  it("is what the outputs say where the state has another component, or none", () => {
    const others = inNamespace("ns1", "theirs").map((one) => ({
      ...one,
      logicalName: one.logicalName.replace("defender", "other"),
    }));
    for (const state of [[], others]) {
      expect(of(state, outputs("one")).namespaces).toMatchObject([
        { key: "ns1", name: "one", hubs: [hub("alertinfo")] },
      ]);
    }
  });

  it("has hubs in an existing namespace, which the state knows by its destination", () => {
    const [there, , one] = inNamespace("ns2", "", "deviceinfo");
    const state = [{ ...there, resourceId: namespaceId("theirs") }, one] as InState[];
    expect(of(state).namespaces).toMatchObject([
      {
        key: "ns2",
        name: "theirs",
        resourceGroupName: "group",
        hubs: [hub("deviceinfo")],
        existing: { adoptedHubs: [] },
      },
    ]);
  });

  it("has the groups of the hubs, and the rules of readers", () => {
    const access = (type: string, logicalName: string, name: string): InState => ({
      types: `${component}$a:b:ConsumerAccess$azure-native:eventhub:${type}`,
      logicalName,
      name,
    });
    const state = [
      ...inNamespace("ns1", "one", "deviceinfo", "alertinfo"),
      access("ConsumerGroup", "defender-ns1-deviceinfo-siem", "siem"),
      access("ConsumerGroup", "defender-ns1-alertinfo-siem", "siem"),
      access("EventHubAuthorizationRule", "defender-siem-ns1-deviceinfo", "listen-siem"),
      access("EventHubAuthorizationRule", "defender-siem-ns2-emailevents", "listen-other"),
      access("NamespaceAuthorizationRule", "defender-lake-ns1", "listen-lake"),
    ];
    expect(of([group, ...state]).namespaces[0]?.access).toEqual({
      consumerGroups: ["siem"],
      hubRules: ["listen-siem"],
      namespaceRules: ["listen-lake"],
    });
  });

  it("is nothing where the namespace was never created", () => {
    expect(of([group, { types: destination, logicalName: "defender-ns1" }]).namespaces).toEqual([]);
  });

  it("has the account, the tables of its containers, and the checkpoint stores of the state", () => {
    const state: InState[] = [
      group,
      { types: `${storage}$azure-native:storage:StorageAccount`, logicalName: "defendersa1", name: "acc" },
      {
        types: `${storage}$azure-native:storage:BlobContainer`,
        logicalName: "defender-sa1-deviceinfo",
        name: hub("deviceinfo"),
      },
      {
        types: `${component}$a:b:CheckpointStore$azure-native:storage:StorageAccount`,
        logicalName: "defender1a2b3c4d",
        name: "store",
      },
    ];
    expect(of(state)).toMatchObject({
      account: { name: "acc", resourceGroupName: "group" },
      archivedTables: ["DeviceInfo"],
      checkpointStores: ["defender1a2b3c4d"],
    });
  });
});

it("tells the table of a hub", () => {
  expect(tableOf(hub("deviceinfo"), [])).toBe("DeviceInfo");
  expect(tableOf(hub("newtable"), ["NewTable"])).toBe("NewTable");
  expect(tableOf(hub("newtable"), [])).toBeUndefined();
  expect(tableOf("deviceinfo", [])).toBeUndefined();
});
