import { describe, expect, it } from "vitest";
import { type LoggedRequest, resourcesIn, templateOf } from "../../../tools/template/armResources.ts";

const group = "/subscriptions/s/resourceGroups/g";
const namespace = `${group}/providers/Microsoft.EventHub/namespaces/n`;
const version = "?api-version=2024-01-01";
const put = (url: string, requestBody: unknown = {}, status = 200): LoggedRequest => {
  return { method: "PUT", url: `${url}${version}`, status, requestBody };
};

describe("what a log of requests put into Azure", () => {
  it("is each resource as it was written last, under its full type", () => {
    const resources = resourcesIn([
      put(group, { location: "westeurope" }),
      put(namespace, { location: "westeurope", sku: { name: "Basic" } }),
      put(`https://management.azure.com${namespace}`, { sku: { name: "Standard" }, properties: { a: 1 } }),
      put(`${namespace}/eventhubs/h`, { properties: { partitionCount: 4 } }),
    ]);
    expect(resources).toEqual([
      {
        type: "Microsoft.EventHub/namespaces",
        id: namespace,
        name: "n",
        apiVersion: "2024-01-01",
        sku: { name: "Standard" },
        properties: { a: 1 },
      },
      {
        type: "Microsoft.EventHub/namespaces/eventhubs",
        id: `${namespace}/eventhubs/h`,
        name: "h",
        apiVersion: "2024-01-01",
        properties: { partitionCount: 4 },
      },
    ]);
  });

  it("does not contain what was refused, read, or deleted, by itself or with its group", () => {
    const gone: LoggedRequest = { method: "DELETE", url: `${group.toUpperCase()}${version}`, status: 202 };
    expect(resourcesIn([put(namespace, {}, 400), { ...put(namespace), method: "GET" }])).toEqual([]);
    expect(resourcesIn([put(namespace), gone])).toEqual([]);
    expect(resourcesIn([put(namespace), { ...gone, status: 409 }])).toHaveLength(1);
  });

  it("is a template in which the name of a nested resource contains its parents' names", () => {
    const template = templateOf(resourcesIn([put(namespace), put(`${namespace}/eventhubs/h`)]));
    expect(template).toMatchObject({
      resources: [{ name: "n" }, { name: "n/h", apiVersion: "2024-01-01" }],
    });
    expect(JSON.stringify(template)).not.toContain("subscriptions");
  });
});
