import { beforeAll, describe, expect, it, vi } from "vitest";
import { arm } from "../../../azure/arm.ts";
import { readKey } from "../../../azure/read/key.ts";
import { clientSecret, deployer, tenantId } from "defender-streaming-sandbox/tenant";
import { subscription, testAzure } from "defender-streaming-sandbox/testAzure";
import { request } from "../../streaming/requests.ts";

const azure = await testAzure();
const group = await azure.group("rg-keys");
const keyName = "stream";
const vaultOf = (name: string) => `${group}/providers/Microsoft.KeyVault/vaults/${name}`;
const userAssignedIdentityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-stream`;
let principalId = "";

const vault = (name: string, properties: object) =>
  azure.arm(
    "PUT",
    vaultOf(name),
    {
      location: "West Europe",
      properties: { tenantId, sku: { family: "A", name: "standard" }, ...properties },
    },
    "2024-11-01",
  );
const key = (vaultName: string, properties: object = { kty: "RSA", keySize: 3072 }) =>
  azure.arm("PUT", `${vaultOf(vaultName)}/keys/${keyName}`, { properties }, "2024-11-01");
const nothing = { deployed: {}, own: [], grants: [], assignments: new Set<string>() };
const read = (name: string, more: object = {}) =>
  readKey(
    { ...request({ customerManagedKey: { keyVaultId: vaultOf(name), keyName, ...more } }), protect: true },
    nothing,
    { cloud: "public", arm: arm() },
  );

beforeAll(async () => {
  vi.stubEnv("ARM_METADATA_HOSTNAME", new URL(azure.origin).host);
  vi.stubEnv("ARM_TENANT_ID", tenantId);
  vi.stubEnv("ARM_CLIENT_ID", deployer.appId);
  vi.stubEnv("ARM_CLIENT_SECRET", clientSecret);
  vi.stubEnv("ARM_DISABLE_INSTANCE_DISCOVERY", "true");
  for (const namespace of ["Microsoft.KeyVault", "Microsoft.ManagedIdentity"]) {
    await azure.control("POST", "registration", { namespace, state: "Registered" });
  }
  await azure.arm("PUT", userAssignedIdentityId, { location: "westeurope" }, "2023-01-31");
  const { body } = await azure.arm("GET", userAssignedIdentityId, undefined, "2023-01-31");
  ({ principalId } = (body as { properties: { principalId: string } }).properties);
});

describe("a key, read", () => {
  it("is undefined if no key is asked for", async () => {
    expect(
      await readKey({ ...request(), protect: true }, nothing, { cloud: "public", arm: arm() }),
    ).toBeUndefined();
  });

  it("has the facts of its vault and of the key", async () => {
    const networkAcls = { defaultAction: "Deny", bypass: "AzureServices" };
    await vault("kv-fit", { enableRbacAuthorization: true, enablePurgeProtection: true, networkAcls });
    await key("kv-fit", { kty: "RSA", keySize: 3072, keyOps: ["wrapKey"], attributes: { exp: 4102444800 } });
    expect(await read("kv-fit")).toEqual({
      vault: {
        location: "westeurope",
        softDelete: true,
        purgeProtection: true,
        roleBasedAccess: true,
        trustedServicesPass: true,
      },
      key: {
        enabled: true,
        type: "RSA",
        size: 3072,
        operations: ["wrapKey"],
        notBefore: undefined,
        expires: 4102444800,
      },
      identity: undefined,
    });
  });

  it("distinguishes what is missing from what cannot be seen", async () => {
    await vault("kv-empty", {});
    expect(await read("kv-nowhere")).toMatchObject({ vault: "missing" });
    expect(await read("kv-empty")).toMatchObject({ key: "missing", vault: { purgeProtection: false } });
    const keyVersion = "0".repeat(32);
    expect(await read("kv-fit", { keyVersion })).toMatchObject({ key: "missing" });
    const nobody = userAssignedIdentityId.replace("id-stream", "id-nobody");
    expect(await read("kv-fit", { userAssignedIdentityId: nobody })).toMatchObject({ identity: "missing" });
    const answer = { status: 403, code: "AuthorizationFailed", message: "no" };
    await azure.control("POST", "faults", { method: "GET", pathPattern: "kv-empty$", answer });
    expect(await read("kv-empty")).toMatchObject({ vault: "hidden" });
  });

  it("reports a firewall that trusted services do not pass", async () => {
    await vault("kv-closed", { networkAcls: { defaultAction: "Deny", bypass: "None" } });
    expect(await read("kv-closed")).toMatchObject({ vault: { trustedServicesPass: false } });
    await vault("kv-off", { publicNetworkAccess: "Disabled", networkAcls: { bypass: "None" } });
    expect(await read("kv-off")).toMatchObject({ vault: { trustedServicesPass: false } });
  });
});

describe("an identity that is given may use the key", () => {
  const may = async (name: string) => (await read(name, { userAssignedIdentityId }))?.identity;

  it("by an access policy with all permissions that are needed", async () => {
    const policies = (keys: string[]) => ({
      accessPolicies: [{ tenantId, objectId: principalId, permissions: { keys } }],
    });
    await vault("kv-policies", policies(["get", "list"]));
    expect(await may("kv-policies")).toEqual({ principalId, mayUseKey: false });
    await vault("kv-policies", policies(["Get", "WrapKey", "UnwrapKey"]));
    expect(await may("kv-policies")).toEqual({ principalId, mayUseKey: true });
  });

  it("by a role on the vault or above that may wrap, and not by one that only reads", async () => {
    const grant = (scope: string, role: string, name: string) =>
      azure.arm("PUT", `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, {
        properties: {
          roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
          principalId,
          principalType: "ServicePrincipal",
        },
      });
    expect(await may("kv-fit")).toMatchObject({ mayUseKey: false });
    await grant(
      vaultOf("kv-fit"),
      "acdd72a7-3385-48ef-bd42-f606fba81ae7",
      "00000000-0000-4000-8000-000000000001",
    );
    expect(await may("kv-fit")).toMatchObject({ mayUseKey: false });
    await grant(group, "e147488a-f6f5-4113-8e2d-b22465e65bf6", "00000000-0000-4000-8000-000000000002");
    expect(await may("kv-fit")).toMatchObject({ mayUseKey: true });
  });

  it("as far as is known if roles cannot be seen", async () => {
    await vault("kv-other", { enableRbacAuthorization: true });
    const answer = { status: 403, code: "AuthorizationFailed", message: "no" };
    await azure.control("POST", "faults", {
      method: "GET",
      pathPattern: "kv-other/.*roleAssignments",
      answer,
    });
    expect(await may("kv-other")).toMatchObject({ mayUseKey: true });
  });
});
