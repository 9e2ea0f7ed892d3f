import { describe, expect, it } from "vitest";
import { DefenderStreaming } from "../../../components/defenderStreaming.ts";
import type { CustomerManagedKey } from "../../../streaming/encryption/customerManagedKey.ts";
import type { CurrentState } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import { request } from "../../streaming/requests.ts";
import { type Asked, resolved, resourcesOf } from "../mocks.ts";
import { streamingArgs } from "../streamingArgs.ts";

const vaultSubscription = "00000000-0000-0000-0000-0000000000aa";
const keyVaultId = `/subscriptions/${vaultSubscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv-soc`;
const key: CustomerManagedKey = { keyVaultId, keyName: "stream" };

function deploy(changes: Partial<StreamingRequest> = {}, current: CurrentState = {}) {
  const asked = request({
    destinations: ["eventHub", "storage"],
    storage: storageDefaults,
    tables: ["DeviceInfo"],
    tier: "Premium",
    portalUsers: [],
    ...changes,
  });
  return resourcesOf(() => new DefenderStreaming("defender", streamingArgs(asked, {}, current)));
}

const one = (asked: Asked[], type: string) => asked.find((resource) => resource.type.endsWith(`:${type}`));

describe("a customer-managed key", async () => {
  const { result, asked } = await deploy({ customerManagedKey: key });

  it("is used by one identity of the stack, which has its role on the vault", async () => {
    expect(asked.filter(({ type }) => type.endsWith(":UserAssignedIdentity"))).toHaveLength(1);
    const [required] = await resolved(result.outputs.requiredRoleAssignments);
    expect(required).toEqual({
      scope: keyVaultId,
      role: "Key Vault Crypto Service Encryption User",
      roleDefinitionId: `/subscriptions/${vaultSubscription}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`,
      principalId: "principal-of-defender-encryption",
      principalType: "ServicePrincipal",
      managed: true,
    });
    expect(one(asked, "RoleAssignment")?.inputs).toMatchObject({ scope: keyVaultId });
  });

  it("encrypts the namespace and the account with its newest version, and in two layers", () => {
    expect(one(asked, "Namespace")?.inputs).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: ["id-of-defender-encryption"] },
      encryption: {
        keySource: "Microsoft.KeyVault",
        requireInfrastructureEncryption: true,
        keyVaultProperties: [
          {
            keyVaultUri: "https://kv-soc.vault.azure.net/",
            keyName: "stream",
            identity: { userAssignedIdentity: "id-of-defender-encryption" },
          },
        ],
      },
    });
    expect(one(asked, "StorageAccount")?.inputs).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: ["id-of-defender-encryption"] },
      encryption: {
        keySource: "Microsoft.Keyvault",
        requireInfrastructureEncryption: true,
        keyVaultProperties: { keyVaultUri: "https://kv-soc.vault.azure.net/", keyName: "stream" },
        encryptionIdentity: { encryptionUserAssignedIdentity: "id-of-defender-encryption" },
      },
    });
  });

  it("registers Microsoft.ManagedIdentity, and waits a minute for the role", () => {
    const namespaces = asked
      .filter(({ type }) => type.endsWith(":ProviderRegistration"))
      .map(({ inputs }) => inputs["namespace"]);
    expect(namespaces).toContain("Microsoft.ManagedIdentity");
    expect(one(asked, "RoleInEffect")?.inputs).toMatchObject({ scope: keyVaultId, seconds: 60 });
  });

  it("replaces a namespace when it is turned on or off, and not an account", async () => {
    const plain = await deploy();
    expect(one(plain.asked, "Namespace")?.replacementTrigger).toBe("premium/westeurope");
    expect(one(asked, "Namespace")?.replacementTrigger).toBe("premium/westeurope/customer-managed-key");
    const trigger = (those: Asked[]) => one(those, "StorageAccount")?.replacementTrigger;
    expect(trigger(asked)).toBe(trigger(plain.asked));
  });
});

it("creates the new hubs before it deletes the old ones when a namespace is replaced for its encryption", async () => {
  const live = {
    ns1: {
      resourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.EventHub/namespaces/n",
      tier: "Premium",
      location: "westeurope",
      units: 1,
      hubs: {},
    },
  } as const;
  const { asked } = await deploy({ customerManagedKey: key }, { live });
  expect(one(asked, "EventHub")?.deleteBeforeReplace).toBe(false);
  const kept = await deploy(
    { customerManagedKey: key },
    { live: { ns1: { ...live.ns1, customerManagedKey: true } } },
  );
  expect(one(kept.asked, "EventHub")?.deleteBeforeReplace).toBe(true);
});

it("encrypts only the chosen destination, with the version in the settings", async () => {
  const keyVersion = "0".repeat(32);
  const { asked } = await deploy({ customerManagedKey: { ...key, keyVersion, encrypts: ["storage"] } });
  expect(one(asked, "Namespace")?.inputs).not.toHaveProperty("encryption");
  expect(one(asked, "StorageAccount")?.inputs).toMatchObject({
    encryption: { keyVaultProperties: { keyVersion } },
  });
});

it("creates no identity and no role if an identity is given, and lists the role", async () => {
  const userAssignedIdentityId =
    "/subscriptions/s/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-soc";
  const { result, asked } = await deploy({ customerManagedKey: { ...key, userAssignedIdentityId } });
  expect(one(asked, "RoleAssignment")).toBeUndefined();
  expect(one(asked, "RoleInEffect")).toBeUndefined();
  expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
    { scope: keyVaultId, managed: false },
  ]);
  expect(one(asked, "Namespace")?.inputs).toMatchObject({
    identity: { userAssignedIdentities: [userAssignedIdentityId] },
  });
});

it("keeps Microsoft's keys if no other key is asked for", async () => {
  const { result, asked } = await deploy();
  expect(one(asked, "UserAssignedIdentity")).toBeUndefined();
  expect(one(asked, "Namespace")?.inputs).not.toHaveProperty("identity");
  expect(one(asked, "StorageAccount")?.inputs).toMatchObject({
    encryption: { keySource: "Microsoft.Storage" },
  });
  expect(one(asked, "StorageAccount")?.inputs).not.toHaveProperty("identity");
  expect(await resolved(result.outputs.requiredRoleAssignments)).toEqual([]);
});
