import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { startAzure } from "../../azure/server.ts";
import { clientSecret, deployer, subscriptionId, tenantId } from "../../azure/tenant.ts";
import { accountOf, azureadSettingsFrom, settingsFrom } from "../../plugins/account.ts";
import { cloudAt } from "../../plugins/cloud.ts";
import { azureadCredential } from "../../plugins/credential.ts";
import { type SignIn, signIns } from "../../testing/signIns.ts";
import { testAzure } from "../../testing/testAzure.ts";

test("settings come from the stack's configuration, or else from the environment", () => {
  const environment = {
    ARM_CLIENT_ID: "from environment",
    ARM_TENANT_ID: "tenant",
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
  };
  expect(settingsFrom({ clientId: "from configuration" }, environment)).toMatchObject({
    clientId: "from configuration",
    tenantId: "tenant",
    disableInstanceDiscovery: true,
  });
});

test("a setting that is empty in the configuration hides the variable, as in azure-native", () => {
  expect(settingsFrom({ clientSecret: "" }, { ARM_CLIENT_SECRET: "s" }).clientSecret).toBe("");
});

describe("the stand-ins sign in", async () => {
  const azure = await testAzure();
  const environment = {
    ARM_METADATA_HOSTNAME: new URL(azure.origin).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ARM_SUBSCRIPTION_ID: subscriptionId,
  };
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const settingsOf = async (signIn: SignIn, read = settingsFrom) => {
    const variables = await signIn(azure.address);
    // The client libraries read the variables of machines and of the Azure CLI by themselves.
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    return read({}, { ...environment, ...variables });
  };
  const methods = Object.entries<SignIn>(signIns).filter(([name]) => !name.startsWith("cli"));

  test.each(methods)("as azure-native does, with %s", async (_name, signIn) => {
    const account = accountOf(await settingsOf(signIn));
    expect(await account.clientConfig()).toMatchObject({ objectId: deployer.objectId });
  });

  test("as azuread does: no PEM, and one audience of OIDC", async () => {
    const directory = async (signIn: SignIn) =>
      accountOf(await settingsOf(signIn, azureadSettingsFrom), azureadCredential).clientConfig();
    expect(await directory(signIns.pkcs12)).toMatchObject({ objectId: deployer.objectId });
    expect(await directory(signIns.systemAssignedIdentity)).toMatchObject({ objectId: deployer.objectId });
    await expect(directory(signIns.certificate)).rejects.toThrow("could not decode PKCS#12");
    await expect(directory(signIns.githubGovernment)).rejects.toThrow("AADSTS700212");
  });

  test("and refuse what is incomplete, in azure-native's words", async () => {
    const account = accountOf(settingsFrom({}, { ...environment, ARM_CLIENT_SECRET: "s" }));
    await expect(account.clientConfig()).rejects.toThrow(
      "A Tenant ID must be configured when authenticating as a Service Principal using a Client Secret.",
    );
  });
});

test("without the sandbox's Azure the stand-in refuses to work", async () => {
  await expect(cloudAt(undefined)).rejects.toThrow("ARM_METADATA_HOSTNAME");
});

test("it never sends a request to another machine, whatever the configuration", async () => {
  await expect(cloudAt("management.azure.com")).rejects.toThrow("not on this machine");

  const metadata = createServer((_, response) => {
    response.end(
      JSON.stringify({
        resourceManager: "https://management.azure.com/",
        authentication: { loginEndpoint: "https://127.0.0.1:1" },
      }),
    );
  });
  await new Promise<void>((resolve) => metadata.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    metadata.close();
  });
  const { port } = metadata.address() as AddressInfo;
  await expect(cloudAt(`http://127.0.0.1:${port}`)).rejects.toThrow(
    "https://management.azure.com/ is not on this machine",
  );
});

test("an unreachable or missing cloud is only noticed with the first request", async () => {
  const account = accountOf(settingsFrom({}, {}));
  await expect(account.arm()).rejects.toThrow("ARM_METADATA_HOSTNAME");
});

test("it finds ARM and sign-in in the sandbox's metadata, once for many requests", async () => {
  const directory = mkdtempSync(join(tmpdir(), "azure-"));
  const azure = await startAzure({ directory });
  const trusted = tls.getCACertificates("default");
  tls.setDefaultCACertificates([...trusted, readFileSync(azure.caFile, "utf8")]);
  onTestFinished(async () => {
    tls.setDefaultCACertificates(trusted);
    await azure.close();
    rmSync(directory, { recursive: true });
  });
  const account = accountOf({
    clientId: deployer.appId,
    clientSecret,
    tenantId,
    subscriptionId,
    metadataHost: `127.0.0.1:${azure.port}`,
    disableInstanceDiscovery: true,
  });

  const arm = await account.arm();
  const id = `/subscriptions/${subscriptionId}`;
  await Promise.all([1, 2, 3].map(() => arm.get(id, "2022-12-01")));
  const log = readFileSync(join(directory, "requests.jsonl"), "utf8").trim().split("\n");
  const requests = log.map((line) => JSON.parse(line) as { method: string; url: string });
  expect(
    requests.filter(({ method, url }) => method === "POST" && url.includes("/oauth2/v2.0/token")),
  ).toHaveLength(1);
  expect(await account.clientConfig()).toEqual({
    clientId: deployer.appId,
    objectId: deployer.objectId,
    subscriptionId,
    tenantId,
  });
});
