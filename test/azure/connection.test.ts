import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testAzure } from "defender-streaming-sandbox/testAzure";
import { sentenceFor } from "../../tools/failure.ts";
import { connect } from "../../azure/connection.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("ARM_")) vi.stubEnv(name, undefined);
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

describe("a sign-in that cannot work", () => {
  it("is refused when the tenant is missing", async () => {
    vi.stubEnv("ARM_CLIENT_ID", "11111111-1111-4111-8111-111111111111");
    const error: unknown = await connect().catch((thrown: unknown) => thrown);
    // Tools show it without a stack trace.
    expect(sentenceFor(error)).toBe("ARM_CLIENT_ID is set and ARM_TENANT_ID is not: set both.");
  });

  it("says which permission a pipeline lacks when there is no token", async () => {
    vi.stubEnv("ARM_CLIENT_ID", "11111111-1111-4111-8111-111111111111");
    vi.stubEnv("ARM_TENANT_ID", "22222222-2222-4222-8222-222222222222");
    vi.stubEnv("ARM_USE_OIDC", "true");
    for (const name of ["URL", "TOKEN"]) vi.stubEnv(`ACTIONS_ID_TOKEN_REQUEST_${name}`, undefined);
    const { credential, endpoint } = await connect();
    await expect(credential.getToken(`${endpoint}/.default`)).rejects.toThrow(/id-token: write/);
  });
});
