import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signIns } from "defender-streaming-sandbox/signIns";
import { deployer, subscriptionId } from "defender-streaming-sandbox/tenant";
import { testAzure } from "defender-streaming-sandbox/testAzure";
import { sentenceFor } from "../../tools/failure.ts";
import { connect } from "../../azure/connection.ts";
import { signInFor } from "../../azure/signIn/keys.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env))
    if (/^(ARM|AZURE|ACTIONS|IDENTITY)_/.test(name)) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const addresses = async (...cloud: Parameters<typeof connect>) => {
  const { endpoint, graph } = await connect(...cloud);
  return [endpoint, graph];
};

describe("without ARM_METADATA_HOSTNAME", () => {
  it("goes to the given cloud", async () => {
    const gov = "https://management.usgovcloudapi.net";
    expect(await addresses("gccHigh")).toEqual([gov, "https://graph.microsoft.us"]);
    expect(await addresses("dod")).toEqual([gov, "https://dod-graph.microsoft.us"]);
    expect((await addresses("public"))[0]).toBe("https://management.azure.com");
  });

  it("goes to the cloud of ARM_ENVIRONMENT if no cloud is given", async () => {
    expect((await addresses())[0]).toBe("https://management.azure.com");
    vi.stubEnv("ARM_ENVIRONMENT", "usgovernment");
    expect((await addresses())[0]).toBe("https://management.usgovcloudapi.net");
    vi.stubEnv("ARM_ENVIRONMENT", "mars");
    await expect(connect()).rejects.toThrow(/public, usgovernment or china/);
  });
});

describe("with ARM_METADATA_HOSTNAME", () => {
  it("goes to the addresses in the metadata, whatever the cloud", async () => {
    const azure = await testAzure();
    vi.stubEnv("ARM_METADATA_HOSTNAME", new URL(azure.origin).host);
    expect(await addresses("gccHigh")).toEqual([azure.origin, azure.origin]);
  });
});

describe("a sign-in", async () => {
  const azure = await testAzure();
  const authority = {
    ARM_METADATA_HOSTNAME: new URL(azure.origin).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ARM_SUBSCRIPTION_ID: subscriptionId,
  };
  const set = (variables: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries({ ...authority, ...variables })) vi.stubEnv(name, value);
  };
  const signedInAs = async () => {
    const { credential, endpoint } = await connect();
    const token = await credential.getToken(`${endpoint}/.default`);
    return JSON.parse(Buffer.from(token?.token.split(".")[1] ?? "", "base64url").toString()) as object;
  };
  // The Azure CLI is in the tests with the engine.
  const methods = Object.entries(signIns).filter(([name]) => !name.startsWith("cli"));

  it.each(methods)("with %s works", async (_name, signIn) => {
    set(await signIn(azure.address));
    expect(await signedInAs()).toMatchObject({ oid: deployer.objectId });
  });

  it("with another password of a PKCS#12 file is one sentence", async () => {
    set({ ...(await signIns.pkcs12(azure.address)), ARM_CLIENT_CERTIFICATE_PASSWORD: "other" });
    const error: unknown = await connect().catch((thrown: unknown) => thrown);
    expect(sentenceFor(error)).toMatch(
      /^The certificate in .*deployer.pfx cannot be read: mac verify failure.*PEM/,
    );
  });

  it("that is incomplete is one sentence", async () => {
    set({ ARM_CLIENT_ID: deployer.appId, ARM_CLIENT_SECRET: "s" });
    const error: unknown = await connect().catch((thrown: unknown) => thrown);
    // Tools show it without a stack trace.
    expect(sentenceFor(error)).toMatch(/^The sign-in with a client secret needs a tenant/);
  });

  it("is renewed, with the token that is then in the file", async () => {
    set(await signIns.oidcTokenFile(azure.address));
    expect(await signedInAs()).toMatchObject({ oid: deployer.objectId });
    const hours = 2 * 60 * 60 * 1000;
    azure.pass(hours);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours });
    await expect(signedInAs()).rejects.toThrow("AADSTS700024");
    await signIns.oidcTokenFile(azure.address);
    expect(await signedInAs()).toMatchObject({ oid: deployer.objectId });
    vi.useRealTimers();
    azure.pass(-hours);
  });

  it("is one for a process: a pipeline's token is exchanged once", async () => {
    set(await signIns.oidcToken(azure.address));
    const one = await connect();
    expect(await connect()).toBe(one);
    vi.stubEnv("ARM_CLIENT_ID", "other");
    expect(await connect()).not.toBe(one);
  });

  it("goes where the stack's settings say, before the variables", async () => {
    set({ ...(await signIns.secret(azure.address)), ARM_METADATA_HOSTNAME: "127.0.0.1:9" });
    const { host } = new URL(azure.origin);
    signInFor((key) => (key === "azure-native:metadataHost" ? host : undefined));
    expect(await signedInAs()).toMatchObject({ oid: deployer.objectId });
    signInFor(() => undefined);
  });
});
