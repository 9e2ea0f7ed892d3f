import { expect, it } from "vitest";
import { type Served, testSandbox } from "../engine/testSandbox.ts";

/** A served request with the time of its answer. */
type Timed = Served & { time: string };

interface Encrypted {
  identity: { userAssignedIdentities: Record<string, { principalId: string }> };
  properties: { encryption: Record<string, unknown> };
}

const sandbox = await testSandbox();
const stack = "keys";
const vaultId = `${sandbox.subscription}/resourceGroups/rg-security-keys/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;
const key = { keyVaultId: vaultId, keyName: "defender-streaming", roleDelaySeconds: 2 };
const roleName = "Key Vault Crypto Service Encryption User";
const settings = (changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo"],
    destinations: ["eventHub", "storage"],
    tier: "Premium",
    customerManagedKey: key,
    portalUsers: [{ name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" }],
    ...changes,
  });
};
const outputs = () => sandbox.outputs(stack);
const nothingCreated = async () => {
  const { said, changes } = await sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);
  expect(changes).toEqual([]);
  return said;
};
// One stack lives through all of these, in this order, as a stack of a user's would.

it("refuses a tier without customer-managed keys, with the tier and the fix", async () => {
  settings({ tier: "Standard" });
  expect(await nothingCreated()).toMatch(
    /only on Premium and Dedicated, and the tier is Standard[\s\S]*tier: Premium`, write `encrypts: \[storage\]`/,
  );
});

it("refuses a missing vault or key, before anything is created", async () => {
  settings({ customerManagedKey: { ...key, keyName: "nothing" } });
  expect(await nothingCreated()).toContain("The key nothing is not in the vault kv-contoso-security");
  settings({ customerManagedKey: { ...key, keyVaultId: vaultId.replace("kv-contoso", "kv-nobody") } });
  expect(await nothingCreated()).toContain("There is no key vault with this id");
});

it("reports at once all that is wrong with a vault and a key", async () => {
  const poor = await someVault("kv-poor", { networkAcls: { defaultAction: "Deny", bypass: "None" } });
  const curves = { properties: { kty: "EC", attributes: { enabled: false } } };
  await sandbox.arm("PUT", `${poor}/keys/curves`, "2024-11-01", curves);
  settings({ customerManagedKey: { keyVaultId: poor, keyName: "curves" } });
  const said = await nothingCreated();
  expect(said).toMatch(/5 mistakes/);
  for (const hint of [
    "--enable-purge-protection true",
    "--bypass AzureServices",
    "--enable-rbac-authorization true",
    "--enabled true",
    "--kty RSA",
  ]) {
    expect(said).toContain(hint);
  }
});

it("creates the identity and its role before what it encrypts, and waits until the role takes effect", async () => {
  settings();
  const before = sandbox.served().length;
  await sandbox.up(stack);
  const served = sandbox.served().slice(before) as Timed[];
  const first = (type: string) => {
    const index = served.findIndex(
      ({ method, url }) => method === "PUT" && url.toLowerCase().includes(`/${type.toLowerCase()}/`),
    );
    return { index, time: Date.parse(served[index]?.time ?? "") };
  };
  const role = first("vaults/kv-contoso-security/providers/Microsoft.Authorization/roleAssignments");
  expect(first("userAssignedIdentities").index).toBeLessThan(role.index);
  for (const type of ["namespaces", "storageAccounts"]) {
    expect(first(type).time - role.time).toBeGreaterThanOrEqual(2000);
  }
  expect(first("namespaces").index).toBeLessThan(first("eventhubs").index);
});

it("encrypts both with the newest version of the key, as the identity of the stack", async () => {
  const { namespaces, accounts, requiredRoleAssignments } = await outputs();
  const namespace = await sandbox.arm<Encrypted>("GET", namespaces[0]?.resourceId ?? "");
  const account = await sandbox.arm<Encrypted>("GET", accounts[0]?.resourceId ?? "");
  const [[identityId, identity] = ["", { principalId: "" }]] = Object.entries(
    namespace.identity.userAssignedIdentities,
  );
  expect(namespace.properties.encryption).toEqual({
    keySource: "Microsoft.KeyVault",
    requireInfrastructureEncryption: true,
    keyVaultProperties: [
      {
        keyName: key.keyName,
        keyVaultUri: "https://kv-contoso-security.vault.azure.net/",
        identity: { userAssignedIdentity: identityId },
      },
    ],
  });
  expect(account.properties.encryption).toMatchObject({
    keySource: "Microsoft.Keyvault",
    keyvaultproperties: { keyname: key.keyName, keyvaulturi: "https://kv-contoso-security.vault.azure.net/" },
    identity: { userAssignedIdentity: identityId },
    requireInfrastructureEncryption: true,
  });
  expect(requiredRoleAssignments).toContainEqual(
    expect.objectContaining({
      scope: vaultId,
      role: roleName,
      principalId: identity.principalId,
      managed: true,
    }),
  );
});

