import { EventHubManagementClient } from "@azure/arm-eventhub";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import { afterEach, describe, expect, test, vi } from "vitest";

import { clientSecret, deployer, subscriptionId, tenantId } from "../../azure/tenant.ts";
import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const signIn = () =>
  new ClientSecretCredential(tenantId, deployer.appId, clientSecret, {
    authorityHost: azure.origin,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });
const clients = (retryOptions = {}) => {
  const options = { endpoint: azure.origin, retryOptions };
  return {
    resources: new ResourceManagementClient(signIn(), subscriptionId, options),
    eventHubs: new EventHubManagementClient(signIn(), subscriptionId, options),
  };
};
const { resources, eventHubs } = clients();
const impatient = clients({ maxRetries: 0 }).resources;
const quickly = { updateIntervalInMs: 1 };

const fault = (body: object) => azure.control("POST", "faults", body);
const ofGroup = (name: string) => ({ method: "PUT", pathPattern: `/resourceGroups/${name}$` });
const put = (client: ResourceManagementClient, name: string, abortSignal?: AbortSignal) =>
  client.resourceGroups.createOrUpdate(
    name,
    { location: "westeurope" },
    { ...(abortSignal && { abortSignal }) },
  );
const exists = async (name: string) => (await resources.resourceGroups.checkExistence(name)).body;
/** The statuses that Azure answered PUTs of a group with, whether or not they arrived. */
const answers = (group: string) =>
  azure
    .log()
    .filter(
      ({ method, url }) =>
        method === "PUT" && new RegExp(`/resourceGroups/${group}\\?`, "i").test(String(url)),
    )
    .map(({ status }) => status);

const group = await azure.group("failing", "westeurope");
for (const namespace of ["Microsoft.Storage", "Microsoft.Network"])
  await azure.control("POST", "registration", { namespace, state: "Registered" });

afterEach(async () => {
  await azure.control("DELETE", "faults");
});

describe("a fault that answers", () => {
  const answer = { status: 403, code: "Refused", message: "Not today." };

  test("has the form of the service that it affects", async () => {
    await fault({ pathPattern: ".", answer, forever: true });
    expect(refusal(await azure.arm("GET", `${subscription}/resourceGroups`))).toBe("403 Refused");
    const { body } = await azure.graph("GET", "users");
    expect(body).toMatchObject({
      error: { code: "Refused", innerError: { date: expect.any(String) as string } },
    });
    const metadata = await fetch(`${azure.origin}/metadata/endpoints?api-version=2022-09-01`);
    expect([metadata.status, await metadata.json()]).toMatchObject([403, { error: { code: "Refused" } }]);
  });

  test("on sign-in reaches Azure's own client", async () => {
    const expired = {
      status: 401,
      code: "invalid_client",
      message: "AADSTS7000222: The secret has expired.",
    };
    await fault({ method: "POST", pathPattern: "/oauth2/v2.0/token$", answer: expired });
    const token = () => signIn().getToken("https://management.azure.com/.default");
    await expect(token()).rejects.toThrow("AADSTS7000222");
    expect((await token()).token).not.toBe("");
  });
});

test("a throttled client waits as long as Retry-After says, and then succeeds", async () => {
  await fault({ ...ofGroup("throttled"), throttle: 1 });
  const began = performance.now();
  await put(resources, "throttled");
  expect(performance.now() - began).toBeGreaterThan(950);
  expect(answers("throttled")).toEqual([429, 201]);
});

test("a client that does not wait for a delayed answer leaves a change behind", async () => {
  await fault({ ...ofGroup("slow"), delay: 600 });
  const patience = new AbortController();
  const creation = put(resources, "slow", patience.signal);
  const end = creation.catch((error: unknown) => error);
  await vi.waitUntil(() => answers("slow").length > 0);
  patience.abort();
  expect(await end).toMatchObject({ name: "AbortError" });
  expect(await exists("slow")).toBe(true);
});

