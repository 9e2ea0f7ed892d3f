import { createServer } from "node:net";
import { expect, test } from "vitest";
import { ArmClient, Unfinished } from "../../../plugins/azureNative/armClient.ts";
import { clientOf, group, startFakeArm, subscriptionId } from "../fakeArm.ts";

const id = `${group}/providers/Microsoft.EventHub/namespaces/events`;
const version = "2024-01-01";
const soon = { "retry-after": "0" };

test("an error carries ARM's status, code and message", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, {
    status: 400,
    body: { error: { code: "BadRequest", message: "Can't set Auto-Inflate in basic SKU" } },
  });
  await expect(clientOf(arm).put(id, version, {}, false)).rejects.toThrow(
    `Status=400 Code="BadRequest" Message="Can't set Auto-Inflate in basic SKU"`,
  );
});

test("an answer that does not look like ARM's is passed on as it is", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${id}`, { status: 403, body: { sorry: true } });
  await expect(clientOf(arm).get(id, version)).rejects.toThrow(`Status=403 Message="{"sorry":true}"`);
});

test("a request is repeated after throttling, a server error and a conflict with another operation", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, { status: 429, headers: soon });
  arm.answer(`PUT ${id}`, { status: 503, headers: soon });
  const conflict = (code: string) => ({ status: 409, headers: soon, body: { error: { code, message: "" } } });
  arm.answer(`PUT ${id}`, conflict("AnotherOperationInProgress"));
  await clientOf(arm).put(id, version, {}, false);
  expect(arm.sent).toEqual(Array(4).fill(`PUT ${id}`));
  arm.answer(`PUT ${id}`, conflict("StorageAccountOperationInProgress"));
  await clientOf(arm).put(id, version, {}, false);
  expect(arm.sent).toHaveLength(6);
});

test("another conflict is final, and so is the fourth refusal", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, { status: 409, body: { error: { code: "Conflict", message: "in transition" } } });
  await expect(clientOf(arm).put(id, version, {}, false)).rejects.toThrow("in transition");
  expect(arm.sent).toHaveLength(1);

  for (let time = 0; time < 4; time++) arm.answer(`GET ${id}`, { status: 500, headers: soon, body: {} });
  await expect(clientOf(arm).get(id, version)).rejects.toThrow("Status=500");
  expect(arm.sent).toHaveLength(5);
});

test("the client waits as long as Retry-After says", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${id}`, { status: 429, headers: { "retry-after": "1" } });
  arm.answer(`GET ${id}`, { status: 200, body: { name: "events" } });
  const start = performance.now();
  await clientOf(arm).get(id, version);
  expect(performance.now() - start).toBeGreaterThan(950);
});

test("an answer that asks for more than two minutes is final, and says what was refused", async () => {
  const arm = await startFakeArm();
  const body = { error: { code: "TooManyRequests", message: "Try again after 300 seconds." } };
  for (const seconds of ["300", new Date(Date.now() + 300_000).toUTCString()]) {
    arm.answer(`GET ${id}`, { status: 429, headers: { "retry-after": seconds }, body });
    await expect(clientOf(arm).get(id, version)).rejects.toThrow(
      `Status=429 Code="TooManyRequests" Message="Try again after 300 seconds."`,
    );
  }
  expect(arm.sent).toHaveLength(2);
});

test.each([501, 505])("a server's %i is final", async (status) => {
  const arm = await startFakeArm();
  arm.answer(`GET ${id}`, { status, headers: soon, body: {} });
  await expect(clientOf(arm).get(id, version)).rejects.toThrow(`Status=${String(status)}`);
  expect(arm.sent).toHaveLength(1);
});

test("the error names an address where nobody answers", async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  const client = new ArmClient(`http://127.0.0.1:${port}`, () => Promise.resolve("token"));
  await expect(client.get(id, version)).rejects.toThrow(`127.0.0.1:${port}${id}: connect ECONNREFUSED`);
});

