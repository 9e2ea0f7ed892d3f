import { describe, expect, test } from "vitest";

import { deployer } from "../../azure/tenant.ts";
import { subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const namespace = await azure.namespace("monitored");

interface Series {
  metadatavalues: { name: { value: string }; value: string }[];
  data: { timeStamp: string; total?: number; average?: number }[];
}

/** The hour that ends with a minute's start a little ahead, in two half hours. */
const now = Math.ceil(Date.now() / 60_000) * 60_000 + 120_000;
const timespan = [now - 3_600_000, now].map((time) => new Date(time).toISOString()).join("/");

async function ask(id: string, query: Record<string, string>) {
  const search = new URLSearchParams({ timespan, interval: "PT30M", aggregation: "Total", ...query });
  return azure.arm(
    "GET",
    `${id}/providers/Microsoft.Insights/metrics?${search.toString()}`,
    undefined,
    "2023-10-01",
  );
}

async function series(id: string, query: Record<string, string>): Promise<Series[]> {
  const { status, body } = await ask(id, query);
  expect(status).toBe(200);
  return (body as { value: { timeseries: Series[] }[] }).value[0]?.timeseries ?? [];
}

const count = (metric: string, value: number, dimensions: Record<string, string>, minutesAgo: number) =>
  azure.control("POST", "metrics", { resourceId: namespace, metric, value, dimensions, minutesAgo });

describe("metrics", async () => {
  await count("IncomingMessages", 5, { EntityName: "alerts" }, 50);
  await count("IncomingMessages", 2, { EntityName: "alerts" }, 2);
  await count("IncomingMessages", 1, { EntityName: "alerts" }, 1);
  await count("IncomingMessages", 40, { EntityName: "devices" }, 2);

  test("are added up over each interval, with zeros if nothing happened", async () => {
    const [all] = await series(namespace, { metricnames: "IncomingMessages" });
    expect(all?.data.map(({ total }) => total)).toEqual([5, 43]);
    const [bytes] = await series(namespace, { metricnames: "IncomingBytes" });
    expect(bytes?.data.map(({ total }) => total)).toEqual([0, 0]);
  });

  test("come as a series for each value of a dimension with a wildcard, ten of them by default", async () => {
    const split = await series(namespace, { metricnames: "IncomingMessages", $filter: "EntityName eq '*'" });
    expect(
      split.map(({ metadatavalues: [value], data }) => [
        value?.name.value,
        value?.value,
        data.map(({ total }) => total),
      ]),
    ).toEqual([
      ["entityname", "alerts", [5, 3]],
      ["entityname", "devices", [0, 40]],
    ]);
    expect(
      await series(namespace, { metricnames: "IncomingMessages", $filter: "EntityName eq '*'", top: "1" }),
    ).toHaveLength(1);
    const one = await series(namespace, {
      metricnames: "IncomingMessages",
      $filter: "EntityName eq 'devices'",
    });
    expect(one).toHaveLength(1);
  });

  test("of another name, dimension or interval are refused, without ARM's envelope", async () => {
    const wrong = await ask(namespace, { metricnames: "Availability" });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ code: "BadRequest" });
    expect((wrong.body as { message: string }).message).toMatch(
      /metric: Availability, Valid metrics: .*IncomingMessages/,
    );
    expect((await ask(namespace, { metricnames: "IncomingMessages", $filter: "Hub eq '*'" })).status).toBe(
      400,
    );
    expect((await ask(namespace, { metricnames: "IncomingMessages", interval: "PT2H" })).status).toBe(400);
  });

  test("of a resource that does not exist are not found", async () => {
    expect((await ask(`${namespace}-else`, { metricnames: "IncomingMessages" })).status).toBe(404);
  });
});

describe("the activity log", () => {
  const entries = async (filter: string) => {
    const search = new URLSearchParams({ $filter: filter });
    const path = `${subscription}/providers/Microsoft.Insights/eventtypes/management/values?${search.toString()}`;
    return azure.arm("GET", path, undefined, "2015-04-01");
  };
  const since = `eventTimestamp ge '${new Date(now - 86_400_000).toISOString()}'`;

  test("has changes and actions that succeeded, newest first, with their callers", async () => {
    await azure.arm("POST", `${namespace}/authorizationRules/RootManageSharedAccessKey/listKeys`);
    await azure.arm("PUT", `${namespace}/eventhubs/refused`, { properties: { partitionCount: 99 } });
    const { body } = await entries(`${since} and resourceGroupName eq 'rg'`);
    const log = (
      body as { value: { operationName: { value: string }; caller: string; resourceId: string }[] }
    ).value;
    expect(log.map(({ operationName }) => operationName.value)).toEqual([
      "Microsoft.EventHub/namespaces/authorizationRules/listKeys/action",
      "Microsoft.EventHub/namespaces/write",
      "Microsoft.Resources/subscriptions/resourceGroups/write",
    ]);
    expect(log[0]).toMatchObject({
      caller: deployer.objectId,
      resourceId: `${namespace}/authorizationRules/RootManageSharedAccessKey`,
      status: { value: "Succeeded" },
    });
  });

  test("can be filtered by resource", async () => {
    const { body } = await entries(`${since} and resourceUri eq '${namespace}'`);
    expect((body as { value: unknown[] }).value).toHaveLength(1);
  });

  test("needs a start time", async () => {
    const refused = await entries("resourceGroupName eq 'rg'");
    expect(refused.status).toBe(400);
  });
});
