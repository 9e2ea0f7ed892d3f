import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkpointContainerOf } from "../../../streaming/consumers/checkpoints.ts";
import { secretNameOf } from "../../../streaming/consumers/configuration.ts";
import { kindNames } from "../../../streaming/consumers/kinds.ts";
import { provisionOf, shortName } from "../../../streaming/consumers/provision.ts";
import { withoutLocalAuth } from "../../../streaming/consumers/rules.ts";
import type { Consumer } from "../../../streaming/people/principals.ts";
import { plan } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { grants } from "../../../streaming/roles/roles.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import { mistakesWith, request } from "../requests.ts";

const id = (last: number) => `2e84d1f6-b3a9-4705-9c5e-d60b72f8${String(last).padStart(4, "0")}`;
const consumer = (changes: Partial<Consumer> = {}): Consumer => ({
  name: "SIEM",
  objectId: id(1),
  principalType: "ServicePrincipal",
  ...changes,
});
const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-security";
const told = (consumers: Consumer[], changes: Partial<StreamingRequest> = {}) =>
  mistakesWith({ consumers, ...changes }).map(({ key }) => key);
const groupsOf = (consumers: Consumer[], consumerGroups: string[] = []) =>
  plan(request({ tables: ["DeviceInfo"], consumers, consumerGroups })).namespaces[0]?.hubs[0]?.consumerGroups;

describe("without a kind nothing changes:", () => {
  it("a consumer reads through the group of its name, or $Default, and no group is created for it", () => {
    expect(provisionOf(consumer(), ["siem"]).consumerGroup).toBe("siem");
    expect(provisionOf(consumer(), []).consumerGroup).toBe("$Default");
    expect(groupsOf([consumer()], ["lake"])).toEqual(["lake"]);
  });

  it("it has roles, no rule and no checkpoint store", () => {
    expect(provisionOf(consumer(), [])).toMatchObject({
      auth: "entra",
      listens: undefined,
      checkpoint: false,
    });
    expect(grants({ portalUsers: [], consumers: [consumer()] })).toHaveLength(2);
  });
});

describe("a consumer group", () => {
  it("with the consumer's name is on each hub if the consumer has a kind", () => {
    expect(groupsOf([consumer({ kind: "splunk" })])).toEqual(["SIEM"]);
    expect(groupsOf([consumer({ name: "Splunk (east)", kind: "splunk" })])).toEqual(["splunk-east"]);
  });

  it("that the settings name is used, and created once", () => {
    expect(groupsOf([consumer({ kind: "splunk" })], ["siem"])).toEqual(["siem"]);
    expect(groupsOf([consumer({ consumerGroup: "soc" })], ["lake"])).toEqual(["lake", "soc"]);
    expect(groupsOf([consumer({ consumerGroup: "$Default" })])).toEqual([]);
  });

  it("of a Kafka client does not have to be created", () => {
    expect(groupsOf([consumer({ kind: "kafka" })])).toEqual([]);
    expect(provisionOf(consumer({ kind: "kafka" }), []).consumerGroup).toBe("SIEM");
  });

  it("is not created for a consumer that does not read hubs", () => {
    expect(told([consumer({ kind: "splunk", reads: ["storage"] })], { destinations: ["storage"] })).toContain(
      "consumers[0].kind",
    );
  });

  it("must have a name that Azure accepts", () => {
    expect(told([consumer({ consumerGroup: "-soc" })])).toEqual(["consumers[0].consumerGroup"]);
  });

  it("must fit on the tier, together with those of `consumerGroups`", () => {
    const consumerGroups = Array.from({ length: 18 }, (_, index) => `group${index}`);
    const two = [consumer({ kind: "sdk" }), consumer({ name: "lake", kind: "sdk", objectId: id(2) })];
    expect(told(two.slice(0, 1), { consumerGroups })).toEqual([]);
    expect(told(two, { consumerGroups })).toEqual(["consumers[1].kind"]);
    expect(mistakesWith({ consumers: two, consumerGroups })[0]?.rule).toContain("19 consumer groups");
  });

  it("is $Default on Basic, also if the settings name it", () => {
    const basic = { tier: "Basic" } as const;
    expect(told([consumer({ kind: "splunk" })], basic)).toEqual(["consumers[0].kind"]);
    expect(told([consumer({ kind: "splunk", consumerGroup: "$Default" })], basic)).toEqual([]);
  });

  it("is shared by two consumers only if both name it", () => {
    const one = consumer({ kind: "sdk", consumerGroup: "soc" });
    expect(told([one, consumer({ name: "soc", kind: "sdk", objectId: id(2) })])).toEqual([
      "consumers[1].kind",
    ]);
    expect(told([one, consumer({ name: "b", kind: "sdk", consumerGroup: "soc", objectId: id(2) })])).toEqual(
      [],
    );
  });
});

