import { expect, test } from "vitest";
import { message, refusal, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group();
const cluster = (name: string) => `${group}/providers/Microsoft.EventHub/clusters/${name}`;
const namespace = (name: string) => `${group}/providers/Microsoft.EventHub/namespaces/${name}`;
const on = (id: string, changes: object = {}) => ({
  location: "westus",
  sku: { name: "Standard" },
  properties: { clusterArmId: id },
  ...changes,
});

test("a namespace on a cluster has Dedicated's limits, under the SKU Standard", async () => {
  const sku = { name: "Dedicated", capacity: 1 };
  expect(refusal(await azure.arm("PUT", cluster("large"), { location: "westus", sku }))).toBe(
    "400 BadRequest",
  );
  expect((await azure.arm("PUT", cluster("cluster-large"), { location: "westus", sku })).status).toBe(200);
  expect((await azure.arm("PUT", namespace("on-cluster"), on(cluster("cluster-large")))).body).toMatchObject({
    sku: { name: "Standard" },
    properties: { clusterArmId: cluster("cluster-large") },
  });
  azure.pass();
  for (const hub of Array.from({ length: 11 }, (_, index) => `hub-${index}`)) {
    const properties = { partitionCount: 100, messageRetentionInDays: 90 };
    expect(
      (await azure.arm("PUT", `${namespace("on-cluster")}/eventhubs/${hub}`, { properties })).status,
    ).toBe(200);
  }
  expect((await azure.arm("GET", `${cluster("cluster-large")}/namespaces`)).body).toMatchObject({
    value: [{ id: namespace("on-cluster") }],
  });
});

test("a cluster holds 2,000 partitions a capacity unit", async () => {
  const hub = `${namespace("on-cluster")}/eventhubs/one-more`;
  const full = await azure.arm("PUT", hub, { properties: { partitionCount: 1000 } });
  expect(message(full)).toMatch(/Partition.*Actual: 2100, Max allowed: 2000/);
});

test("a cluster that does not exist, is elsewhere, or gets another SKU is refused", async () => {
  const refused = async (body: object) => message(await azure.arm("PUT", namespace("refused"), body));
  expect(await refused(on(cluster("missing")))).toMatch(/missing' does not exist/);
  expect(await refused(on(cluster("cluster-large"), { location: "westeurope" }))).toMatch(
    /is in the region westus/,
  );
  expect(await refused(on(cluster("cluster-large"), { sku: { name: "Premium" } }))).toMatch(/SKU Standard/);
});

test("a namespace keeps its cluster, and the cluster stays while it has one", async () => {
  const off = await azure.arm(
    "PUT",
    namespace("on-cluster"),
    on(cluster("cluster-large"), { properties: {} }),
  );
  expect(message(off)).toMatch(/cannot be changed/);
  expect(refusal(await azure.arm("DELETE", cluster("cluster-large")))).toBe("409 Conflict");
  await azure.arm("DELETE", namespace("on-cluster"));
  azure.pass();
  expect((await azure.arm("DELETE", cluster("cluster-large"))).status).toBe(200);
});
