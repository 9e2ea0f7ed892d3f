import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { directoryProvider, signsInApart } from "../../azure/directoryProvider.ts";
import { azureProvider } from "../../azure/provider.ts";
import { resourcesOf, tenant } from "../components/mocks.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^(ARM|AZURE)_/.test(name)) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  pulumi.runtime.setAllConfig({});
});

const signIn = { tenantId: "t", clientId: "c", clientSecret: "s", useOidc: "true", oidcToken: "o" };
const under = (namespace: string, settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${namespace}:${key}`, value]));

/** The inputs of the provider that a configuration results in. */
async function inputsOf(config: Record<string, string>, make: () => pulumi.ProviderResource | undefined) {
  const { asked } = await resourcesOf(() => {
    pulumi.runtime.setAllConfig(config);
    return make();
  });
  return asked.find(({ type }) => type.startsWith("pulumi:providers:"))?.inputs;
}

describe("azure-native of a government cloud", () => {
  it("signs in with the stack's settings, whose secrets stay secret", async () => {
    const config = under("azure-native", { ...signIn, subscriptionId: "u", location: "usgovvirginia" });
    const inputs = await inputsOf(config, () => azureProvider("gccHigh"));
    expect(inputs).toMatchObject({
      environment: "usgovernment",
      tenantId: "t",
      subscriptionId: "u",
      useOidc: "true",
    });
    expect(JSON.stringify(inputs?.["oidcToken"])).toContain("4dabf18193072939515e22adb298388d");
    expect(inputs).not.toHaveProperty("location");
  });
});

describe("azuread", () => {
  const publicOne = () => directoryProvider("public");

  it("has its default provider, where nothing but variables says who signs in", async () => {
    vi.stubEnv("ARM_CLIENT_SECRET", "s");
    vi.stubEnv("ARM_CLIENT_ID", "c");
    vi.stubEnv("ARM_TENANT_ID", "t");
    expect(await inputsOf({}, publicOne)).toBeUndefined();
  });

  it("signs in with azure-native's settings of the stack", async () => {
    const inputs = await inputsOf(under("azure-native", signIn), publicOne);
    expect(inputs).toMatchObject({ tenantId: "t", clientId: { value: "c" }, clientSecret: { value: "s" } });
  });

  it("keeps settings of its own, in every cloud", async () => {
    const config = { ...under("azure-native", signIn), ...under("azuread", { tenantId: "other" }) };
    expect(await inputsOf(config, publicOne)).toBeUndefined();
    expect(await inputsOf(config, () => directoryProvider("dod"))).toMatchObject({
      environment: "usgovernmentl5",
      tenantId: "other",
    });
  });

  it("gets the tenant of the subscription that the Azure CLI signs in to", async () => {
    vi.stubEnv("ARM_SUBSCRIPTION_ID", "u");
    expect(await inputsOf({}, publicOne)).toMatchObject({ tenantId: tenant });
    expect(signsInApart()).toBe(true);
  });

  it("is told that it runs in a pod", async () => {
    vi.stubEnv("ARM_USE_DEFAULT_AZURE_CREDENTIAL", "true");
    vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", "/token");
    expect(await inputsOf({}, publicOne)).toMatchObject({ useAksWorkloadIdentity: "true" });
  });
});