describe("signing in", () => {
  it("uses what the client supports", () => {
    expect(provisionOf(consumer({ kind: "logstash" }), []).auth).toBe("sas");
    expect(provisionOf(consumer({ kind: "elastic" }), []).auth).toBe("entra");
    expect(provisionOf(consumer({ kind: "qradar" }), []).auth).toBe("sas");
  });

  it.each([
    ["logstash", "entra"],
    ["splunk", "sas"],
  ] as const)("as %s does not work with %s, and the fix says what works", (kind, auth) => {
    const [mistake, ...others] = mistakesWith({ consumers: [consumer({ kind, auth })] });
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ key: "consumers[0].auth", value: auth });
    expect(mistake?.fix).toContain(auth === "sas" ? "auth: entra" : "auth: sas");
  });

  it("with a key needs no role on the hubs, and keeps the one on storage", () => {
    const consumers = [consumer({ auth: "sas" })];
    expect(grants({ portalUsers: [], consumers }, ["eventHub"])).toEqual([]);
    expect(grants({ portalUsers: [], consumers }, ["storage"])).toHaveLength(1);
  });

  it("with a key is a mistake if local authentication is off", () => {
    const keys = (changes = {}) =>
      withoutLocalAuth(request({ consumers: [consumer(changes)] })).map(({ key }) => key);
    expect(keys({ auth: "sas" })).toEqual(["consumers[0].auth"]);
    expect(keys({ kind: "logstash" })).toEqual(["consumers[0].auth"]);
    expect(keys()).toEqual([]);
  });

  it("with Entra ID has no key to scope or to reveal", () => {
    expect(told([consumer({ sasScope: "namespace", revealKey: true, deliverKeyTo: vault })])).toEqual([
      "consumers[0].sasScope",
      "consumers[0].deliverKeyTo",
      "consumers[0].revealKey",
    ]);
  });

  it("with a key delivers it to a key vault, which is given by its id only", () => {
    expect(told([consumer({ auth: "sas", deliverKeyTo: vault })])).toEqual([]);
    expect(told([consumer({ auth: "sas", deliverKeyTo: "kv-security" })])).toEqual([
      "consumers[0].deliverKeyTo",
    ]);
  });

  it("with a key has a secret for each rule, with a name that a vault accepts", () => {
    const namespace = "/subscriptions/s/resourceGroups/g/providers/Microsoft.EventHub/namespaces/ns1";
    expect(secretNameOf(`${namespace}/authorizationRules/listen-siem`)).toBe("ns1-listen-siem");
    const hub = `${namespace}/eventhubs/${"x_".repeat(100)}`;
    expect(secretNameOf(`${hub}/authorizationRules/listen-siem`)).toMatch(/^[A-Za-z0-9-]{1,127}$/);
    expect(secretNameOf(`${hub}/authorizationRules/listen-siem`)).not.toBe(
      secretNameOf(`${hub}/authorizationRules/listen-lake`),
    );
  });

  it.each([
    ["hub", 12, {}],
    ["hub", 11, { hubPolicy: true }],
    ["namespace", 11, {}],
  ] as const)("on a %s has room for %i consumers with a rule (%o)", (sasScope, room, changes) => {
    const many = Array.from({ length: room + 1 }, (_, index) =>
      consumer({ name: `c${index}`, auth: "sas", consumerGroup: `c${index}`, sasScope, objectId: id(index) }),
    );
    expect(told(many.slice(0, room), changes)).toEqual([]);
    expect(told(many, changes)).toEqual([`consumers[${room}].auth`]);
  });

  it("through Kafka needs tier Standard", () => {
    expect(told([consumer({ kind: "kafka" })], { tier: "Basic" })).toEqual(["consumers[0].kind"]);
  });
});

