import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { clientSecret, subscriptionId } from "../../azure/tenant.ts";
import { subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();

test("every request is in the log when it is answered, with method, address, status and both bodies", async () => {
  await azure.arm("PUT", `${subscription}/resourceGroups/logged`, { location: "westus" });
  expect(azure.log().at(-1)).toMatchObject({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    method: "PUT",
    url: `${azure.origin}/subscriptions/${subscriptionId}/resourceGroups/logged?api-version=2022-09-01`,
    status: 201,
    requestBody: { location: "westus" },
    responseBody: { name: "logged" },
  });
  await azure.arm("GET", `${subscription}/resourceGroups/missing`);
  expect(azure.log().at(-1)).toMatchObject({ status: 404, requestBody: null });
});

test("the log has no secret and no request of a test's control", async () => {
  const { body } = await azure.signIn();
  const { access_token: token } = body as { access_token: string };
  const id = await azure.namespace("secretive");
  const { primaryKey } = (
    await azure.arm("POST", `${id}/authorizationRules/RootManageSharedAccessKey/listKeys`)
  ).body as {
    primaryKey: string;
  };
  await azure.control("POST", "load", { namespace: "secretive", throughputUnits: 2 });
  const log = readFileSync(join(azure.directory, "requests.jsonl"), "utf8");
  expect(log).toContain(`"primaryConnectionString":"***"`);
  for (const secret of [clientSecret, token, primaryKey]) expect(log).not.toContain(secret);
  expect(log).not.toContain("/sandbox/");
});

test("further logs get the same lines, and a restart continues all of them", async () => {
  const more = join(azure.directory, "more", "log.jsonl");
  await azure.stop();
  const before = azure.log().length;
  await azure.start([more]);
  await azure.arm("GET", `${subscription}/resourceGroups`);
  const added = azure.log().slice(before);
  expect(added).not.toHaveLength(0);
  expect(readFileSync(more, "utf8").trim().split("\n")).toHaveLength(added.length);
});

test("after a restart everything is where it was, and what was under way is finished", async () => {
  const id = await azure.namespace("survivor");
  await azure.arm("PUT", `${id}/eventhubs/hub`, {});
  await azure.arm("PATCH", id, { tags: { a: "b" } });
  await azure.stop();
  azure.pass();
  await azure.start();
  expect((await azure.arm("GET", id)).body).toMatchObject({
    tags: { a: "b" },
    properties: { provisioningState: "Succeeded" },
  });
  expect((await azure.arm("GET", `${id}/eventhubs/hub`)).status).toBe(200);
});
