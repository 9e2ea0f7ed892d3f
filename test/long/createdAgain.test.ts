import { beforeAll, describe, expect, it, vi } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

/** What follows from another resource follows also after somebody has deleted that one. */

const sandbox = await testSandbox();
const stack = "derived";
const groups = `${sandbox.subscription}/resourceGroups`;
const vaultId = `${groups}/rg-security-keys/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;
const settings = (changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo"],
    tier: "Premium",
    destinations: ["eventHub", "storage"],
    protect: false,
    customerManagedKey: { keyVaultId: vaultId, keyName: "defender-streaming", roleDelaySeconds: 1 },
    storage: { immutability: { days: 1 } },
    consumers: [
      {
        name: "siem",
        objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
        principalType: "ServicePrincipal",
        kind: "logstash",
        deliverKeyTo: vaultId,
        reads: ["eventHub"],
      },
      { name: "app", reads: ["eventHub"], application: { clientSecret: { endDate: "2027-01-31" } } },
    ],
    ...changes,
  });
};

interface State {
  deployment: { resources: { urn: string; type: string; id?: string; outputs?: Record<string, unknown> }[] };
}
const state = async () =>
  (JSON.parse(await sandbox.ok("stack", "export", "--show-secrets", "--stack", stack)) as State).deployment
    .resources;
const idOf = async (type: string, name = "") =>
  (await state()).find((one) => one.type.endsWith(`:${type}`) && one.urn.includes(name))?.id ?? "";
const version: [RegExp, string][] = [
  [/Microsoft\.Storage/i, "2024-01-01"],
  [/roleAssignments/i, "2022-04-01"],
  [/Microsoft\.EventHub/i, "2024-01-01"],
  [/Microsoft\.KeyVault/i, "2024-11-01"],
  [/Microsoft\.ManagedIdentity/i, "2023-01-31"],
  [/privateDnsZones/i, "2024-06-01"],
  [/Microsoft\.Network/i, "2024-05-01"],
];
const apiVersion = (id: string) => version.find(([pattern]) => pattern.test(id))?.[1] ?? "2024-01-01";
/** Somebody deletes it, and Azure has finished. */
async function deletes(id: string): Promise<void> {
  expect(id).not.toBe("");
  await sandbox.arm("DELETE", id, apiVersion(id));
  await vi.waitFor(
    async () => {
      const there = Object.keys(await sandbox.inventory());
      expect(there.filter((one) => one.toLowerCase() === id.toLowerCase())).toEqual([]);
    },
    { timeout: 60_000, interval: 500 },
  );
}
/** What was deployed stands again, as the state says. */
async function repairs(): Promise<void> {
  await sandbox.up(stack);
  const there = new Set(Object.keys(await sandbox.inventory()).map((id) => id.toLowerCase()));
  const ids = (await state()).flatMap(({ id = "", type }) =>
    type.startsWith("azure-native:") && id.startsWith("/subscriptions/") ? [id.toLowerCase()] : [],
  );
  expect(ids.filter((id) => !there.has(id))).toEqual([]);
}

/** The vault got the key of the shared access rule that is there now: the rule was written before. */
async function expectDelivered(): Promise<void> {
  const [told] = (await sandbox.outputs(stack)).consumerConfiguration;
  const { ruleId = "", secretId = "" } = told?.sharedAccessRules[0] ?? {};
  const writes = sandbox
    .served()
    .filter(({ method, status }) => method === "PUT" && status < 300)
    .map(({ url }) => url.toLowerCase());
  const last = (id: string) => writes.findLastIndex((url) => url.includes(id.toLowerCase()));
  expect(last(ruleId)).toBeGreaterThan(-1);
  expect(last(secretId)).toBeGreaterThan(last(ruleId));
  const secret = await sandbox.arm("GET", secretId, "2024-11-01");
  expect(secret).toMatchObject({ properties: { attributes: { enabled: true } } });
}

async function expectImmutable(): Promise<void> {
  const [account] = (await sandbox.outputs(stack)).accounts;
  const container = `${account?.resourceId ?? ""}/blobServices/default/containers/${account?.containers[0] ?? ""}`;
  expect(await sandbox.arm("GET", `${container}/immutabilityPolicies/default`)).toMatchObject({
    properties: { immutabilityPeriodSinceCreationInDays: 1 },
  });
}

/** The reader's roles are those of its service principal, and it has one secret. */
async function expectAccess(): Promise<void> {
  const { applications, requiredRoleAssignments } = await sandbox.outputs(stack);
  const [app] = applications;
  const roles = (await state()).filter(
    ({ type, outputs }) => type.endsWith(":RoleAssignment") && outputs?.["principalId"] === app?.objectId,
  );
  expect(roles).toHaveLength(
    requiredRoleAssignments.filter(({ principalId }) => principalId === app?.objectId).length,
  );
  expect(roles.length).toBeGreaterThan(0);
  const path = `applications(appId='${app?.clientId ?? ""}')`;
  const { passwordCredentials } = await sandbox.graph<{ passwordCredentials: unknown[] }>("GET", path);
  expect(passwordCredentials).toHaveLength(1);
}

/** What is encrypted uses the stack's identity, which has its role on the vault. */
async function expectEncrypted(): Promise<void> {
  const identity = await idOf("UserAssignedIdentity");
  for (const id of [await idOf("Namespace", "defender-ns1"), await idOf("StorageAccount", "defendersa1")]) {
    const used = await sandbox.arm<{ identity: { userAssignedIdentities: object } }>("GET", id);
    const ids = Object.keys(used.identity.userAssignedIdentities);
    expect(ids.map((one) => one.toLowerCase())).toEqual([identity.toLowerCase()]);
  }
  const { properties } = await sandbox.arm<{ properties: { principalId: string } }>(
    "GET",
    identity,
    "2023-01-31",
  );
  const role = (await state()).find(
    ({ type, urn }) => type.endsWith(":RoleAssignment") && urn.includes("key-vault"),
  );
  expect(role?.outputs).toMatchObject({ principalId: properties.principalId });
}

const application = async (kind: "applications" | "servicePrincipals") => {
  const [app] = (await sandbox.outputs(stack)).applications;
  await sandbox.graph("DELETE", `${kind}(appId='${app?.clientId ?? ""}')`);
};

// One stack lives through all of these, in this order, as a stack of a user's would.

describe("after somebody deleted", () => {
  beforeAll(async () => {
    settings();
    await sandbox.up(stack);
  });

  it("a shared access rule, containers and an application, all that follows from them is right again", async () => {
    await deletes(await idOf("EventHubAuthorizationRule"));
    await deletes(await idOf("BlobContainer", "defender-sa1-deviceinfo"));
    await deletes(await idOf("BlobContainer", "checkpoints"));
    await application("applications");
    await repairs();
    await expectDelivered();
    await expectImmutable();
    await expectAccess();
  });

  it("a hub, accounts and a service principal, all that follows from them is right again", async () => {
    await deletes(await idOf("EventHub"));
    await deletes(await idOf("StorageAccount", "defendersa1"));
    await deletes(await idOf("StorageAccount", "CheckpointStore"));
    await application("servicePrincipals");
    await repairs();
    await expectDelivered();
    await expectImmutable();
    await expectAccess();
  });

  it("a namespace and the identity that encrypts, all that follows from them is right again", async () => {
    await deletes(await idOf("Namespace"));
    await deletes(await idOf("UserAssignedIdentity"));
    await repairs();
    await expectDelivered();
    await expectAccess();
    await expectEncrypted();
    await sandbox.up(stack, "--expect-no-changes");
  });
});

describe("after this stack replaced", () => {
  it("the namespace, all that follows from it is right", async () => {
    settings({ customerManagedKey: undefined });
    await repairs();
    await expectDelivered();
    await expectAccess();
  });

  it("a hub, its groups, its rules and the key that is delivered are new", async () => {
    settings({ customerManagedKey: undefined, partitionCount: 2 });
    await repairs();
    await expectDelivered();
    await sandbox.up(stack, "--expect-no-changes");
  });
});