describe("a connection that is dropped", () => {
  test("before the change is applied changes nothing", async () => {
    await fault({ ...ofGroup("never"), drop: "before" });
    await expect(put(impatient, "never")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await exists("never")).toBe(false);
  });

  test("after the change was applied leaves it, and a client that tries again finds it", async () => {
    await fault({ ...ofGroup("once"), drop: "after" });
    await expect(put(impatient, "once")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await exists("once")).toBe(true);

    await fault({ ...ofGroup("twice"), drop: "after" });
    await put(resources, "twice");
    expect(answers("twice")).toEqual([201, 200]);
  });
});

describe("an operation that is accepted and then fails", () => {
  const acceptThenFail = { code: "OutOfCapacity", message: "There is no room in the region." };
  const create = (id: string, version: string, body: object) =>
    resources.resources.createOrUpdateById(id, version, { location: "westeurope", ...body }, quickly);
  const state = async (id: string, version: string) => {
    const { body } = await azure.arm("GET", id, undefined, version);
    return (body as { properties: { provisioningState: string } }).properties.provisioningState;
  };

  test("is seen in the provisioning state of a namespace, which can be written again", async () => {
    await fault({ method: "PUT", pathPattern: "/namespaces/full-namespace$", acceptThenFail });
    const write = () =>
      eventHubs.namespaces.createOrUpdate(
        "failing",
        "full-namespace",
        { location: "westeurope", sku: { name: "Standard" } },
        quickly,
      );
    const first = write();
    await first.submitted();
    azure.pass();
    await expect(first).rejects.toThrow(/failed/i);
    expect(await state(`${group}/providers/Microsoft.EventHub/namespaces/full-namespace`, "2024-01-01")).toBe(
      "Failed",
    );

    const second = write();
    await second.submitted();
    azure.pass();
    expect(await second).toMatchObject({ provisioningState: "Succeeded" });
  });

  test("is reported by the Azure-AsyncOperation of a virtual network", async () => {
    const id = `${group}/providers/Microsoft.Network/virtualNetworks/full`;
    await fault({ method: "PUT", pathPattern: "/virtualNetworks/full$", acceptThenFail });
    const creation = create(id, "2024-05-01", {
      properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    });
    await creation.submitted();
    azure.pass();
    await expect(creation).rejects.toThrow("There is no room in the region.");
    expect(await state(id, "2024-05-01")).toBe("Failed");
  });

  test("is reported by the Location of a new storage account", async () => {
    const id = `${group}/providers/Microsoft.Storage/storageAccounts/fullaccount`;
    await fault({ method: "PUT", pathPattern: "/storageAccounts/fullaccount$", acceptThenFail });
    const creation = create(id, "2024-01-01", { kind: "StorageV2", sku: { name: "Standard_LRS" } });
    await creation.submitted();
    azure.pass();
    await expect(creation).rejects.toMatchObject({ code: "OutOfCapacity" });
  });

  test("keeps a resource that should have been deleted", async () => {
    await put(resources, "sticky");
    await fault({ method: "DELETE", pathPattern: "/resourceGroups/sticky$", acceptThenFail });
    const deletion = resources.resourceGroups.delete("sticky", quickly);
    await deletion.submitted();
    azure.pass();
    await expect(deletion).rejects.toMatchObject({ code: "OutOfCapacity" });
    expect(await exists("sticky")).toBe(true);
  });

  test("is refused for a change that Azure applies at once", async () => {
    await fault({ ...ofGroup("instant"), acceptThenFail });
    const write = await azure.arm("PUT", `${subscription}/resourceGroups/instant`, {
      location: "westeurope",
    });
    expect(message(write)).toContain("it cannot fail later");
  });
});

test.each<[string, object]>([
  ["has no kind", { pathPattern: "." }],
  ["has two kinds", { pathPattern: ".", delay: 1, drop: "after" }],
  ["has an unknown member", { pathPattern: ".", status: 403, delay: 1 }],
  ["has no path", { delay: 1 }],
])("a fault that %s is refused, and the answer says what it needs", async (_, body) => {
  await expect(fault(body)).rejects.toThrow(
    "A fault has a pathPattern and one of answer, delay, drop, throttle, acceptThenFail",
  );
});
