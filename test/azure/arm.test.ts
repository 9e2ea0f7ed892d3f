import { ClientSecretCredential } from "@azure/identity";
import { clientSecret, deployer, tenantId } from "defender-streaming-sandbox/tenant";
import { testAzure } from "defender-streaming-sandbox/testAzure";
import { afterEach, describe, expect, it } from "vitest";
import { apiVersions } from "../../azure/apiVersions.ts";
import { armOver } from "../../azure/arm.ts";
import { found, unlessMissing } from "../../azure/found.ts";
import { isRefusal, type Send, sender } from "../../azure/requests.ts";

const azure = await testAzure();
const credential = new ClientSecretCredential(tenantId, deployer.appId, clientSecret, {
  authorityHost: azure.origin,
  disableInstanceDiscovery: true,
});
const arm = armOver(await sender(azure.origin, credential));
const group = await azure.group("rg-arm");
const read = () => arm.get<{ name: string }>(group, apiVersions.resourceGroup);
const fault = (answer: object, times = 1) =>
  azure.control("POST", "faults", { method: "GET", pathPattern: "rg-arm$", answer, times });

afterEach(() => azure.control("DELETE", "faults"));

describe("Azure Resource Manager", () => {
  it("answers with a resource", async () => {
    expect(await read()).toMatchObject({ name: "rg-arm" });
  });

  it("is asked again when it is busy", async () => {
    await fault({ status: 503, code: "ServerBusy", message: "Later." });
    expect(await read()).toMatchObject({ name: "rg-arm" });
  });

  it("refuses with an error that names the host, the status, the code and the reason", async () => {
    await fault({ status: 409, code: "Conflict", message: "It is being changed." });
    const error: unknown = await read().catch((refusal: unknown) => refusal);
    expect(isRefusal(error) && [error.statusCode, error.code, error.message]).toEqual([
      409,
      "Conflict",
      `${new URL(azure.origin).host} answered with status 409 (Conflict): It is being changed.`,
    ]);
  });

  it("distinguishes what is missing from what the signed-in principal may not see", async () => {
    const nowhere = () => arm.get(`${group}-2`, apiVersions.resourceGroup);
    expect(await found(nowhere)).toBe("missing");
    expect(await unlessMissing(nowhere)).toBeUndefined();
    await fault({ status: 403, code: "AuthorizationFailed", message: "No." }, 2);
    expect(await found(read)).toBe("hidden");
    await expect(unlessMissing(read)).rejects.toThrow("403 (AuthorizationFailed)");
  });

  it("lists all pages, and follows the address in each page", async () => {
    const pages: Record<string, object> = {
      "/things": { value: ["a", "b"], nextLink: "https://azure/things?page=2" },
      "https://azure/things?page=2": { value: [], nextLink: "https://azure/things?page=3" },
      "https://azure/things?page=3": { value: ["c"] },
    };
    const send = ((_method, path) => Promise.resolve(pages[path])) as Send;
    expect(await armOver(send).list("/things", "2024-01-01")).toEqual(["a", "b", "c"]);
  });
});