describe("a checkpoint store", () => {
  const storeOf = (changes: Partial<Consumer>) => provisionOf(consumer(changes), []).checkpoint;

  it("is created if the kind needs one, unless the settings decline it", () => {
    const withStore = kindNames.filter((kind) => storeOf({ kind }));
    expect(withStore).toEqual(["elastic", "logstash", "qradar", "sdk"]);
    expect(storeOf({ kind: "elastic", checkpointStore: false })).toBe(false);
    expect(storeOf({ checkpointStore: true })).not.toBe(false);
  });

  it("has account keys only for those who sign in with one", () => {
    expect(storeOf({ kind: "elastic" })).toMatchObject({ sharedKey: false });
    expect(storeOf({ kind: "elastic", auth: "sas" })).toMatchObject({ sharedKey: true });
  });

  it("has account keys for Splunk's add-on, which supports nothing else", () => {
    const splunk = { kind: "splunk", checkpointStore: true } as const;
    expect(storeOf(splunk)).toMatchObject({ sharedKey: true });
    expect(provisionOf(consumer(splunk), []).auth).toBe("entra");
  });

  it("that Filebeat looks for in another cloud is a warning", () => {
    const warnings = (changes: Partial<Consumer>, cloud: StreamingRequest["cloud"]) =>
      plan(request({ cloud, consumers: [consumer({ kind: "elastic", ...changes })] })).warnings.join();
    expect(warnings({}, "gccHigh")).toMatch(/SIEM .* in the public cloud, but this stack is in gccHigh/);
    expect(warnings({ auth: "sas" }, "gccHigh")).not.toMatch(/public cloud/);
    expect(warnings({ checkpointStore: false }, "gccHigh")).not.toMatch(/public cloud/);
    expect(warnings({}, "public")).not.toMatch(/public cloud/);
  });

  it("is closed as soon as the settings say who may connect", () => {
    const subnet =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n";
    expect(storeOf({ checkpointStore: true })).toMatchObject({ closed: false });
    expect(storeOf({ checkpointStore: true, allowedIps: ["203.0.113.7"] })).toMatchObject({
      closed: true,
      ipRules: ["203.0.113.7"],
    });
    expect(storeOf({ checkpointStore: { virtualNetworkRules: [subnet] } })).toMatchObject({ closed: true });
    expect(storeOf({ checkpointStore: { privateEndpoint: true } })).toMatchObject({ closed: true });
  });

  it("that is open to all networks is a warning", () => {
    const warnings = (changes: Partial<Consumer>) =>
      plan(request({ consumers: [consumer({ kind: "sdk", ...changes })] })).warnings.join();
    expect(warnings({})).toMatch(/checkpoint store of SIEM is open/);
    expect(warnings({ allowedIps: ["203.0.113.7"] })).not.toMatch(/is open/);
  });

  it("is a mistake with a client that keeps its positions elsewhere", () => {
    expect(told([consumer({ kind: "kafka", checkpointStore: true })])).toEqual([
      "consumers[0].checkpointStore",
    ]);
  });

  it("has a container for the group, or one for each hub where the client mixes them up", () => {
    const container = (kind: "elastic" | "logstash", hub: string) =>
      checkpointContainerOf(provisionOf(consumer({ kind, consumerGroup: "soc" }), []), hub);
    expect(container("elastic", "insights-logs-advancedhunting-deviceinfo")).toBe("checkpoints-soc");
    expect(container("logstash", "insights-logs-advancedhunting-deviceinfo")).toBe(
      "checkpoints-soc-deviceinfo",
    );
  });

  it("has containers with names that Azure accepts, another one for each group and hub", () => {
    const groupName = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,48}[A-Za-z0-9])?$/);
    const hubName = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,80}[A-Za-z0-9])?$/);
    const name = (consumerGroup: string, hub: string) =>
      checkpointContainerOf(provisionOf(consumer({ kind: "logstash", consumerGroup }), []), hub) ?? "";
    fc.assert(
      fc.property(groupName, hubName, hubName, (group, one, other) => {
        expect(name(group, one)).toMatch(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/);
        if (one !== other) expect(name(group, one)).not.toBe(name(group, other));
      }),
    );
  });
});

describe("addresses", () => {
  it("are public, without the suffixes that Azure refuses", () => {
    expect(told([consumer({ allowedIps: ["203.0.113.7/32", "10.0.0.1", "203.0.113.0/24", "x"] })])).toEqual([
      "consumers[0].allowedIps[0]",
      "consumers[0].allowedIps[1]",
      "consumers[0].allowedIps[3]",
    ]);
  });

  it("of consumers that read the storage account pass its firewall", () => {
    const consumers = [consumer({ allowedIps: ["203.0.113.7"] })];
    const asked = request({
      destinations: ["storage"],
      consumers,
      storage: { ...storageDefaults, ipRules: ["203.0.113.0/28"] },
    });
    expect(plan(asked).accounts[0]?.options.ipRules).toEqual(["203.0.113.0/28", "203.0.113.7"]);
  });

  it("are enough to reach the storage account", () => {
    const archive = { destinations: ["storage"], storage: storageDefaults } as const;
    expect(told([consumer({ allowedIps: ["203.0.113.7"] })], archive)).toEqual([]);
    expect(told([consumer()], archive)).toEqual(["storage"]);
  });
});

describe("names of created resources", () => {
  it("are short, and say which consumer they are for", () => {
    expect(shortName("Müller & Søn: SIEM")).toBe("muller-s-n-siem");
    expect(shortName("日本")).toBe("");
  });

  it("differ between two consumers, or one consumer must be renamed", () => {
    const two = (name: string, other: string) =>
      told([
        consumer({ name, auth: "sas", consumerGroup: "a" }),
        consumer({ name: other, auth: "sas", consumerGroup: "b", objectId: id(2) }),
      ]);
    expect(two("SIEM east", "siem-east")).toEqual(["consumers[1].name"]);
    expect(two("SIEM east", "日本")).toEqual(["consumers[1].name"]);
    expect(two("SIEM east", "SIEM west")).toEqual([]);
  });
});
