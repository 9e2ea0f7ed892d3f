import { expect, test } from "vitest";

import { subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const other = await testAzure();

test("a subscription that starts from a snapshot is as the recorded one was", async () => {
  const namespace = await azure.namespace("ns-of-one", { name: "Standard", capacity: 3 });
  const hub = `${namespace}/eventhubs/events`;
  await azure.arm("PUT", hub, { properties: { partitionCount: 4 } });
  await azure.graph("POST", "applications", { displayName: "reader" });
  await other.group("rg-of-before");

  const { body: snapshot } = await azure.control("GET", "snapshot");
  expect((await other.control("PUT", "snapshot", snapshot)).status).toBe(200);

  expect((await other.control("GET", "snapshot")).body).toEqual(snapshot);
  expect((await other.arm("GET", namespace)).body).toMatchObject({ sku: { capacity: 3 } });
  expect((await other.arm("GET", hub)).body).toMatchObject({ properties: { partitionCount: 4 } });
  expect((await other.arm("GET", `${subscription}/resourceGroups/rg-of-before`)).status).toBe(404);
  const applications = (await azure.graph("GET", "applications")).body as { value: object[] };
  expect((await other.graph("GET", "applications")).body).toMatchObject({ value: applications.value });
  const keys = await other.arm("POST", `${namespace}/authorizationRules/RootManageSharedAccessKey/listKeys`);
  expect(keys.body).toMatchObject({ primaryKey: expect.stringMatching(/^.{40,}$/) as string });
});

test("a snapshot holds no access key and no time of a resource", async () => {
  const { body } = await azure.control("GET", "snapshot");
  const { resources } = body as { resources: object[] };
  expect(new Set(resources.flatMap((resource) => Object.keys(resource)))).toEqual(
    new Set(["id", "type", "seeded", "body"]),
  );
});
