import { describe, expect, it } from "vitest";
import { settingsFrom } from "../../../azure/signIn/keys.ts";
import { signInOf } from "../../../azure/signIn/signIn.ts";

const tenantId = "11111111-1111-4111-8111-111111111111";
const clientId = "22222222-2222-4222-8222-222222222222";
const subscription = "33333333-3333-4333-8333-333333333333";
const application = { ARM_TENANT_ID: tenantId, ARM_CLIENT_ID: clientId };
const secret = { ...application, ARM_CLIENT_SECRET: "s" };
const certificate = { ARM_CLIENT_CERTIFICATE_PATH: "/c.pfx", ARM_CLIENT_CERTIFICATE_PASSWORD: "p" };
const oidc = { ...application, ARM_USE_OIDC: "true" };
const github = { ACTIONS_ID_TOKEN_REQUEST_URL: "https://g", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "b" };
const as = { tenantId, clientId };

const chosen = (environment: Record<string, string>, config: Record<string, string> = {}) =>
  signInOf(settingsFrom((key) => config[key], environment));

describe("the sign-in is azure-native's", () => {
  it.each([
    ["a secret", secret, { method: "secret", ...as, secret: "s" }],
    [
      "a certificate before a secret",
      { ...secret, ...certificate },
      { method: "certificate", ...as, path: "/c.pfx", password: "p" },
    ],
    [
      "the default credential before everything",
      { ...secret, ...certificate, ARM_USE_DEFAULT_AZURE_CREDENTIAL: "true" },
      { method: "default", tenantId },
    ],
    ["a secret before OIDC", { ...secret, ...oidc, ...github }, { method: "secret" }],
    [
      "a given token",
      { ...oidc, ...github, ARM_OIDC_TOKEN: "t", ARM_OIDC_TOKEN_FILE_PATH: "/t" },
      { method: "oidc", ...as, token: { given: "t" } },
    ],
    ["a token in a file", { ...oidc, ARM_OIDC_TOKEN_FILE_PATH: "/t" }, { token: { file: "/t" } }],
    [
      "a pipeline's token",
      { ...oidc, ...github },
      { token: { url: "https://g", bearer: "b", audience: "api://AzureADTokenExchange" } },
    ],
    [
      "a pipeline's token for another audience",
      { ...oidc, ...github, ARM_OIDC_AUDIENCE: "api://AzureADTokenExchangeUSGov" },
      { token: { audience: "api://AzureADTokenExchangeUSGov" } },
    ],
    ["OIDC before a managed identity", { ...oidc, ...github, ARM_USE_MSI: "true" }, { method: "oidc" }],
    [
      "a system-assigned identity",
      { ARM_USE_MSI: "true" },
      { method: "managedIdentity", clientId: undefined },
    ],
    [
      "a user-assigned identity, without a tenant",
      { ARM_USE_MSI: "true", ARM_CLIENT_ID: clientId },
      { method: "managedIdentity", clientId },
    ],
    ["the Azure CLI", {}, { method: "cli", tenantId: undefined, subscription: undefined }],
    [
      "the Azure CLI with a subscription",
      { ARM_SUBSCRIPTION_ID: subscription },
      { method: "cli", tenantId: undefined, subscription },
    ],
    ["the Azure CLI for a client id alone", { ARM_CLIENT_ID: clientId }, { method: "cli" }],
    ["nothing by an empty variable", { ...application, ARM_CLIENT_SECRET: "" }, { method: "cli" }],
  ])("%s", (_what, environment, signIn) => {
    expect(chosen(environment)).toMatchObject(signIn);
  });

  it("the stack's settings come before the variables, one by one", () => {
    const config = { "azure-native:clientSecret": "of the stack", "azure-native:tenantId": subscription };
    expect(chosen(secret, config)).toEqual({
      method: "secret",
      tenantId: subscription,
      clientId,
      secret: "of the stack",
    });
  });

  it("a setting that is empty in the stack hides the variable", () => {
    expect(chosen(secret, { "azure-native:clientSecret": "" })).toMatchObject({ method: "cli" });
  });

  it("the environment is that of the Azure CLI's variable only if there is no other", () => {
    const environmentOf = (variables: Record<string, string>) =>
      settingsFrom(() => undefined, { AZURE_ENVIRONMENT: "AzureUSGovernment", ...variables }).environment;
    expect(environmentOf({})).toBe("AzureUSGovernment");
    expect(environmentOf({ ARM_ENVIRONMENT: "public" })).toBe("public");
  });
});

describe("a sign-in that is incomplete is refused, and no other is tried", () => {
  it.each([
    [
      { ARM_CLIENT_ID: clientId, ARM_CLIENT_SECRET: "s", ARM_USE_MSI: "true" },
      "The sign-in with a client secret needs a tenant: set ARM_TENANT_ID, or `azure-native:tenantId` of the stack.",
    ],
    [
      { ARM_TENANT_ID: tenantId, ...certificate },
      "The sign-in with a client certificate needs a client id: set ARM_CLIENT_ID, or `azure-native:clientId` of the stack.",
    ],
    [oidc, /there is no token: .*id-token: write/],
  ])("%o", (environment, sentence) => {
    expect(() => chosen(environment)).toThrow(sentence);
  });
});
