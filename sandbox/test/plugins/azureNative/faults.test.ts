import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startAzure } from "../../../azure/server.ts";
import { clientSecret, deployer, subscriptionId, tenantId } from "../../../azure/tenant.ts";
import { accountOf } from "../../../plugins/account.ts";
import { AzureNativeProvider } from "../../../plugins/azureNative/azureNativeProvider.ts";
import { PartialFailure } from "../../../plugins/provider.ts";
import { trust } from "../../../testing/trust.ts";
import { resource } from "../fakeArm.ts";

const directory = mkdtempSync(join(tmpdir(), "azure-native "));
const azure = await startAzure({
  directory,
  requestLogs: [],
  timings: { provisioning: 50, registration: 50 },
});
trust(azure.caFile);
afterAll(async () => {
  await azure.close();
  rmSync(directory, { recursive: true });
});

const host = `127.0.0.1:${String(azure.port)}`;
const provider = new AzureNativeProvider("3.28.0", () =>
  accountOf({
    clientId: deployer.appId,
    clientSecret,
    tenantId,
    subscriptionId,
    metadataHost: host,
    disableInstanceDiscovery: true,
  }),
);
provider.configure({});
// Signs in, and loads the SDK for it, before the time of a test runs.
await provider.invoke("azure-native:authorization:getClientConfig", {});

const fault = (body: object) =>
  fetch(`https://${host}/sandbox/faults`, { method: "POST", body: JSON.stringify(body) });
const create = (type: string, inputs: Record<string, unknown>) =>
  provider.create({
    ...resource(`azure-native:${type}`),
    inputs: { resourceGroupName: "rg", location: "westeurope", ...inputs },
    preview: false,
  });
/** Method and status of the requests for a path, in order. */
const served = (path: string) =>
  readFileSync(join(directory, "requests.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { method: string; url: string; status: number })
    .filter(({ url }) => new URL(url).pathname.endsWith(path))
    .map(({ method, status }) => `${method} ${String(status)}`);

test("a request whose connection ends after the change was applied is repeated, and finds what it created", async () => {
  await fault({ method: "PUT", pathPattern: "/resourceGroups/rg$", drop: "after" });
  await create("resources:ResourceGroup", {});
  expect(served("/resourceGroups/rg")).toEqual(["GET 404", "PUT 201", "PUT 200", "GET 200"]);
});

test("an operation that fails after Azure accepted it leaves the resource in the state, with the failure", async () => {
  const acceptThenFail = { code: "OutOfCapacity", message: "There is no room in the region." };
  await fault({ method: "PUT", pathPattern: "/namespaces/full-namespace$", acceptThenFail });
  const error: unknown = await create("eventhub:Namespace", {
    namespaceName: "full-namespace",
    sku: { name: "Standard" },
  }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PartialFailure);
  expect(error).toMatchObject({ outputs: { name: "full-namespace", provisioningState: "Failed" } });
});
