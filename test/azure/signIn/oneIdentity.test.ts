import { Provider } from "@pulumi/azure-native/provider.js";
import { signIns } from "defender-streaming-sandbox/signIns";
import { deployer, restrictedDeployer, subscriptionId, tenantId } from "defender-streaming-sandbox/tenant";
import { testAzure } from "defender-streaming-sandbox/testAzure";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lookUp } from "../../../azure/lookUp.ts";
import { MistakesError } from "../../../streaming/wording/mistakes.ts";
import { resourcesOf } from "../../components/mocks.ts";
import { request } from "../../streaming/requests.ts";

const azure = await testAzure();
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^(ARM|AZURE)_/.test(name)) vi.stubEnv(name, undefined);
  set({
    ARM_METADATA_HOSTNAME: new URL(azure.origin).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ...(await signIns.secret(azure.address)),
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function set(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** What looking up ends with where azure-native acts as somebody. */
async function lookedUp(
  native: { readonly objectId: string; readonly appId: string },
  provider?: () => Provider,
): Promise<unknown> {
  const { result } = await resourcesOf(
    () => lookUp("defender", request(), { provider: provider?.() }).catch((error: unknown) => error),
    (token) =>
      token === "azure-native:authorization:getClientConfig"
        ? { clientId: native.appId, objectId: native.objectId, subscriptionId, tenantId }
        : undefined,
  );
  return result;
}

test("a look-up as the same identity finds no mistake", async () => {
  expect(await lookedUp(deployer)).toMatchObject({ last: {} });
});

test("azure-native as somebody else is a mistake, which says who acts and how to give one sign-in", async () => {
  const error = await lookedUp(restrictedDeployer);
  expect(error).toBeInstanceOf(MistakesError);
  expect((error as MistakesError).mistakes).toMatchObject([
    { key: "azure-native:clientId", value: restrictedDeployer.appId },
  ]);
  expect((error as Error).message).toMatch(
    new RegExp(
      `acts as ${restrictedDeployer.objectId}[^]*act as ${deployer.objectId}[^]*--secret azure-native:clientSecret`,
    ),
  );
});

test("so is a sign-in that only azure-native knows", async () => {
  set({ ARM_CLIENT_SECRET: "wrong" });
  expect(String(await lookedUp(deployer))).toMatch(
    /cannot sign in: AADSTS7000215: Invalid client secret provided/,
  );
});

test("a provider of the program as somebody else is the mistake of that option", async () => {
  const error = await lookedUp(restrictedDeployer, () => new Provider("security", { clientSecret: "s" }));
  expect((error as MistakesError).mistakes).toMatchObject([{ key: "options.provider" }]);
});
