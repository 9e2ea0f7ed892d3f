import { describe, expect, test } from "vitest";

import { message, refusal, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const standard = await azure.namespace("hubs-standard");
const basic = await azure.namespace("hubs-basic", { name: "Basic" });
const premium = await azure.namespace("hubs-premium", { name: "Premium", capacity: 1 });

const put = (namespace: string, hub: string, properties: object = {}) =>
  azure.arm("PUT", `${namespace}/eventhubs/${hub}`, { properties });
const get = async (namespace: string, hub: string) =>
  ((await azure.arm("GET", `${namespace}/eventhubs/${hub}`)).body as { properties: Record<string, unknown> })
    .properties;

test("a rule of a hub gets lost that is written beside another one, where Azure does that now and then", async () => {
  await put(standard, "with-rules");
  const rule = (name: string) => `${standard}/eventhubs/with-rules/authorizationRules/${name}`;
  const write = (name: string) => azure.arm("PUT", rule(name), { properties: { rights: ["Listen"] } });
  const isKept = async (name: string) => (await azure.arm("GET", rule(name))).status === 200;
  await azure.control("POST", "conditions", { overlaps: 0.3 });
  const answers = await Promise.all([write("first"), write("second")]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect([await isKept("first"), await isKept("second")]).toEqual([true, false]);
  azure.pass();
  await write("third");
  expect(await isKept("third")).toBe(true);
  await azure.control("DELETE", "conditions");
});

describe("an event hub", () => {
  test("exists at once, with Azure's defaults and its $Default group", async () => {
    const made = await put(standard, "defaults");
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      properties: {
        partitionCount: 4,
        partitionIds: ["0", "1", "2", "3"],
        messageRetentionInDays: 7,
        retentionDescription: { cleanupPolicy: "Delete", retentionTimeInHours: 168 },
        status: "Active",
      },
    });
    const groups = (await azure.arm("GET", `${standard}/eventhubs/defaults/consumergroups`)).body as {
      value: object[];
    };
    expect(groups.value).toMatchObject([{ name: "$Default" }]);
  });

  test("answers an update with blank times and partitions, and the next GET with the true ones", async () => {
    await put(standard, "blank");
    const updated = await put(standard, "blank", { messageRetentionInDays: 3 });
    expect(updated.body).toMatchObject({
      properties: { createdAt: "0001-01-01T00:00:00", partitionIds: [] },
    });
    expect(await get(standard, "blank")).toMatchObject({
      partitionIds: ["0", "1", "2", "3"],
      messageRetentionInDays: 3,
    });
  });

  test("answers in the form of the api-version", async () => {
    await put(standard, "ages");
    const at = async (version: string) =>
      (await azure.arm("GET", `${standard}/eventhubs/ages`, undefined, version)).body;
    expect(await at("2021-11-01")).toMatchObject({
      type: "Microsoft.EventHub/Namespaces/EventHubs",
      location: "West US",
    });
    expect(await at("2024-01-01")).toMatchObject({
      type: "Microsoft.EventHub/namespaces/eventhubs",
      location: "westus",
    });
  });

  test("is deleted at once, with all that is in it", async () => {
    await put(standard, "gone");
    await azure.arm("PUT", `${standard}/eventhubs/gone/consumergroups/siem`, {});
    expect((await azure.arm("DELETE", `${standard}/eventhubs/gone`)).status).toBe(200);
    expect((await azure.arm("DELETE", `${standard}/eventhubs/gone`)).status).toBe(204);
    expect(refusal(await azure.arm("GET", `${standard}/eventhubs/gone/consumergroups/siem`))).toBe(
      "404 ParentResourceNotFound",
    );
  });

  test("needs its namespace and its group", async () => {
    expect(refusal(await put(standard.replace("hubs-standard", "missing"), "hub"))).toBe(
      "404 ParentResourceNotFound",
    );
    expect(refusal(await put(standard.replace("/rg/", "/missing/"), "hub"))).toBe(
      "404 ResourceGroupNotFound",
    );
  });
});

test.each([
  ["33 partitions on Standard", standard, { partitionCount: 33 }, "between 1 and 32"],
  ["101 partitions on Premium", premium, { partitionCount: 101 }, "between 1 and 100"],
  ["8 days on Standard", standard, { messageRetentionInDays: 8 }, "can't exceed '7' day(s)"],
  [
    "169 hours on Standard",
    standard,
    { retentionDescription: { retentionTimeInHours: 169 } },
    "can't exceed '7' day(s)",
  ],
  [
    "2 days on Basic",
    basic,
    { messageRetentionInDays: 2 },
    "The value '2' for MessageRetentionInDays isn't valid for the Basic tier.",
  ],
  ["91 days on Premium", premium, { messageRetentionInDays: 91 }, "can't exceed '90' day(s)"],
  ["compaction on Basic", basic, { retentionDescription: { cleanupPolicy: "Compact" } }, "Basic"],
  ["capture on Basic", basic, { captureDescription: { enabled: true } }, "Basic"],
])("%s are refused", async (_, namespace, properties, hint) => {
  const refused = await put(namespace, "refused", properties);
  expect(refusal(refused)).toBe("400 BadRequest");
  expect(message(refused)).toContain(hint);
});

