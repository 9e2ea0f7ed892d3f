import { describe, expect, it } from "vitest";
import { autonamingKey } from "../../../streaming/naming/autonaming.ts";
import {
  canBeAsked,
  hostNameMistakes,
  hostNameNotices,
  type NameAvailability,
} from "../../../streaming/naming/hostNameChecks.ts";
import { checkpointStoreName } from "../../../streaming/naming/accountBaseName.ts";
import { groupForm, hostsOf, noneSettled, type SettledHosts } from "../../../streaming/naming/hostNames.ts";
import { plan } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { request } from "../requests.ts";

const siem = {
  name: "SIEM",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal" as const,
  kind: "elastic" as const,
};
const stackOf = (autonaming?: unknown) => ({
  project: "defender-streaming",
  stack: "prod",
  organization: "acme",
  config: (autonaming === undefined ? {} : { [autonamingKey]: JSON.stringify(autonaming) }) as Record<
    string,
    string
  >,
});
const verbatim = { mode: "verbatim" };

function hostsWith(
  autonaming: unknown,
  changes: Partial<StreamingRequest> = {},
  settled: SettledHosts = noneSettled,
) {
  const asked = request({ tables: ["DeviceInfo"], destinations: ["eventHub", "storage"], ...changes });
  return hostsOf("defender", plan(asked), stackOf(autonaming), settled);
}

/** What is said when Azure gives each host's name the same availability. */
function saidOf(
  autonaming: unknown,
  availability?: NameAvailability,
  changes: Partial<StreamingRequest> = {},
  settled: SettledHosts = noneSettled,
) {
  const hosts = hostsWith(autonaming, changes, settled).map((host) => ({
    ...host,
    availability: canBeAsked(host) ? availability : undefined,
  }));
  const hostNames = { hosts, group: groupForm("defender", {}, stackOf(autonaming), settled) };
  return { mistakes: hostNameMistakes({ hostNames }), notices: hostNameNotices({ hostNames }) };
}

describe("hosts", () => {
  it("are the namespaces, the account and the checkpoint stores that will be created", () => {
    const all = hostsWith(verbatim, { consumers: [siem], storage: undefined, destinations: ["eventHub"] });
    expect(all.map(({ what, naming }) => [what, naming.name])).toEqual([
      ["the namespace ns1", "defender-ns1"],
      ["the checkpoint store of SIEM", expect.stringMatching(/^defender[0-9a-f]{8}$/)],
    ]);
    expect(hostsWith(verbatim).map(({ naming }) => naming.name)).toEqual(["defender-ns1", "defendersa1"]);
  });

  it("are not those that the stack has created already", () => {
    const settled = {
      deployed: { ns1: { existing: false } },
      own: ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a"],
      checkpointStores: [checkpointStoreName("defender", "siem")],
    };
    expect(hostsWith(verbatim, { consumers: [{ ...siem, reads: ["eventHub"] }] }, settled)).toEqual([]);
  });
});

describe("a name", () => {
  const id = (group: string) =>
    `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/defendersa1`;

  it("with random digits is not checked", () => {
    expect(hostsWith(undefined).some(canBeAsked)).toBe(false);
    expect(saidOf(undefined)).toEqual({ mistakes: [], notices: [] });
  });

  it("that is taken somewhere in Azure is a mistake, with a pattern that gives free names", () => {
    const { mistakes } = saidOf(verbatim, { is: "taken" });
    expect(mistakes.map(({ key, value }) => [key, value])).toEqual([
      [autonamingKey, "defender-ns1"],
      [autonamingKey, "defendersa1"],
    ]);
    expect(mistakes[1]?.rule).toContain("unique in all of Azure");
    expect(mistakes[1]?.fix).toContain(
      'pulumi:autonaming: {providers: {azure-native: {resources: {"azure-native:storage:StorageAccount": {pattern: "${name}${hex(8)}"}}}}}',
    );
  });

  it("that is taken in another group of the subscription is a mistake with the id of its owner", () => {
    const { mistakes, notices } = saidOf(verbatim, { is: "taken", by: id("rg-others") });
    expect(mistakes[1]?.rule).toContain(id("rg-others"));
    expect(notices).toEqual([]);
  });

  it("that is taken in a group like the stack's may be the stack's, from a deployment that failed", () => {
    const { mistakes, notices } = saidOf(verbatim, { is: "taken", by: id("defender") });
    expect(mistakes).toEqual([]);
    expect(notices[1]).toContain(id("defender"));
    const resources = { "azure-native:storage:StorageAccount": { mode: "verbatim" } };
    const special = { providers: { "azure-native": { resources } } };
    expect(saidOf(special, { is: "taken", by: id("defender12ab34cd") }).mistakes).toEqual([]);
    expect(saidOf(special, { is: "taken", by: id("defender-other") }).mistakes).toHaveLength(1);
  });

  it("that is taken beside the stack's other resources may be the stack's, whatever its rule for names is today", () => {
    const own = [
      "/subscriptions/s/resourceGroups/Defender12ab34cd/providers/Microsoft.EventHub/namespaces/n",
    ];
    const settled = { ...noneSettled, deployed: { ns1: { existing: false } }, own };
    const taken = (group: string) => saidOf(verbatim, { is: "taken", by: id(group) }, {}, settled);
    expect(taken("defender12ab34cd").mistakes).toEqual([]);
    expect(taken("defender12ab34cd2").mistakes).toHaveLength(1);
    expect(taken("defender").mistakes).toEqual([]);
  });

  it("that Azure refuses is a mistake in Azure's words", () => {
    expect(saidOf(verbatim, { is: "refused", why: "It is reserved." }).mistakes[0]?.rule).toContain(
      "It is reserved.",
    );
  });

  it("that could not be checked gives a warning, and stops nothing", () => {
    const { mistakes, notices } = saidOf(verbatim, { is: "unknown", why: "No permission." });
    expect(mistakes).toEqual([]);
    expect(notices[0]).toMatch(/defender-ns1.*No permission\./);
  });

  it.each([
    ["a hyphen in an account's", "${name}-${stack}", ["defendersa1-prod"]],
    ["a hyphen that Pulumi adds", "n${uuid}", [/^n0{8}-/]],
    ["too many letters", "${name}${hex(40)}", [/ns10{40}/, /sa10{40}/]],
    ["a digit that may come first", "${hex(4)}${name}", ["0000defender-ns1"]],
  ])("with %s breaks Azure's rule, whether it is taken or not", (_, pattern, names) => {
    const values = saidOf({ pattern }).mistakes.map(({ value }) => value);
    expect(values).toHaveLength(names.length);
    names.forEach((name, index) => {
      expect(values[index]).toMatch(name);
    });
  });

  it("can be used only once", () => {
    const tables = request().tables;
    const { mistakes } = saidOf({ pattern: "contosoevents" }, { is: "free" }, { tables });
    expect(mistakes.map(({ rule }) => rule)).toEqual([
      "The namespace ns1 and the namespace ns2 would have the same name.",
      "The namespace ns1 and the namespace ns3 would have the same name.",
    ]);
  });

  it("is needed, so names cannot be disabled", () => {
    expect(saidOf({ mode: "disabled" }).mistakes).toHaveLength(2);
  });
});
