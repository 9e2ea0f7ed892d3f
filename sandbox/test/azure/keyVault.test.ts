import { beforeAll, describe, expect, test } from "vitest";

import { tenantId } from "../../azure/tenant.ts";
import { message, refusal, type Reply, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group("rg-keys");
const vaultOf = (name: string) => `${group}/providers/Microsoft.KeyVault/vaults/${name}`;
const sku = { family: "A", name: "standard" };
const version = "2024-11-01";
const send = (method: string, path: string, body?: unknown) => azure.arm(method, path, body, version);
const fit = { tenantId, sku, enableRbacAuthorization: true, enablePurgeProtection: true };

async function vault(name: string, properties: object = fit): Promise<string> {
  const made = await send("PUT", vaultOf(name), { location: "westus", properties });
  if (made.status !== 200) throw new Error(JSON.stringify(made.body));
  return vaultOf(name);
}

const key = (vaultId: string, properties: object = { kty: "RSA" }) =>
  send("PUT", `${vaultId}/keys/stream`, { properties });

beforeAll(async () => {
  for (const namespace of ["KeyVault", "ManagedIdentity", "Storage", "EventHub"]) {
    const registered = { namespace: `Microsoft.${namespace}`, state: "Registered" };
    await azure.control("POST", "registration", registered);
  }
});

describe("a key vault", () => {
  test("has soft delete, an address, and purge protection only on request", async () => {
    const made = await send("GET", await vault("plain-one", { tenantId, sku }));
    expect(made.body).toMatchObject({
      location: "westus",
      properties: { enableSoftDelete: true, vaultUri: "https://plain-one.vault.azure.net/" },
    });
    expect(made.body).not.toHaveProperty("properties.enablePurgeProtection");
  });

  test("keeps purge protection and soft delete forever", async () => {
    const id = await vault("for-ever");
    for (const off of [{ enablePurgeProtection: false }, { enableSoftDelete: false }]) {
      const refused = await send("PUT", id, { location: "westus", properties: { ...fit, ...off } });
      expect(refusal(refused)).toBe("400 BadRequest");
      expect(message(refused)).toContain("cannot be set to false");
    }
    await send("PUT", id, { location: "westus", properties: { tenantId, sku } });
    expect((await send("GET", id)).body).toMatchObject({ properties: { enablePurgeProtection: true } });
  });

  test("has a name that is unique in all of Azure", async () => {
    await vault("only-one");
    const elsewhere = vaultOf("only-one").replace("rg-keys", "rg");
    await azure.group("rg");
    expect(refusal(await send("PUT", elsewhere, { location: "westus", properties: fit }))).toBe(
      "409 VaultAlreadyExists",
    );
    expect(refusal(await send("PUT", vaultOf("1st"), { location: "westus", properties: fit }))).toBe(
      "400 VaultNameNotValid",
    );
  });
});

describe("a key", () => {
  test("is created once, with a version, and not changed by a second PUT", async () => {
    const id = await vault("with-key");
    const made = (await key(id, { kty: "RSA", keySize: 3072 })).body as {
      properties: Record<string, unknown>;
    };
    expect(made.properties).toMatchObject({
      kty: "RSA",
      keySize: 3072,
      attributes: { enabled: true, recoveryLevel: "Recoverable" },
      keyUri: "https://with-key.vault.azure.net/keys/stream",
    });
    const [, newest = ""] = String(made.properties["keyUriWithVersion"]).split("/stream/");
    expect(newest).toMatch(/^[0-9a-f]{32}$/);
    expect((await key(id, { kty: "EC" })).body).toMatchObject({ properties: { kty: "RSA" } });
    expect((await send("GET", `${id}/keys/stream/versions/${newest}`)).status).toBe(200);
    expect((await send("GET", `${id}/keys/stream/versions/${"0".repeat(32)}`)).status).toBe(404);
  });

  test("is not deleted through Resource Manager", async () => {
    await key(await vault("keeps-key"));
    expect((await send("DELETE", `${vaultOf("keeps-key")}/keys/stream`)).status).toBe(405);
  });
});

describe("a user-assigned identity", () => {
  test("brings a service principal, which stays the same and can have roles", async () => {
    const id = await identity("id-one");
    const first = await principalOf(id);
    await azure.arm("PUT", id, { location: "westus", tags: { a: "b" } }, "2023-01-31");
    expect(await principalOf(id)).toBe(first);
    expect((await grant(await vault("for-roles"), first)).status).toBe(201);
  });
});

describe("encryption with a customer's key", () => {
  const encryptions = {
    namespace: {
      path: (name: string) => `${group}/providers/Microsoft.EventHub/namespaces/${name}`,
      body: (keyVaultUri: string, id: string) => ({
        location: "westus",
        sku: { name: "Premium" },
        identity: { type: "UserAssigned", userAssignedIdentities: { [id]: {} } },
        properties: {
          encryption: {
            keySource: "Microsoft.KeyVault",
            keyVaultProperties: [{ keyName: "stream", keyVaultUri, identity: { userAssignedIdentity: id } }],
          },
        },
      }),
    },
    account: {
      path: (name: string) =>
        `${group}/providers/Microsoft.Storage/storageAccounts/${name.replaceAll("-", "")}`,
      body: (keyvaulturi: string, id: string) => ({
        location: "westus",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        identity: { type: "UserAssigned", userAssignedIdentities: { [id]: {} } },
        properties: {
          encryption: {
            keySource: "Microsoft.Keyvault",
            keyvaultproperties: { keyname: "stream", keyvaulturi },
            identity: { userAssignedIdentity: id },
          },
        },
      }),
    },
  };
  const encrypt = async (
    what: keyof typeof encryptions,
    vaultName: string,
    options: { vault?: object; key?: object; granted?: boolean } = {},
  ): Promise<Reply> => {
    const id = await identity(`id-${vaultName}`);
    const vaultId = await vault(vaultName, { ...fit, ...options.vault });
    if (options.key) await key(vaultId, options.key);
    if (options.granted !== false) await grant(vaultId, await principalOf(id));
    azure.pass();
    const { path, body } = encryptions[what];
    return azure.arm(
      "PUT",
      path(`enc-${vaultName}`),
      body(`https://${vaultName}.vault.azure.net`, id),
      "2024-01-01",
    );
  };

  test.each([
    ["namespace" as const, "ok-hubs", 200],
    ["account" as const, "ok-blobs", 202],
  ])("a %s accepts a key that its identity may use", async (what, name, status) => {
    expect((await encrypt(what, name, { key: { kty: "RSA" } })).status).toBe(status);
  });

  test.each([
    ["no key", {}, "400 BadRequest", "400 KeyVaultEncryptionKeyNotFound"],
    [
      "a disabled key",
      { key: { kty: "RSA", attributes: { enabled: false } } },
      "400 BadRequest",
      "400 KeyVaultEncryptionKeyNotFound",
    ],
    ["a key on a curve", { key: { kty: "EC" } }, "400 BadRequest", "400 KeyVaultKeyTypeNotSupported"],
    [
      "no role",
      { key: { kty: "RSA" }, granted: false },
      "400 BadRequest",
      "400 KeyVaultAuthenticationFailure",
    ],
    [
      "no access policy",
      { key: { kty: "RSA" }, vault: { enableRbacAuthorization: false } },
      "400 BadRequest",
      "400 KeyVaultAuthenticationFailure",
    ],
    [
      "a firewall without trusted services",
      { key: { kty: "RSA" }, vault: { networkAcls: { defaultAction: "Deny", bypass: "None" } } },
      "400 BadRequest",
      "400 KeyVaultAuthenticationFailure",
    ],
    [
      "no purge protection",
      { key: { kty: "RSA" }, vault: { enablePurgeProtection: undefined } },
      "400 BadRequest",
      "400 KeyVaultPolicyError",
    ],
  ])("is refused for %s", async (what, options, ofNamespace, ofAccount) => {
    const name = what.replaceAll(" ", "-").slice(0, 18);
    expect(refusal(await encrypt("namespace", `${name}-n`, options))).toBe(ofNamespace);
    expect(refusal(await encrypt("account", `${name}-a`, options))).toBe(ofAccount);
  });

  test("a role takes effect a moment after it was assigned", async () => {
    const id = await identity("id-early");
    const vaultId = await vault("early-one");
    await key(vaultId);
    await grant(vaultId, await principalOf(id));
    const { path, body } = encryptions.account;
    const put = () =>
      azure.arm("PUT", path("earlyone"), body("https://early-one.vault.azure.net/", id), "2024-01-01");
    expect(refusal(await put())).toBe("400 KeyVaultAuthenticationFailure");
    azure.pass();
    expect((await put()).status).toBe(202);
  });

  test("an account goes back to Microsoft's keys, a namespace does not", async () => {
    const { account, namespace } = encryptions;
    const plain = { encryption: { keySource: "Microsoft.Storage" } };
    await azure.arm("PATCH", account.path("enc-ok-blobs"), { properties: plain }, "2024-01-01");
    const after = (await azure.arm("GET", account.path("enc-ok-blobs"), undefined, "2024-01-01")).body;
    expect(after).toMatchObject({ properties: plain });
    expect(after).not.toHaveProperty("properties.encryption.keyvaultproperties");
    azure.pass();
    const refused = await azure.arm(
      "PUT",
      namespace.path("enc-ok-hubs"),
      { location: "westus", sku: { name: "Premium" } },
      "2024-01-01",
    );
    expect(message(refused)).toContain("Encryption properties are missing");
  });

  test("an identity must exist", async () => {
    const { path, body } = encryptions.namespace;
    const nobody = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nobody`;
    const refused = await azure.arm("PUT", path("enc-nobody"), body("https://x.vault.azure.net", nobody));
    expect(refusal(refused)).toBe("400 FailedIdentityOperation");
  });
});

test("the subscription has a vault with a key for it", async () => {
  const seeded = `${subscription}/resourceGroups/rg-security-keys/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;
  expect((await send("GET", seeded)).body).toMatchObject({
    properties: { enablePurgeProtection: true, enableSoftDelete: true, enableRbacAuthorization: true },
  });
  expect((await send("GET", `${seeded}/keys/defender-streaming`)).body).toMatchObject({
    properties: { kty: "RSA", attributes: { enabled: true } },
  });
});

async function identity(name: string): Promise<string> {
  const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  await azure.arm("PUT", id, { location: "westus" }, "2023-01-31");
  return id;
}

async function principalOf(id: string): Promise<string> {
  const { body } = await azure.arm("GET", id, undefined, "2023-01-31");
  return (body as { properties: { principalId: string } }).properties.principalId;
}

let grants = 0;
function grant(scope: string, principalId: string): Promise<Reply> {
  const name = `00000000-0000-4000-8000-${String(++grants).padStart(12, "0")}`;
  const role = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
  return azure.arm("PUT", `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, {
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId,
      principalType: "ServicePrincipal",
    },
  });
}

describe("a secret", () => {
  const secret = (id: string, properties: object, method = "PUT") =>
    send(method, `${id}/secrets/siem`, { properties });

  test("is accepted and never shown: its value is in no answer and no log", async () => {
    const id = await vault("secrets-one");
    const made = await secret(id, {
      value: "Endpoint=sb://a/;SharedAccessKey=c2VjcmV0",
      contentType: "text",
    });
    expect(made.body).toMatchObject({
      properties: { contentType: "text", attributes: { enabled: true } },
    });
    expect(JSON.stringify(await send("GET", `${id}/secrets/siem`))).not.toContain("c2VjcmV0");
    expect(JSON.stringify(azure.log())).not.toContain("c2VjcmV0");
  });

  test("gets another version for each value, and keeps it when only its attributes change", async () => {
    const id = await vault("secrets-two");
    const versionOf = ({ body }: Reply) =>
      (body as { properties: { secretUriWithVersion: string } }).properties.secretUriWithVersion;
    const first = versionOf(await secret(id, { value: "one" }));
    const disabled = await secret(id, { attributes: { enabled: false } }, "PATCH");
    expect(disabled.body).toMatchObject({ properties: { attributes: { enabled: false } } });
    expect(versionOf(disabled)).toBe(first);
    expect(versionOf(await secret(id, { value: "two" }))).not.toBe(first);
  });

  test("is deleted by the data plane only, and has a name of letters, digits and hyphens", async () => {
    const id = await vault("secrets-three");
    await secret(id, { value: "one" });
    expect((await send("DELETE", `${id}/secrets/siem`)).status).toBe(405);
    expect(refusal(await send("PUT", `${id}/secrets/a_b`, { properties: { value: "x" } }))).toBe(
      "400 BadRequest",
    );
  });
});