test("on Basic a hub keeps its events for a day", async () => {
  await put(basic, "one-day");
  expect(await get(basic, "one-day")).toMatchObject({ messageRetentionInDays: 1 });
});

describe("partitions", () => {
  test("cannot change below Premium", async () => {
    await put(standard, "fixed", { partitionCount: 4 });
    expect(message(await put(standard, "fixed", { partitionCount: 8 }))).toContain(
      "PartitionCount can't be changed",
    );
    expect((await put(standard, "fixed", {})).status).toBe(200);
    expect(await get(standard, "fixed")).toMatchObject({ partitionCount: 4 });
  });

  test("grow on Premium and never shrink", async () => {
    await put(premium, "growing", { partitionCount: 4 });
    expect((await put(premium, "growing", { partitionCount: 8 })).status).toBe(200);
    expect(refusal(await put(premium, "growing", { partitionCount: 4 }))).toBe("400 BadRequest");
  });

  test("are limited over all hubs of a Premium namespace", async () => {
    const id = await azure.namespace("premium-partitions", { name: "Premium", capacity: 1 });
    await put(id, "a", { partitionCount: 100 });
    await put(id, "b", { partitionCount: 100 });
    expect(refusal(await put(id, "c", { partitionCount: 1 }))).toBe("409 Conflict");
  });
});

test("a Standard namespace takes ten hubs and refuses the eleventh, but still updates the tenth", async () => {
  const id = await azure.namespace("ten-hubs");
  for (let i = 1; i <= 10; i++) expect((await put(id, `hub-${String(i)}`)).status).toBe(200);
  const refused = await put(id, "hub-11");
  expect(refusal(refused)).toBe("409 Conflict");
  expect(message(refused)).toMatch(
    /^The maximum number of resources of type EventHub has been reached or exceeded. Actual: 10, Max allowed: 10 CorrelationId: /,
  );
  expect((await put(id, "hub-10", { messageRetentionInDays: 1 })).status).toBe(200);
});

describe("consumer groups", () => {
  test("are twenty per hub on Standard, $Default included", async () => {
    await put(standard, "crowded");
    const group = (i: number) =>
      azure.arm("PUT", `${standard}/eventhubs/crowded/consumergroups/g${String(i)}`, {});
    for (let i = 1; i <= 19; i++) expect((await group(i)).status).toBe(200);
    expect(refusal(await group(20))).toBe("409 Conflict");
  });

  test("do not exist on Basic", async () => {
    await put(basic, "lonely");
    const refused = await azure.arm("PUT", `${basic}/eventhubs/lonely/consumergroups/more`, {});
    expect(refusal(refused)).toBe("400 BadRequest");
    expect(message(refused)).toContain(
      "entity type 'ConsumerGroup' because the namespace 'hubs-basic' is using 'Basic' tier.",
    );
  });

  test("can be written, read and deleted, except $Default", async () => {
    await put(standard, "grouped");
    const path = `${standard}/eventhubs/grouped/consumergroups`;
    const metadata = { properties: { userMetadata: "for the SIEM" } };
    expect((await azure.arm("PUT", `${path}/siem`, metadata)).body).toMatchObject({
      name: "siem",
      ...metadata,
    });
    expect((await azure.arm("GET", `${path}/$Default`)).status).toBe(200);
    expect((await azure.arm("GET", `${path}/%24Default`)).status).toBe(200);
    expect((await azure.arm("DELETE", `${path}/siem`)).status).toBe(200);
    expect(refusal(await azure.arm("DELETE", `${path}/$Default`))).toBe("400 BadRequest");
  });
});

describe("authorization rules", () => {
  test("of a hub have connection strings that name the hub", async () => {
    await put(standard, "ruled");
    const rule = `${standard}/eventhubs/ruled/authorizationRules/listen`;
    expect((await azure.arm("PUT", rule, { properties: { rights: ["Listen"] } })).status).toBe(200);
    const keys = (await azure.arm("POST", `${rule}/listKeys`)).body as Record<string, string>;
    expect(keys["primaryConnectionString"]).toMatch(/;EntityPath=ruled$/);
    const renewed = await azure.arm("POST", `${rule}/regenerateKeys`, { keyType: "PrimaryKey" });
    expect((renewed.body as Record<string, string>)["primaryKey"]).not.toBe(keys["primaryKey"]);
    expect((renewed.body as Record<string, string>)["secondaryKey"]).toBe(keys["secondaryKey"]);
  });

  test("with Manage need Send and Listen, and twelve is the limit", async () => {
    const id = await azure.namespace("many-rules");
    const rule = (name: string, rights: string[]) =>
      azure.arm("PUT", `${id}/authorizationRules/${name}`, { properties: { rights } });
    expect(refusal(await rule("manager", ["Manage"]))).toBe("400 BadRequest");
    expect(refusal(await rule("nothing", []))).toBe("400 BadRequest");
    for (let i = 2; i <= 12; i++) expect((await rule(`rule${String(i)}`, ["Send"])).status).toBe(200);
    expect(refusal(await rule("rule13", ["Send"]))).toBe("409 Conflict");
  });
});

test("an event hub has no PATCH", async () => {
  await put(standard, "unpatched");
  expect(refusal(await azure.arm("PATCH", `${standard}/eventhubs/unpatched`, {}))).toBe(
    "405 MethodNotAllowed",
  );
});
