import { describe, expect, it } from "vitest";
import { DefenderStreaming } from "../../components/defenderStreaming.ts";
import type { ExistingFacts } from "../../streaming/existing/facts.ts";
import type { CurrentState } from "../../streaming/plan.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { contributor } from "../../streaming/roles/roles.ts";
import type { ExistingAssignment, ExistingGrants } from "../../streaming/roles/existingGrants.ts";
import { storageDefaults } from "../../streaming/storage/account.ts";
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
} from "../streaming/existing/existingFacts.ts";
import { request } from "../streaming/requests.ts";
import { named, resolved, resourcesOf } from "./mocks.ts";
import { streamingArgs } from "./streamingArgs.ts";

const deviceInfo = "insights-logs-advancedhunting-deviceinfo";

function deploy(
  changes: Partial<StreamingRequest>,
  read: Partial<ExistingFacts>,
  current: CurrentState = {},
) {
  const asked = request({
    tables: ["DeviceInfo", "DeviceEvents"],
    consumerGroups: ["siem", "lake"],
    ...changes,
  });
  return resourcesOf(
    () => new DefenderStreaming("defender", streamingArgs(asked, {}, { existing: facts(read), ...current })),
  );
}

describe("an existing namespace", async () => {
  const existing = { namespaces: { ns1: namespaceId() }, adoptHubs: true };
  const there = namespace({ hubs: [hub(deviceInfo, { consumerGroups: { $Default: "", SIEM: "theirs" } })] });
  const { result, asked } = await deploy({ existing }, { namespaces: { ns1: there } });
  const hubs = named(asked, "eventhub:EventHub");

  it("is not a resource of the stack, nor is its rule set, and no empty group is created", () => {
    for (const type of ["eventhub:Namespace", "eventhub:NamespaceNetworkRuleSet", "resources:ResourceGroup"])
      expect(named(asked, type)).toEqual([]);
  });

  it("gets hubs with the stack's mark, in its resource group", () => {
    const made = hubs.find(({ name }) => name.endsWith("deviceevents"));
    expect(made).toMatchObject({
      retainOnDelete: false,
      protect: true,
      inputs: { resourceGroupName: "rg", namespaceName: "contoso", userMetadata: facts().mark },
    });
  });

  it("keeps an adopted hub and its user metadata when the stack is destroyed", () => {
    const adopted = hubs.find(({ name }) => name.endsWith("deviceinfo"));
    expect(adopted).toMatchObject({ retainOnDelete: true, protect: false });
    expect(adopted?.inputs).not.toHaveProperty("userMetadata");
  });

  it("uses an existing consumer group, and creates the others", () => {
    const groups = named(asked, "eventhub:ConsumerGroup").map(({ name }) => name);
    expect(groups).toEqual([
      "defender-ns1-deviceinfo-lake",
      "defender-ns1-deviceevents-siem",
      "defender-ns1-deviceevents-lake",
    ]);
  });

  it("is the resource for the portal and the scope of grants", async () => {
    expect(await resolved(result.outputs.exportSettings)).toMatchObject([{ resourceId: namespaceId() }]);
    expect(await resolved(result.outputs.namespaces)).toMatchObject([
      { name: "contoso", existing: { adoptedHubs: [deviceInfo] } },
    ]);
    expect(named(asked, "authorization:RoleAssignment")).toMatchObject([
      { inputs: { scope: namespaceId() } },
    ]);
  });
});

describe("a role that somebody else assigned", () => {
  const ada = "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11";
  const existing = (changes: Partial<ExistingAssignment> = {}): ExistingGrants => ({
    name: "ns1",
    id: namespaceId(),
    kinds: ["eventHub"],
    assignments: [
      {
        id: "id",
        name: "clicked",
        principalId: ada,
        roleId: contributor.id,
        isConditional: false,
        isOwn: false,
        ...changes,
      },
    ],
  });
  const deployWith = async (existingGrants: ExistingGrants[]) => {
    const siem = {
      name: "siem",
      objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
      principalType: "ServicePrincipal",
    } as const;
    const { result, asked } = await deploy(
      { existing: { namespaces: { ns1: namespaceId() } }, consumers: [siem] },
      { namespaces: { ns1: namespace() } },
      { existingGrants },
    );
    const required = await resolved(result.outputs.requiredRoleAssignments);
    const made = named(asked, "authorization:RoleAssignment").map(({ inputs }) => inputs["principalId"]);
    return { made, managed: required.map(({ role, managed }) => [role, managed]) };
  };

  it("is not assigned again, and is listed as somebody else's; other roles are assigned", async () => {
    const { made, managed } = await deployWith([existing()]);
    expect(made).not.toContain(ada);
    expect(made).toHaveLength(2);
    expect(managed).toEqual([
      ["Contributor", false],
      ["Reader", true],
      ["Azure Event Hubs Data Receiver", true],
    ]);
  });

  it.each([
    ["the existing assignment is the stack's", existing({ isOwn: true })],
    ["the existing assignment is at another scope", { ...existing(), name: "ns2" }],
    ["the existing assignment has a condition", existing({ isConditional: true })],
  ])("is assigned anyway if %s", async (_, scope) => {
    const { made, managed } = await deployWith([scope]);
    expect(made).toHaveLength(3);
    expect(managed.every(([, isManaged]) => isManaged)).toBe(true);
  });
});

describe("an existing account", () => {
  const changes = { destinations: ["storage" as const], existing: { accountId }, consumerGroups: [] };

  it("is not a resource of the stack, nor are its blob service and lifecycle", async () => {
    const { result, asked } = await deploy(changes, { account: account() });
    expect(asked.filter(({ type }) => type.startsWith("azure-native:storage:"))).toEqual([]);
    expect(await resolved(result.outputs.accounts)).toMatchObject([
      { name: "contoso", resourceId: accountId, existing: true },
    ]);
  });

  it("gets the missing containers, on request", async () => {
    const { asked } = await deploy(
      { ...changes, storage: { ...storageDefaults, containers: true } },
      { account: account({ containers: { [deviceInfo]: false } }) },
    );
    expect(named(asked, "storage:BlobContainer").map(({ inputs }) => inputs)).toMatchObject([
      {
        containerName: "insights-logs-advancedhunting-deviceevents",
        resourceGroupName: "rg",
        accountName: "contoso",
        metadata: { madeBy: facts().mark },
      },
    ]);
  });
});

it("creates new resources in an existing resource group", async () => {
  const { asked } = await deploy(
    { existing: { resourceGroupId: group } },
    { resourceGroup: { resourceId: group, name: "rg" } },
  );
  expect(named(asked, "resources:ResourceGroup")).toEqual([]);
  expect(named(asked, "eventhub:Namespace")).toMatchObject([{ inputs: { resourceGroupName: "rg" } }]);
});

it("creates a namespace on a cluster as Standard with the cluster's id, and replaces it for another cluster", async () => {
  const { asked } = await deploy(dedicated, {});
  const [made] = named(asked, "eventhub:Namespace");
  expect(made?.inputs).toMatchObject({ sku: { name: "Standard", capacity: 1 }, clusterArmId: clusterId });
  expect(made?.inputs).not.toHaveProperty("isAutoInflateEnabled");
  expect(made?.replacementTrigger).toBe(`dedicated/westeurope/${clusterId.toLowerCase()}`);
});
