import { describe, expect, it } from "vitest";
import type { CustomerManagedKey } from "../../../streaming/encryption/customerManagedKey.ts";
import type { Cloud } from "../../../streaming/cloud/clouds.ts";
import { encryptionKeyOf } from "../../../streaming/encryption/customerManagedKey.ts";
import {
  keyMistakes,
  keyWarnings,
  type KeyFacts,
  type KeyVersionFacts,
  type VaultFacts,
} from "../../../streaming/encryption/keyFacts.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { dedicated } from "../existing/existingFacts.ts";
import { mistakesWith, request } from "../requests.ts";

const keyVaultId = "/subscriptions/s/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv-soc";
const userAssignedIdentityId =
  "/subscriptions/s/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-soc";
const key: CustomerManagedKey = { keyVaultId, keyName: "stream" };

describe("a customer-managed key", () => {
  const wrong = (changes: Partial<CustomerManagedKey>, others: Partial<StreamingRequest> = {}) =>
    mistakesWith({ tier: "Premium", customerManagedKey: { ...key, ...changes }, ...others }).map(
      (mistake) => [mistake.key, mistake.value] as const,
    );

  it("is accepted on Premium and Dedicated", () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({}, dedicated)).toEqual([]);
  });

  it.each(["Basic", "Standard"] as const)("is refused on %s, with the tier and a fix", (tier) => {
    const retentionHours = 24;
    const [mistake, ...more] = mistakesWith({ tier, retentionHours, customerManagedKey: key });
    expect(more).toEqual([]);
    expect(mistake).toMatchObject({ key: "customerManagedKey", value: `tier ${tier}` });
    expect(mistake?.fix).toBe("Write `tier: Premium`, or remove the key.");
  });

  it("encrypts the storage account beside hubs of any tier when it is for that alone", () => {
    const both = { destinations: ["eventHub", "storage"], tier: "Standard" } as const;
    expect(wrong({}, both)).toEqual([["customerManagedKey", "tier Standard"]]);
    expect(wrong({ encrypts: ["storage"] }, both)).toEqual([]);
  });

  it.each([
    [{ keyVaultId: "kv-soc" }, "customerManagedKey.keyVaultId"],
    [{ keyVaultId: keyVaultId.replace("vaults", "managedHSMs") }, "customerManagedKey.keyVaultId"],
    [{ keyName: "https://kv-soc.vault.azure.net/keys/stream/1" }, "customerManagedKey.keyName"],
    [{ keyVersion: "latest" }, "customerManagedKey.keyVersion"],
    [{ userAssignedIdentityId: "id-soc" }, "customerManagedKey.userAssignedIdentityId"],
    [{ roleDelaySeconds: 601 }, "customerManagedKey.roleDelaySeconds"],
    [{ encrypts: [] }, "customerManagedKey.encrypts"],
    [{ encrypts: ["storage"] as const }, "customerManagedKey.encrypts"],
  ])("is refused with %j", (changes, where) => {
    expect(wrong(changes).map(([name]) => name)).toEqual([where]);
  });

  it("finds the name in an address", () => {
    const keyName = "https://kv-soc.vault.azure.net/keys/stream/1";
    const [mistake] = mistakesWith({ tier: "Premium", customerManagedKey: { ...key, keyName } });
    expect(mistake?.fix).toBe("Write only the name: stream");
  });

  it("needs an identity that has its role if the stack gives no roles", () => {
    const expected = { roles: "expect" } as const;
    expect(wrong({}, expected)).toEqual([["customerManagedKey.userAssignedIdentityId", undefined]]);
    expect(wrong({ userAssignedIdentityId }, expected)).toEqual([]);
  });

  it("does not apply to existing resources", () => {
    const ns1 = "/subscriptions/s/resourceGroups/g/providers/Microsoft.EventHub/namespaces/events";
    const others = { existing: { namespaces: { ns1 } }, tables: ["DeviceInfo"] };
    expect(wrong({}, others)).toEqual([["customerManagedKey", "existing.namespaces"]]);
  });

  it("has an address in the domain of the cloud's vaults", () => {
    const vaultUriIn = (cloud: Cloud) =>
      encryptionKeyOf({ keyVaultId, keyName: "stream" }, cloud, "id").vaultUri;
    expect(vaultUriIn("public")).toBe("https://kv-soc.vault.azure.net/");
    expect(vaultUriIn("dod")).toBe("https://kv-soc.vault.usgovcloudapi.net/");
  });
});

