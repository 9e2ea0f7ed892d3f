import { expect, test } from "vitest";

import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const provider = (name: string) => `${subscription}/providers/${name}`;
const stateOf = async (name: string) =>
  ((await azure.arm("GET", provider(name))).body as { registrationState: string }).registrationState;

test("a fresh subscription has only the registrations that every subscription has", async () => {
  const { value } = (await azure.arm("GET", `${subscription}/providers`)).body as {
    value: { namespace: string; registrationState: string }[];
  };
  const registered = value.filter((p) => p.registrationState === "Registered").map((p) => p.namespace);
  expect(registered).toEqual(["Microsoft.Authorization", "Microsoft.Resources"]);
  expect(value.map((p) => p.namespace)).toEqual(
    expect.arrayContaining(["Microsoft.Insights", "Microsoft.EventHub"]),
  );
});

test("nothing of a provider can be created before it is registered", async () => {
  await azure.arm("PUT", `${subscription}/resourceGroups/rg`, { location: "westus" });
  const namespace = `${subscription}/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/too-early`;
  const refused = await azure.arm("PUT", namespace, { location: "westus" });
  expect(refusal(refused)).toBe("409 MissingSubscriptionRegistration");
  expect(message(refused)).toContain("'Microsoft.EventHub'");
  expect(refused.body).toMatchObject({ error: { details: [{ target: "Microsoft.EventHub" }] } });
});

test("registering takes a while, and registering twice does no harm", async () => {
  const answer = await azure.arm("POST", `${provider("microsoft.eventhub")}/register`);
  expect(answer.body).toMatchObject({ namespace: "Microsoft.EventHub", registrationState: "Registering" });
  azure.pass(100);
  expect(await stateOf("Microsoft.EventHub")).toBe("Registering");
  azure.pass();
  expect(await stateOf("Microsoft.EventHub")).toBe("Registered");
  const again = await azure.arm("POST", `${provider("Microsoft.EventHub")}/register`);
  expect(again.body).toMatchObject({ registrationState: "Registered" });
});

test("a provider can be unregistered only when no resource of it is left", async () => {
  const id = await azure.namespace("in-the-way");
  expect(refusal(await azure.arm("POST", `${provider("Microsoft.EventHub")}/unregister`))).toBe(
    "409 Conflict",
  );
  await azure.arm("DELETE", id);
  azure.pass();
  const going = await azure.arm("POST", `${provider("Microsoft.EventHub")}/unregister`);
  expect(going.body).toMatchObject({ registrationState: "Unregistering" });
  azure.pass();
  expect(await stateOf("Microsoft.EventHub")).toBe("NotRegistered");
});

test("a provider that Azure does not have is not found", async () => {
  expect(refusal(await azure.arm("POST", `${provider("Microsoft.Nonsense")}/register`))).toBe(
    "404 InvalidResourceNamespace",
  );
});

test("a test can make a registration slow, or hang", async () => {
  await azure.control("POST", "registration", { namespace: "Microsoft.Insights", delaySeconds: 90 });
  await azure.arm("POST", `${provider("Microsoft.Insights")}/register`);
  azure.pass(89_000);
  expect(await stateOf("Microsoft.Insights")).toBe("Registering");
  azure.pass(2_000);
  expect(await stateOf("Microsoft.Insights")).toBe("Registered");

  await azure.control("POST", "registration", { namespace: "Microsoft.Storage", never: true });
  await azure.arm("POST", `${provider("Microsoft.Storage")}/register`);
  azure.pass(3_000_000);
  expect(await stateOf("Microsoft.Storage")).toBe("Registering");
});

test("a test can have a request refused a number of times", async () => {
  const fault = {
    method: "POST",
    pathPattern: "/providers/Microsoft\\.Network/register$",
    answer: { status: 403, code: "AuthorizationFailed", message: "The client does not have authorization." },
  };
  await azure.control("POST", "faults", { ...fault, times: 1 });
  const register = () => azure.arm("POST", `${provider("microsoft.network")}/register`);
  expect(refusal(await register())).toBe("403 AuthorizationFailed");
  expect((await register()).status).toBe(200);

  await azure.control("POST", "faults", { ...fault, forever: true });
  expect(refusal(await register())).toBe("403 AuthorizationFailed");
  expect(refusal(await register())).toBe("403 AuthorizationFailed");
  await azure.control("DELETE", "faults");
  expect((await register()).status).toBe(200);
});

test("a name can be checked once the provider is registered", async () => {
  const check = `${subscription}/providers/Microsoft.Storage/checkNameAvailability`;
  const body = { name: "stillfree", type: "Microsoft.Storage/storageAccounts" };
  await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "NotRegistered" });
  expect(refusal(await azure.arm("POST", check, body, "2024-01-01"))).toBe(
    "409 MissingSubscriptionRegistration",
  );
  await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "Registered" });
  expect((await azure.arm("POST", check, body, "2024-01-01")).body).toEqual({ nameAvailable: true });
});
