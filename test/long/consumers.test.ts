import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "siem";
const hub = "insights-logs-advancedhunting-deviceinfo";
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const consumers = (...list: Record<string, unknown>[]) => {
  sandbox.configure(stack, { tables: ["DeviceInfo", "AlertInfo"], protect: false, consumers: list });
};
const vault = `${sandbox.subscription}/resourceGroups/rg-security-keys/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;
const outputs = () => sandbox.outputs(stack);
const lake = {
  name: "lake",
  objectId: "f7b93c05-48e6-4d12-a0f7-19c8e2d45b6a",
  principalType: "ServicePrincipal",
};

// One stack lives through all of these, in this order, as a stack of a user's would.

it("outputs nothing for consumers that only need roles", async () => {
  consumers(siem);
  await sandbox.up(stack);
  expect(await outputs()).toMatchObject({ consumerConfiguration: [], consumerKeys: {} });
});

it("gives a SIEM with connection strings its rules, group and checkpoint store, and changes nothing else", async () => {
  consumers({ ...siem, kind: "logstash", allowedIps: ["203.0.113.16/28"] });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => change.startsWith("PUT ")).sort()).toEqual([
    "PUT authorizationRules/listen-siem",
    "PUT authorizationRules/listen-siem",
    "PUT blobServices/default",
    "PUT consumergroups/siem",
    "PUT consumergroups/siem",
    "PUT containers/checkpoints-siem-alertinfo",
    "PUT containers/checkpoints-siem-deviceinfo",
    expect.stringMatching(/^PUT roleAssignments\//),
    expect.stringMatching(/^PUT roleAssignments\//),
    expect.stringMatching(/^PUT storageAccounts\/defender[0-9a-f]+$/),
  ]);
  // With a key it needs no role on the namespace any more.
  expect(changes.filter((change) => change.startsWith("DELETE roleAssignments/"))).toHaveLength(2);
  await sandbox.up(stack, "--expect-no-changes");
  await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
});

it("outputs rules whose keys can only listen to one hub, and keeps no key anywhere", async () => {
  const [told] = (await outputs()).consumerConfiguration;
  const rule = told?.sharedAccessRules.find((one) => one.hub === hub);
  const ruleId = rule?.ruleId ?? "";
  expect(await sandbox.arm("GET", ruleId)).toMatchObject({ properties: { rights: ["Listen"] } });
  const keys = await sandbox.arm<{ primaryConnectionString: string; primaryKey: string }>(
    "POST",
    `${ruleId}/listKeys`,
  );
  expect(keys.primaryConnectionString).toContain(`EntityPath=${hub}`);
  const state = await sandbox.ok("stack", "export", "--show-secrets", "--stack", stack);
  expect(state).toContain(ruleId);
  expect(state).not.toContain(keys.primaryKey);
  expect(told?.files["logstash.conf"]).toContain(`"${hub}" =>`);
});

it("keeps checkpoints in an account that is closed to all others and keeps nothing after deletion", async () => {
  const [told] = (await outputs()).consumerConfiguration;
  const id = told?.checkpointStore?.resourceId ?? "";
  expect(await sandbox.arm("GET", id)).toMatchObject({
    properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.16/28" }] } },
  });
  expect(await sandbox.arm("GET", `${id}/blobServices/default`)).toMatchObject({
    properties: {
      deleteRetentionPolicy: { enabled: false },
      containerDeleteRetentionPolicy: { enabled: false },
    },
  });
  expect((await outputs()).requiredRoleAssignments).toMatchObject([
    {
      role: "Storage Blob Data Contributor",
      scope: `${id}/blobServices/default/containers/checkpoints-siem-deviceinfo`,
    },
    {
      role: "Storage Blob Data Contributor",
      scope: `${id}/blobServices/default/containers/checkpoints-siem-alertinfo`,
    },
  ]);
});

it("delivers keys to a key vault, and keeps them out of the state", async () => {
  consumers({ ...siem, kind: "logstash", allowedIps: ["203.0.113.16/28"], deliverKeyTo: vault });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => change.startsWith("PUT "))).toHaveLength(2);
  const [told] = (await outputs()).consumerConfiguration;
  const rule = told?.sharedAccessRules.find((one) => one.hub === hub);
  const put = sandbox
    .served()
    .find(({ method, url }) => method === "PUT" && url.includes(rule?.secretId ?? "?"));
  expect(put?.requestBody).toMatchObject({
    properties: {
      value: expect.stringMatching(/SharedAccessKeyName=listen-siem;.*EntityPath=insights/) as string,
    },
  });
  expect(await sandbox.arm("GET", rule?.secretId ?? "", "2024-11-01")).toMatchObject({
    properties: { attributes: { enabled: true } },
  });
  const { primaryKey } = await sandbox.arm<{ primaryKey: string }>("POST", `${rule?.ruleId ?? ""}/listKeys`);
  expect(await sandbox.ok("stack", "export", "--show-secrets", "--stack", stack)).not.toContain(primaryKey);
  await sandbox.up(stack, "--expect-no-changes");
  await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
});

it("says which key vault does not exist", async () => {
  consumers({ ...siem, kind: "logstash", allowedIps: ["203.0.113.16/28"], deliverKeyTo: `${vault}-2` });
  const result = await sandbox.run("up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack);
  expect(result.code).not.toBe(0);
  expect(result.stdout + result.stderr).toContain(`defender-streaming:consumers[0].deliverKeyTo: ${vault}-2`);
  expect(result.stdout + result.stderr).toContain(`There is no key vault ${vault.split("/").at(-1) ?? ""}-2`);
});

it("reveals a key as a secret on request", async () => {
  consumers({ ...siem, kind: "logstash", allowedIps: ["203.0.113.16/28"], revealKey: true });
  await sandbox.up(stack);
  const keys = JSON.parse(
    await sandbox.ok("stack", "output", "consumerKeys", "--json", "--show-secrets", "--stack", stack),
  ) as { siem: Record<string, string> };
  expect(keys.siem[hub]).toMatch(/SharedAccessKeyName=listen-siem;SharedAccessKey=.+;EntityPath=/);
  expect((await outputs()).consumerKeys).toBe("[secret]");
  await sandbox.up(stack, "--expect-no-changes");
});

it("adds another consumer without a change to the first one's", async () => {
  consumers(
    { ...siem, kind: "logstash", allowedIps: ["203.0.113.16/28"] },
    { ...lake, kind: "sdk", allowedIps: ["203.0.113.32/28"] },
  );
  const preview = await sandbox.preview(stack);
  expect(preview.filter((step) => !step.startsWith("create "))).toEqual([]);
  await sandbox.up(stack);
  await sandbox.up(stack, "--expect-no-changes");
});

it("reports all mistakes of consumers before anything is touched", async () => {
  consumers(
    { ...siem, kind: "logstash", auth: "entra" },
    { ...lake, kind: "kafka", checkpointStore: true, allowedIps: ["203.0.113.7/32"] },
  );
  const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
  expect(said).toMatch(/consumers\[0\]\.auth: entra[\s\S]*fix: Write `auth: sas`/);
  expect(said).toContain("consumers[1].checkpointStore");
  expect(said).toContain("consumers[1].allowedIps[0]");
  expect(changes).toEqual([]);
});

it("writes the policies of a hub one after the other, because Azure loses some of those that overlap", async () => {
  const beside = "beside";
  const sas = [siem, lake].map((one) => ({ ...one, kind: "logstash", auth: "sas" }));
  sandbox.configure(beside, { tables: ["DeviceInfo"], protect: false, hubPolicy: true, consumers: sas });
  await sandbox.control("conditions", { overlaps: 0.3 });
  await sandbox.up(beside);
  const { consumerConfiguration } = await sandbox.outputs(beside);
  const rules = consumerConfiguration.flatMap(({ sharedAccessRules }) => sharedAccessRules);
  expect(rules).toHaveLength(2);
  for (const { ruleId } of rules) expect(await sandbox.arm("GET", ruleId)).toHaveProperty("id");
  await sandbox.up(beside, "--expect-no-changes");
  await sandbox.control("conditions", { overlaps: 0 });
  await sandbox.ok("destroy", "--yes", "--skip-preview", "--non-interactive", "--stack", beside);
});

it("removes everything with the consumers", async () => {
  consumers();
  await sandbox.up(stack);
  const left = (await sandbox.resources()).filter((id) => /storageAccounts|roleAssignments/.test(id));
  expect(left).toEqual([]);
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
  expect(await sandbox.resources()).toEqual([]);
});

it("leaves no connection string in what it wrote to disk", () => {
  const log = readFileSync(join(sandbox.directory, "requests.jsonl"), "utf8");
  expect(log).not.toMatch(/SharedAccessKey=[A-Za-z0-9+/]{20}/);
});