it("changes nothing when it is deployed again, and finds no drift", async () => {
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
});

it("stops a namespace from losing its key at the preview", async () => {
  settings({ customerManagedKey: { ...key, encrypts: ["storage"] } });
  const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
  expect(said).toMatch(/protect/i);
  expect(changes).toEqual([]);
});

it("removes the key from the account in place", async () => {
  settings({ customerManagedKey: { ...key, encrypts: ["eventHub"] } });
  expect(await sandbox.preview(stack)).toEqual(["update StorageAccount defendersa1"]);
  await sandbox.up(stack);
  const { accounts } = await outputs();
  const { properties } = await sandbox.arm<Encrypted>("GET", accounts[0]?.resourceId ?? "");
  expect(properties.encryption).toMatchObject({ keySource: "Microsoft.Storage" });
});

it("replaces the namespace if it may be lost, and deletes the identity and its role", async () => {
  settings({ customerManagedKey: undefined, allowDataLoss: ["ns1"] });
  await sandbox.up(stack);
  const { namespaces, requiredRoleAssignments } = await outputs();
  const namespace = await sandbox.arm<Encrypted>("GET", namespaces[0]?.resourceId ?? "");
  expect(namespace.properties.encryption).toBeUndefined();
  expect(requiredRoleAssignments.filter(({ scope }) => scope === vaultId)).toEqual([]);
  const left = (await sandbox.resources()).filter((id) => !id.endsWith("/vaults/kv-poor"));
  expect(left.filter((id) => /userAssignedIdentities|vaults/i.test(id))).toEqual([]);
});

it("needs an identity that has its role if somebody else assigns the roles", async () => {
  settings({ roles: "expect" });
  expect(await nothingCreated()).toContain("Give the id of an identity");

  const userAssignedIdentityId = `${vaultId.split("/providers/")[0] ?? ""}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-streaming`;
  await sandbox.arm("PUT", userAssignedIdentityId, "2023-01-31", { location: "westeurope" });
  settings({ roles: "expect", customerManagedKey: { ...key, userAssignedIdentityId } });
  const said = await nothingCreated();
  const principalId = /--assignee-object-id ([0-9a-f-]{36})/.exec(said)?.[1] ?? "";
  expect(said).toContain(`az role assignment create --role "${roleName}"`);

  const assignment = `${vaultId}/providers/Microsoft.Authorization/roleAssignments/6f1f0a52-3c48-4e9b-b7a5-86e2f4d19c03`;
  await sandbox.arm("PUT", assignment, "2022-04-01", {
    properties: {
      roleDefinitionId: `${sandbox.subscription}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`,
      principalId,
      principalType: "ServicePrincipal",
    },
  });
  settings({
    roles: "expect",
    customerManagedKey: { ...key, userAssignedIdentityId, encrypts: ["storage"] },
  });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => /PUT (roleAssignments|userAssignedIdentities)/.test(change))).toEqual([]);
  expect((await outputs()).requiredRoleAssignments).toContainEqual(
    expect.objectContaining({ scope: vaultId, role: roleName, principalId, managed: false }),
  );
});

it("leaves the vault, the key and the given identity when it is destroyed", async () => {
  await sandbox.ok("state", "unprotect", "--all", "--yes", "--stack", stack);
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
  const left = await sandbox.resources();
  expect(left.filter((id) => id.includes("/defender"))).toEqual([]);
  expect(left.filter((id) => id.includes("/id-streaming"))).toHaveLength(1);
  await sandbox.arm("GET", `${vaultId}/keys/${key.keyName}`, "2024-11-01");
});

/** A vault without purge protection and with access policies, as somebody may have one. */
async function someVault(name: string, properties: object): Promise<string> {
  await sandbox.control("registration", { namespace: "Microsoft.KeyVault", state: "Registered" });
  await sandbox.control("registration", { namespace: "Microsoft.ManagedIdentity", state: "Registered" });
  const id = vaultId.replace("kv-contoso-security", name);
  await sandbox.arm("PUT", id, "2024-11-01", {
    location: "westeurope",
    properties: {
      tenantId: "7c3b1f0e-5a42-4d8b-9e61-2f8d0c94ab17",
      sku: { family: "A", name: "standard" },
      ...properties,
    },
  });
  return id;
}
