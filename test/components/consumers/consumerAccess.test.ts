import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { DefenderStreaming, type DefenderStreamingArgs } from "../../../components/defenderStreaming.ts";
import type { Consumer } from "../../../streaming/people/principals.ts";
import { request } from "../../streaming/requests.ts";
import { named, resolved, resourcesOf, tenant } from "../mocks.ts";
import { streamingArgs } from "../streamingArgs.ts";

const siem: Consumer = {
  name: "SIEM",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const tables = ["DeviceInfo", "AlertInfo"];

function deploy(changes: Partial<Consumer>, args: Partial<DefenderStreamingArgs> = {}) {
  const asked = request({ tables, portalUsers: [], consumers: [{ ...siem, ...changes }] });
  return resourcesOf(() => new DefenderStreaming("defender", streamingArgs(asked, args)));
}

describe("a consumer without a kind", async () => {
  const { result, asked } = await deploy({});

  it("gets its roles, and nothing else is created or reported", async () => {
    expect(named(asked, "authorization:RoleAssignment")).toHaveLength(2);
    expect(asked.filter(({ type }) => /AuthorizationRule|StorageAccount|ConsumerAccess/.test(type))).toEqual(
      [],
    );
    expect(await resolved(result.outputs.consumerConfiguration)).toEqual([]);
    expect(await resolved(result.outputs.consumerKeys)).toEqual({});
  });
});

describe("a SIEM that only takes connection strings", async () => {
  const { result, asked } = await deploy({ kind: "logstash", allowedIps: ["203.0.113.0/28"] });

  it("gets a rule with exactly Listen on each hub, and no role there", () => {
    expect(
      named(asked, "eventhub:EventHubAuthorizationRule").map(({ inputs }) => [
        inputs["eventHubName"],
        inputs["authorizationRuleName"],
        inputs["rights"],
      ]),
    ).toEqual([
      ["insights-logs-advancedhunting-deviceinfo", "listen-siem", ["Listen"]],
      ["insights-logs-advancedhunting-alertinfo", "listen-siem", ["Listen"]],
    ]);
    const scopes = named(asked, "authorization:RoleAssignment").map(({ inputs }) => inputs["scope"]);
    expect(scopes.filter((scope) => !String(scope).includes("/containers/"))).toEqual([]);
  });

  it("gets a consumer group on each hub", () => {
    const groups = named(asked, "eventhub:ConsumerGroup").map(({ inputs }) => inputs["consumerGroupName"]);
    expect(groups).toEqual(["SIEM", "SIEM"]);
  });

  it("gets its own unprotected account, closed to all others, without soft delete and versions", () => {
    const [account, ...others] = named(asked, "storage:StorageAccount");
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      protect: false,
      inputs: {
        sku: { name: "Standard_ZRS" },
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: true,
        minimumTlsVersion: "TLS1_2",
        networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "203.0.113.0/28" }] },
      },
    });
    expect(named(asked, "storage:BlobServiceProperties")).toMatchObject([
      {
        retainOnDelete: true,
        inputs: {
          isVersioningEnabled: false,
          deleteRetentionPolicy: { enabled: false },
          containerDeleteRetentionPolicy: { enabled: false },
        },
      },
    ]);
  });

  it("gets a container for the group of each hub, with Storage Blob Data Contributor on it", async () => {
    const containers = ["checkpoints-siem-deviceinfo", "checkpoints-siem-alertinfo"];
    const made = named(asked, "storage:BlobContainer").map(({ inputs }) => inputs["containerName"]);
    expect(made).toHaveLength(2);
    const roles = await resolved(result.outputs.requiredRoleAssignments);
    expect(roles.map(({ role }) => role)).toEqual(containers.map(() => "Storage Blob Data Contributor"));
    expect(roles.map(({ scope }) => scope.split("/").at(-1))).toEqual(made);
  });

  it("needs Microsoft.Storage, although nothing is archived", () => {
    const registered = asked.filter(({ type }) => type.endsWith(":ProviderRegistration"));
    expect(registered.map(({ inputs }) => inputs["namespace"])).toContain("Microsoft.Storage");
  });

  it("has the ids of its rules, the commands that show the keys, and its configuration in the outputs, but no key", async () => {
    const [told] = await resolved(result.outputs.consumerConfiguration);
    expect(told).toMatchObject({ name: "SIEM", kind: "logstash", auth: "sas", consumerGroup: "SIEM" });
    expect(told?.sharedAccessRules[0]).toMatchObject({
      ruleId: expect.stringMatching(
        /\/eventhubs\/insights-logs-advancedhunting-deviceinfo\/authorizationRules\/listen-siem$/,
      ) as string,
      command: expect.stringContaining("--namespace-name defender-ns1 --eventhub-name") as string,
    });
    expect(told?.checkpointStore?.command).toContain("az storage account show-connection-string");
    expect(told?.files["logstash.conf"]).toContain('consumer_group => "SIEM"');
    expect(JSON.stringify(told)).not.toContain("SharedAccessKey=");
    expect(await resolved(result.outputs.consumerKeys)).toEqual({});
  });
});

