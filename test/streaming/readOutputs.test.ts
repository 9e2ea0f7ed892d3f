import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Unwrap } from "@pulumi/pulumi";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Outputs } from "../../streaming/outputs.ts";
import { type DeployedOutputs, readOutputs } from "../../streaming/readOutputs.ts";

const group = "/subscriptions/3f9a6d52-81c7-4be0-a5d3-6e10b7c2f48d/resourceGroups/defender1a2b3c4d/providers";
const namespace = (number: number) => ({
  name: `defender-ns${number}`,
  resourceId: `${group}/Microsoft.EventHub/namespaces/defender-ns${number}`,
  fullyQualifiedNamespace: `defender-ns${number}.servicebus.windows.net`,
  tier: "Standard" as const,
  throughputUnits: 1,
  maximumThroughputUnits: 10,
  hubs: ["insights-logs-advancedhunting-deviceinfo"],
});
const account = {
  name: "defendersa1",
  resourceId: `${group}/Microsoft.Storage/storageAccounts/defendersa1`,
  blobEndpoint: "https://defendersa1.blob.core.windows.net/",
  containers: ["insights-logs-advancedhunting-deviceinfo"],
};
const setting = (name: string, resourceId: string, ...eventTypes: string[]) => ({
  name,
  destination: resourceId === account.resourceId ? ("storage" as const) : ("eventHub" as const),
  resourceId,
  hubName: "",
  eventTypes,
});
const nothing: DeployedOutputs = {
  exportSettings: [],
  portal: undefined,
  namespaces: [],
  accounts: [],
  consumers: [],
  consumerConfiguration: [],
  applications: [],
  requiredRoleAssignments: [],
  placement: {},
  warnings: [],
};

/** As a version without keys wrote them. */
const older = {
  exportSettings: [
    setting("contoso-prod-export2", namespace(2).resourceId, "AlertInfo"),
    setting("contoso-prod-export1", namespace(1).resourceId, "DeviceInfo"),
    setting("contoso-prod-storage1", account.resourceId, "DeviceInfo", "AlertInfo"),
  ],
  namespaces: [namespace(2), namespace(1)],
  accounts: [account],
  placement: {
    DeviceInfo: { namespace: "ns1", exportSetting: "export1" },
    AlertInfo: { namespace: "ns2", exportSetting: "export2" },
  },
};

/** The states of stacks as older versions left them. */
const folder = join(import.meta.dirname, "..");
const stacks = globSync(["long/stackOf*.json", "upgrade/*/*/state.json"], { cwd: folder });

/** A stack's outputs, or those of each component in a program that uses the library. */
function outputsIn(file: string): DeployedOutputs[] {
  const { deployment } = JSON.parse(readFileSync(join(folder, file), "utf8")) as {
    deployment: { resources: { type: string; outputs?: Record<string, unknown> }[] };
  };
  const { outputs = {} } = deployment.resources.find(({ type }) => type === "pulumi:pulumi:Stack") ?? {};
  const read = [undefined, ...Object.keys(outputs)].map((output) => readOutputs(outputs, output));
  const found = read.filter(({ exportSettings }) => exportSettings.length > 0);
  expect(found).not.toEqual([]);
  return found;
}

it("names all that the program exports", () => {
  expectTypeOf<keyof typeof import("../../index.ts")>().toEqualTypeOf<keyof Outputs>();
  expectTypeOf<Unwrap<typeof import("../../index.ts").namespaces>>().toExtend<Outputs["namespaces"]>();
});