test("a provider that isn't registered is registered, and the request sent again", async () => {
  const arm = await startFakeArm();
  const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.EventHub`;
  arm.answer(`PUT ${id}`, {
    status: 409,
    body: {
      error: {
        code: "MissingSubscriptionRegistration",
        message: "",
        details: [{ target: "Microsoft.EventHub" }],
      },
    },
  });
  arm.answer(`POST ${provider}/register`, { status: 200, body: { registrationState: "Registering" } });
  arm.answer(`GET ${provider}`, { status: 200, body: { registrationState: "Registering" } });
  arm.answer(`GET ${provider}`, { status: 200, body: { registrationState: "Registered" } });
  await clientOf(arm).put(id, version, {}, false);
  expect(arm.sent).toEqual([
    `PUT ${id}`,
    `POST ${provider}/register`,
    `GET ${provider}`,
    `GET ${provider}`,
    `PUT ${id}`,
  ]);
});

const state = (provisioningState: string) => ({ id, properties: { provisioningState } });

test("a long-running PUT without headers ends with the resource's provisioningState", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, { status: 200, body: state("Created") });
  arm.answer(`GET ${id}`, { status: 200, body: state("Created") });
  arm.answer(`GET ${id}`, { status: 200, body: state("Succeeded") });
  expect(await clientOf(arm).put(id, version, {}, true)).toEqual(state("Succeeded"));
  expect(arm.sent).toEqual([`PUT ${id}`, `GET ${id}`, `GET ${id}`]);
});

test("the client does not wait for a PUT that is not long-running in the specification", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, { status: 200, body: state("Updating") });
  expect(await clientOf(arm).put(id, version, {}, false)).toEqual(state("Updating"));
});

test("an operation that Azure-AsyncOperation names is followed to its end, then the resource read", async () => {
  const arm = await startFakeArm();
  const operation = "/operations/1";
  arm.answer(`PUT ${id}`, {
    status: 201,
    body: {},
    headers: { "azure-asyncoperation": `${arm.url}${operation}?api-version=x` },
  });
  arm.answer(`GET ${operation}`, { status: 200, body: { status: "InProgress" }, headers: soon });
  arm.answer(`GET ${operation}`, { status: 200, body: { status: "Succeeded" } });
  arm.answer(`GET ${id}`, { status: 200, body: { name: "done" } });
  expect(await clientOf(arm).put(id, version, {}, true)).toEqual({ name: "done" });
});

test("an operation that fails after it was accepted says why", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, { status: 201, body: {}, headers: { "azure-asyncoperation": "/operations/1" } });
  arm.answer("GET /operations/1", {
    status: 200,
    body: { status: "Failed", error: { code: "Quota", message: "too many" } },
  });
  const failed = clientOf(arm).put(id, version, {}, true);
  await expect(failed).rejects.toThrow(`Code="Quota" Message="too many"`);
  await expect(failed).rejects.toBeInstanceOf(Unfinished);
});

test("a Location is polled until it is no 202, with the api-version added if it has none", async () => {
  const arm = await startFakeArm();
  arm.answer(`PUT ${id}`, { status: 202, headers: { location: "/results/1", ...soon } });
  arm.answer("GET /results/1", { status: 202, headers: soon });
  arm.answer("GET /results/1", { status: 200, body: { name: "done" } });
  expect(await clientOf(arm).put(id, version, {}, false)).toEqual({ name: "done" });
  expect(arm.requests[1]?.apiVersion).toBe(version);
});

test("the client waits for a long-running DELETE until the result is gone", async () => {
  const arm = await startFakeArm();
  arm.answer(`DELETE ${id}`, { status: 202, headers: { location: "/results/1", ...soon } });
  arm.answer("GET /results/1", { status: 202, headers: soon });
  await clientOf(arm).delete(id, version, true);
  expect(arm.sent).toEqual([`DELETE ${id}`, "GET /results/1", "GET /results/1"]);
});

test("deleting what is gone succeeds, and a refusal is an error", async () => {
  const arm = await startFakeArm();
  arm.answer(`DELETE ${id}`, { status: 404, body: {} });
  await clientOf(arm).delete(id, version, false);
  arm.answer(`DELETE ${id}`, { status: 409, body: { error: { code: "ScopeLocked", message: "locked" } } });
  await expect(clientOf(arm).delete(id, version, false)).rejects.toThrow("ScopeLocked");
});