describe("a key", () => {
  it("for all hubs of a namespace comes from a rule with the consumer's name", async () => {
    const { asked, result } = await deploy({ auth: "sas", sasScope: "namespace" });
    expect(named(asked, "eventhub:EventHubAuthorizationRule")).toEqual([]);
    expect(named(asked, "eventhub:NamespaceAuthorizationRule")).toMatchObject([
      { inputs: { authorizationRuleName: "listen-siem", rights: ["Listen"] } },
    ]);
    const [told] = await resolved(result.outputs.consumerConfiguration);
    expect(told?.sharedAccessRules).toMatchObject([{ hub: "" }]);
  });

  it("that the settings reveal is a secret output, by consumer and hub", async () => {
    const { result } = await deploy({ auth: "sas", revealKey: true });
    const keys = result.outputs.consumerKeys;
    expect(await pulumi.isSecret(keys)).toBe(true);
    expect(await resolved(keys)).toMatchObject({
      SIEM: {
        "insights-logs-advancedhunting-deviceinfo": expect.stringContaining("SharedAccessKey=k") as string,
      },
    });
  });
});

it("delivers the connection string of each rule to the key vault, and outputs the secret's name", async () => {
  const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-security";
  const { asked, result } = await deploy({ auth: "sas", deliverKeyTo: vault });
  const deliveries = asked.filter(({ type }) => type.endsWith(":KeyDelivery"));
  expect(deliveries).toHaveLength(2);
  for (const { inputs, deleteBeforeReplace } of deliveries) {
    expect(inputs).toMatchObject({ vaultId: vault });
    // A deletion disables the secret, which may be the one that was just delivered.
    expect(deleteBeforeReplace).toBe(true);
  }
  const registered = asked.filter(({ type }) => type.endsWith(":ProviderRegistration"));
  expect(registered.map(({ inputs }) => inputs["namespace"])).toContain("Microsoft.KeyVault");
  const [told] = await resolved(result.outputs.consumerConfiguration);
  expect(told?.sharedAccessRules[0]?.secretId).toBe(`${vault}/secrets/defender-ns1-deviceinfo-listen-siem`);
});

describe("a checkpoint store with Entra ID", () => {
  it("has no account keys, one container, and uses zones if the region has them", async () => {
    const { asked } = await deploy({ kind: "elastic" }, { location: "westus" });
    expect(named(asked, "storage:StorageAccount")).toMatchObject([
      {
        inputs: {
          sku: { name: "Standard_LRS" },
          allowSharedKeyAccess: false,
          networkRuleSet: { defaultAction: "Allow" },
        },
      },
    ]);
    expect(named(asked, "storage:BlobContainer")).toHaveLength(1);
  });

  it("is in the outputs without a key, with the tenant to sign in to", async () => {
    const { result } = await deploy({ kind: "elastic" });
    const [told] = await resolved(result.outputs.consumerConfiguration);
    expect(told).toMatchObject({ sharedAccessRules: [], checkpointStore: { command: "" } });
    expect(told?.files["filebeat.yml"]).toContain(`tenant_id: "${tenant}"`);
  });
});