it("reads what this version writes unchanged, without the secrets", () => {
  const outputs: Outputs = {
    exportSettings: [{ key: "export1", ...setting("one", namespace(1).resourceId, "DeviceInfo") }],
    portal: {
      ...{ url: "https://security.microsoft.com/", otherUrls: [], page: "Streaming API", menu: "" },
      ...{ add: "Add", save: "Submit", recordTime: "" },
      fields: {
        name: "Name",
        eventTypes: "Event types",
        eventHub: { choice: "Forward", resourceId: "Id", hubName: "Hub" },
        storage: { choice: "Forward", resourceId: "Id" },
      },
    },
    namespaces: [{ key: "ns7", ...namespace(1), existing: { adoptedHubs: [] } }],
    accounts: [{ key: "sa1", ...account, existing: true }],
    consumers: [
      {
        name: "siem",
        fullyQualifiedNamespace: "defender-ns1.servicebus.windows.net",
        kafkaBootstrapServer: "defender-ns1.servicebus.windows.net:9093",
        consumerGroup: "$Default",
        hubs: { DeviceInfo: "insights-logs-advancedhunting-deviceinfo" },
      },
    ],
    consumerConfiguration: [
      { name: "siem", kind: "", auth: "sas", consumerGroup: "$Default", sharedAccessRules: [], files: {} },
    ],
    consumerKeys: { siem: { hub: "Endpoint=sb://…" } },
    applications: [{ name: "siem", clientId: "1", tenantId: "2", objectId: "3" }],
    clientSecrets: { siem: "secret" },
    requiredRoleAssignments: [
      {
        scope: namespace(1).resourceId,
        role: "Reader",
        roleDefinitionId: "4",
        principalId: "5",
        principalType: "Group",
        managed: true,
        access: "eligible",
      },
    ],
    placement: { DeviceInfo: { namespace: "ns7", exportSetting: "export1" } },
    warnings: ["One."],
  };
  const { consumerKeys, clientSecrets, ...rest } = outputs;
  expect([consumerKeys, clientSecrets]).not.toEqual([{}, {}]);
  expect(readOutputs(outputs)).toEqual(rest);
  expect(readOutputs({ defender: outputs, group: "rg" }, "defender")).toEqual(rest);
});

describe("outputs of older versions, which have no keys", () => {
  const keys = ({ exportSettings, namespaces, accounts }: DeployedOutputs) =>
    [...exportSettings, ...namespaces, ...accounts].map(({ key }) => key);

  it("get them from the placement and the names of the export settings", () => {
    expect(keys(readOutputs(older))).toEqual(["export2", "export1", "storage1", "ns2", "ns1", "sa1"]);
  });

  it.each(stacks)("get them the same way in %s", (file) => {
    for (const outputs of outputsIn(file)) {
      const places = Object.values(outputs.placement);
      const placed = (key: "namespace" | "exportSetting") => [...new Set(places.map((place) => place[key]))];
      expect(outputs.namespaces.map(({ key }) => key).sort()).toEqual(placed("namespace").sort());
      expect(outputs.exportSettings.map(({ key }) => key).sort()).toEqual(
        [...placed("exportSetting"), ...outputs.accounts.map(() => "storage1")].sort(),
      );
      expect(outputs.accounts.filter(({ key }) => key !== "sa1")).toEqual([]);
      expect(outputs.portal?.url).toMatch(/^https:/);
    }
  });

  it("keep a namespace whose key is unknown", () => {
    const { namespaces } = readOutputs({ namespaces: [namespace(1)] });
    expect(namespaces).toEqual([{ key: "", ...namespace(1) }]);
  });
});

describe("incomplete outputs", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  it("are empty if nothing was deployed", () => {
    for (const none of [undefined, null, {}, [], "text", { defender: 1 }])
      expect(readOutputs(none)).toEqual(nothing);
    expect(readOutputs(older, "defender")).toEqual(nothing);
  });

  it("keep what a failed deployment knew and omit what it did not", () => {
    const failed = { ...older, namespaces: unknown, requiredRoleAssignments: unknown };
    expect(readOutputs(failed)).toEqual({ ...readOutputs(older), namespaces: [] });
  });

  it("omit what another program wrote under the same names", () => {
    const foreign = {
      exportSettings: [null, 1, { name: "csv", eventTypes: "DeviceInfo" }],
      portal: "https://portal.example",
      namespaces: ["default", "kube-system", { name: "web", resourceId: "x", hubs: {} }],
      accounts: { checking: 1 },
      placement: { DeviceInfo: "ns1", AlertInfo: { namespace: 1 } },
      warnings: [1, "One."],
    };
    expect(readOutputs(foreign)).toEqual({ ...nothing, warnings: ["One."] });
  });
});