describe("an existing key", () => {
  const vault: VaultFacts = {
    location: "westeurope",
    softDelete: true,
    purgeProtection: true,
    roleBasedAccess: true,
    trustedServicesPass: true,
  };
  const version: KeyVersionFacts = {
    enabled: true,
    type: "RSA",
    size: 2048,
    operations: ["wrapKey", "unwrapKey"],
    notBefore: undefined,
    expires: undefined,
  };
  const now = Date.UTC(2026, 10, 22);
  const said = (facts: Partial<KeyFacts>, asked: Partial<CustomerManagedKey> = {}) =>
    keyMistakes({
      request: { customerManagedKey: { ...key, ...asked } },
      key: { vault, key: version, ...facts },
      now: new Date(now),
    });

  it("is fine when Azure can encrypt with it", () => {
    expect(said({})).toEqual([]);
    expect(said({ key: { ...version, type: "RSA-HSM", size: 4096, operations: [] } })).toEqual([]);
  });

  it.each([
    ["no such vault", { vault: "missing" }, "Correct the id"],
    ["a vault that is not ours to see", { vault: "hidden" }, "the role Reader"],
    [
      "no purge protection",
      { vault: { ...vault, purgeProtection: false } },
      "az keyvault update --resource-group keys --name kv-soc --enable-purge-protection true",
    ],
    ["a closed firewall", { vault: { ...vault, trustedServicesPass: false } }, "--bypass AzureServices"],
    ["access policies", { vault: { ...vault, roleBasedAccess: false } }, "--enable-rbac-authorization true"],
    ["no such key", { key: "missing" }, "az keyvault key list --vault-name kv-soc"],
    ["a key that is not ours to see", { key: "hidden" }, "the role Reader"],
    ["a disabled key", { key: { ...version, enabled: false } }, "--enabled true"],
    ["an expired key", { key: { ...version, expires: now / 1000 } }, "az keyvault key rotate"],
    ["a key of tomorrow", { key: { ...version, notBefore: now / 1000 + 1 } }, "az keyvault key rotate"],
    ["another type", { key: { ...version, type: "EC", size: undefined } }, "--kty RSA"],
    ["another size", { key: { ...version, size: 1024 } }, "--size 3072"],
    ["a key for signing", { key: { ...version, operations: ["sign"] } }, "--ops wrapKey unwrapKey"],
  ] satisfies [string, Partial<KeyFacts>, string][])("is refused with %s", (_, facts, fix) => {
    const mistakes = said(facts);
    expect(mistakes.map((mistake) => mistake.fix)).toEqual([expect.stringContaining(fix)]);
  });

  it("reports all mistakes at once", () => {
    const facts = {
      vault: { ...vault, purgeProtection: false, trustedServicesPass: false },
      key: { ...version, enabled: false },
    };
    expect(said(facts)).toHaveLength(3);
  });

  const given = { userAssignedIdentityId };
  const principalId = "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11";

  it("needs a given identity to exist and to be allowed to use the key, by role or by policy", () => {
    expect(said({ identity: { principalId, mayUseKey: true } }, given)).toEqual([]);
    expect(said({ identity: "missing" }, given)[0]?.rule).toContain("no user-assigned identity");
    const [byRole] = said({ identity: { principalId, mayUseKey: false } }, given);
    expect(byRole?.fix).toContain(`--assignee-object-id ${principalId}`);
    const policies = { ...vault, roleBasedAccess: false };
    const [byPolicy] = said({ vault: policies, identity: { principalId, mayUseKey: false } }, given);
    expect(byPolicy?.fix).toContain(`az keyvault set-policy --name kv-soc --object-id ${principalId}`);
    expect(said({ vault: policies, identity: { principalId, mayUseKey: true } }, given)).toEqual([]);
  });

  it("warns of another region and of a fixed version", () => {
    const asked = { ...request({ tier: "Premium", customerManagedKey: key }), location: "westeurope" };
    expect(keyWarnings({ request: asked, key: { vault, key: version } })).toEqual([]);
    expect(
      keyWarnings({ request: { ...asked, location: "northeurope" }, key: { vault, key: version } }),
    ).toEqual([expect.stringContaining("The key vault is in westeurope, and the namespaces in northeurope")]);
    const customerManagedKey = { ...key, keyVersion: "0".repeat(32) };
    expect(keyWarnings({ request: { ...asked, customerManagedKey }, key: { vault, key: version } })).toEqual([
      expect.stringContaining("After each rotation in the vault you must change it"),
    ]);
  });
});
