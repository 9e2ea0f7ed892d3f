import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keyDeliveries } from "../../../components/dynamic/keyDelivery.ts";
import { clientSecret, deployer, tenantId } from "defender-streaming-sandbox/tenant";
import { subscription, testAzure } from "defender-streaming-sandbox/testAzure";

const azure = await testAzure();
const namespace = await azure.namespace("siem-ns-1");
const ruleId = `${namespace}/authorizationRules/listen-siem`;
await azure.arm("PUT", ruleId, { properties: { rights: ["Listen"] } });
await azure.control("POST", "registration", { namespace: "Microsoft.KeyVault", state: "Registered" });
const vaultId = `${subscription}/resourceGroups/rg-security-keys/providers/Microsoft.KeyVault/vaults/kv-contoso-security`;
const inputs = (changes: object = {}) => ({ ruleId, vaultId, secretName: "siem", ...changes });
const { create, read, delete: remove, diff } = keyDeliveries as Required<typeof keyDeliveries>;

beforeEach(() => {
  vi.stubEnv("ARM_METADATA_HOSTNAME", new URL(azure.origin).host);
  vi.stubEnv("ARM_DISABLE_INSTANCE_DISCOVERY", "true");
  vi.stubEnv("ARM_TENANT_ID", tenantId);
  vi.stubEnv("ARM_CLIENT_ID", deployer.appId);
  vi.stubEnv("ARM_CLIENT_SECRET", clientSecret);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await azure.control("DELETE", "faults");
});

const refuse = (method: string, pathPattern: string) =>
  azure.control("POST", "faults", {
    method,
    pathPattern,
    answer: { status: 403, code: "AuthorizationFailed", message: "No." },
  });
const isEnabled = async () => {
  const { body } = await azure.arm("GET", `${vaultId}/secrets/siem`, undefined, "2024-11-01");
  return (body as { properties: { attributes: { enabled: boolean } } }).properties.attributes.enabled;
};

test("the connection string goes into the vault, and no part of it into the state", async () => {
  const { id, outs } = await create(inputs());
  expect(id).toBe(`${vaultId}/secrets/siem`);
  expect(outs).toEqual(inputs());
  expect(await isEnabled()).toBe(true);
  expect(await read(id, inputs())).toMatchObject({ id, props: inputs() });
});

test("a refresh notices a secret that is gone", async () => {
  expect(await read("id", inputs({ secretName: "gone" }))).toEqual({});
});

test("a refresh notices a rule that is gone, because a new one has another key", async () => {
  await create(inputs());
  expect(await read("id", inputs({ ruleId: ruleId.replace("siem", "gone") }))).toEqual({});
});

test("a destroy disables the secret, and succeeds if it is gone", async () => {
  await create(inputs());
  await remove("id", inputs());
  expect(await isEnabled()).toBe(false);
  await expect(remove("id", inputs({ secretName: "gone" }))).resolves.toBeUndefined();
});

test("another rule, vault or name is a replacement", async () => {
  expect(await diff("id", inputs(), inputs())).toMatchObject({ changes: false });
  for (const part of ["ruleId", "vaultId", "secretName"]) {
    expect(await diff("id", inputs(), inputs({ [part]: "other" }))).toMatchObject({ replaces: [part] });
  }
});

test("letter case makes no difference to a vault: a replacement would disable what it delivered", async () => {
  const shouted = inputs({ vaultId: vaultId.toUpperCase() });
  expect(await diff("id", inputs(), shouted)).toMatchObject({ changes: false });
});

test("the error names the permission that is missing to list keys or to write secrets", async () => {
  await refuse("POST", "listKeys");
  await expect(create(inputs())).rejects.toThrow(/may not list its keys/);
  await refuse("PUT", "/secrets/");
  await expect(create(inputs())).rejects.toThrow(/Microsoft\.KeyVault\/vaults\/secrets\/write/);
});

test("the error names a vault that does not exist", async () => {
  await expect(create(inputs({ vaultId: `${vaultId}-2` }))).rejects.toThrow(
    `There is no key vault ${vaultId}-2`,
  );
});
