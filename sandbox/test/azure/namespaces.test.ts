import { describe, expect, test } from "vitest";

import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group();
const idOf = (name: string) => `${group}/providers/Microsoft.EventHub/namespaces/${name}`;
const standard = (properties: object = {}, capacity = 1) => ({
  location: "westus",
  sku: { name: "Standard", tier: "Standard", capacity },
  properties,
});

describe("a namespace", () => {
  test("is answered with 200 and Created, and Succeeded later", async () => {
    const made = await azure.arm("PUT", idOf("Birth-of-one"), {
      location: "westus",
      sku: { name: "Standard" },
    });
    expect(made.status).toBe(200);
    expect(made.headers.get("azure-asyncoperation") ?? made.headers.get("location")).toBeNull();
    expect(made.body).toMatchObject({
      id: idOf("Birth-of-one"),
      type: "Microsoft.EventHub/Namespaces",
      location: "West US",
      sku: { name: "Standard", tier: "Standard", capacity: 1 },
      properties: {
        provisioningState: "Created",
        status: "Activating",
        kafkaEnabled: true,
        isAutoInflateEnabled: false,
        maximumThroughputUnits: 0,
        disableLocalAuth: false,
        serviceBusEndpoint: "https://Birth-of-one.servicebus.windows.net:443/",
      },
    });
    azure.pass();
    const path = idOf("birth-of-one").replace("Microsoft.EventHub", "microsoft.eventhub");
    expect((await azure.arm("GET", path)).body).toMatchObject({
      id: idOf("Birth-of-one"),
      properties: { provisioningState: "Succeeded", status: "Active" },
    });
  });

  test("accepts nothing inside until it is finished", async () => {
    await azure.arm("PUT", idOf("busy-one"), standard());
    const refused = await azure.arm("PUT", `${idOf("busy-one")}/eventhubs/hub`, {});
    expect(refusal(refused)).toBe("409 Conflict");
    expect(message(refused)).toMatch(/Namespace provisioning in transition.* CorrelationId: [0-9a-f-]{36}$/);
    azure.pass();
    expect((await azure.arm("PUT", `${idOf("busy-one")}/eventhubs/hub`, {})).status).toBe(200);
  });

  test("is Updating after an update, and sends the configured units even when it was inflated", async () => {
    const id = await azure.namespace("update-one", standard().sku, {
      isAutoInflateEnabled: true,
      maximumThroughputUnits: 20,
    });
    await azure.control("POST", "load", { namespace: "update-one", throughputUnits: 12 });
    const inflated = { isAutoInflateEnabled: true, maximumThroughputUnits: 20 };
    const updated = await azure.arm("PUT", id, { ...standard(inflated), tags: { a: "b" } });
    expect(updated.body).toMatchObject({
      sku: { capacity: 1 },
      tags: { a: "b" },
      properties: { provisioningState: "Updating" },
    });
  });

  test("keeps what a PATCH does not name", async () => {
    const id = await azure.namespace(
      "patch-one",
      { name: "Standard", capacity: 3 },
      { disableLocalAuth: true },
    );
    const patched = await azure.arm("PATCH", id, {
      sku: { name: "Standard", capacity: 5 },
      tags: { a: "b" },
    });
    expect(patched.body).toMatchObject({
      sku: { capacity: 5 },
      tags: { a: "b" },
      properties: { disableLocalAuth: true },
    });
  });

  test("is deleted in the background: 202, a Location that ends with 200, readable until then", async () => {
    const id = await azure.namespace("going-one");
    const accepted = await azure.arm("DELETE", id);
    expect(accepted.status).toBe(202);
    const { pathname, search } = new URL(accepted.headers.get("location") ?? "");
    expect(pathname).toBe(`${id}/operationresults/going-one`);
    expect((await azure.arm("GET", pathname + search, undefined, "")).status).toBe(202);
    expect((await azure.arm("GET", id)).body).toMatchObject({
      properties: { provisioningState: "Deleting" },
    });
    azure.pass();
    expect((await azure.arm("GET", pathname + search, undefined, "")).status).toBe(200);
    expect(refusal(await azure.arm("GET", id))).toBe("404 ResourceNotFound");
    expect((await azure.arm("DELETE", id)).status).toBe(204);
  });

  test("comes with its rule set and its root key, and shows keys on demand only", async () => {
    const id = await azure.namespace("with-children");
    expect((await azure.arm("GET", `${id}/networkRuleSets/default`)).body).toMatchObject({
      properties: {
        defaultAction: "Allow",
        publicNetworkAccess: "Enabled",
        ipRules: [],
        virtualNetworkRules: [],
      },
    });
    const rule = `${id}/authorizationRules/RootManageSharedAccessKey`;
    const shown = await azure.arm("GET", rule);
    expect(shown.body).toMatchObject({ properties: { rights: ["Listen", "Manage", "Send"] } });
    expect(JSON.stringify(shown.body)).not.toMatch(/Key=|primaryKey/);
    expect((await azure.arm("POST", `${rule}/listKeys`)).body).toMatchObject({
      keyName: "RootManageSharedAccessKey",
      primaryConnectionString: expect.stringMatching(
        /^Endpoint=sb:\/\/with-children\.servicebus\.windows\.net\/;/,
      ) as string,
    });
    expect(refusal(await azure.arm("DELETE", rule))).toBe("400 BadRequest");
    expect(refusal(await azure.arm("DELETE", `${id}/networkRuleSets/default`))).toBe("405 MethodNotAllowed");
  });

  test("shows an api-version only what that version knows", async () => {
    const id = await azure.namespace("of-two-ages");
    const properties = async (version: string) =>
      Object.keys(
        ((await azure.arm("GET", id, undefined, version)).body as { properties: object }).properties,
      );
    expect(await properties("2017-04-01")).not.toContain("zoneRedundant");
    expect(await properties("2024-01-01")).toContain("zoneRedundant");
  });
});

test.each([
  ["no location", { sku: { name: "Standard" } }, "400 LocationRequired", "location"],
  [
    "a region that does not exist",
    { ...standard(), location: "mars" },
    "400 LocationNotAvailableForResourceType",
    "mars",
  ],
  [
    "a misspelled property",
    standard({ isAutoInflateEnable: true }),
    "400 InvalidRequestContent",
    "Did you mean 'isAutoInflateEnabled'",
  ],
  [
    "a number as text",
    standard({ maximumThroughputUnits: "10" }),
    "400 InvalidRequestContent",
    "maximumThroughputUnits",
  ],
  [
    "an unknown tier",
    { location: "westus", sku: { name: "Gold" } },
    "400 InvalidRequestContent",
    "'Premium'",
  ],
  ["41 throughput units", standard({}, 41), "400 BadRequest", "1-40"],
  ["0 throughput units", standard({}, 0), "400 BadRequest", "1-40"],
  [
    "3 processing units",
    { location: "westus", sku: { name: "Premium", capacity: 3 } },
    "400 BadRequest",
    "1, 2, 4",
  ],
  [
    "a tier that differs from the SKU's name",
    { location: "westus", sku: { name: "Basic", tier: "Standard" } },
    "400 BadRequest",
    "tier",
  ],
  [
    "auto-inflate on Basic",
    { ...standard({ isAutoInflateEnabled: true, maximumThroughputUnits: 5 }), sku: { name: "Basic" } },
    "400 BadRequest",
    "Can't set Auto-Inflate in basic SKU",
  ],
  [
    "a ceiling below the units",
    standard({ isAutoInflateEnabled: true, maximumThroughputUnits: 2 }, 4),
    "400 InvalidMaxThroughputValue",
    "'2' is out of range",
  ],
  [
    "auto-inflate without a ceiling",
    standard({ isAutoInflateEnabled: true }),
    "400 InvalidMaxThroughputValue",
    "'0' is out of range",
  ],
  [
    "a ceiling above 40",
    standard({ isAutoInflateEnabled: true, maximumThroughputUnits: 41 }),
    "400 InvalidMaxThroughputValue",
    "1-40",
  ],
  [
    "a ceiling without auto-inflate",
    standard({ maximumThroughputUnits: 10 }),
    "400 BadRequest",
    "Cannot set MaximumThroughputUnits",
  ],
  [
    "a customer's key below Premium",
    standard({ encryption: { keySource: "Microsoft.KeyVault" } }),
    "400 BadRequest",
    "Standard",
  ],
  [
    "TLS 1.3 before its api-version",
    standard({ minimumTlsVersion: "1.3" }),
    "400 InvalidRequestContent",
    "'1.2'",
  ],
])("a namespace is refused for %s", async (_, body, code, hint) => {
  const refused = await azure.arm("PUT", idOf("refused-one"), body);
  expect(refusal(refused)).toBe(code);
  expect(message(refused)).toContain(hint);
  expect(refusal(await azure.arm("GET", idOf("refused-one")))).toBe("404 ResourceNotFound");
});

test.each(["short", "1-starts-with-digit", "ends-with-hyphen-", "under_score", "x".repeat(51)])(
  "'%s' is not a name for a namespace",
  async (name) => {
    expect(refusal(await azure.arm("PUT", idOf(name), standard()))).toBe("400 BadRequest");
  },
);

test("read-only properties and nulls are ignored, and enums accepted in any letter case", async () => {
  const body = {
    ...standard({ provisioningState: "Failed", publicNetworkAccess: "disabled", alternateName: null }),
  };
  expect((await azure.arm("PUT", idOf("lenient-one"), body)).body).toMatchObject({
    properties: { provisioningState: "Created", publicNetworkAccess: "Disabled" },
  });
});

describe("names", () => {
  const check = async (name: string) =>
    (await azure.arm("POST", `${subscription}/providers/Microsoft.EventHub/checkNameAvailability`, { name }))
      .body as {
      nameAvailable: boolean;
      reason: string;
    };

  test("are unique in all of Azure: among groups, and with others' namespaces", async () => {
    await azure.namespace("only-one");
    await azure.arm("PUT", `${subscription}/resourceGroups/other`, { location: "westus" });
    const elsewhere = idOf("Only-One").replace("/rg/", "/other/");
    for (const id of [elsewhere, idOf("contoso")]) {
      const refused = await azure.arm("PUT", id, standard());
      expect(refusal(refused)).toBe("400 BadRequest");
      expect(message(refused)).toContain("The specified name is not available.");
    }
    expect(await check("only-one")).toMatchObject({ nameAvailable: false, reason: "NameInUse" });
    expect(await check("contoso")).toMatchObject({ nameAvailable: false, reason: "NameInUse" });
    expect(await check("x")).toMatchObject({ nameAvailable: false, reason: "InvalidName" });
    expect(await check("nobody-has-this")).toEqual({ nameAvailable: true, reason: "None", message: null });
  });
});

describe("changes in place", () => {
  test("a namespace does not move", async () => {
    const id = await azure.namespace("stays-here");
    expect(refusal(await azure.arm("PUT", id, { ...standard(), location: "eastus" }))).toBe(
      "409 InvalidResourceLocation",
    );
  });

  test("neither to nor from Premium", async () => {
    const low = await azure.namespace("below-premium");
    expect(refusal(await azure.arm("PUT", low, { location: "westus", sku: { name: "Premium" } }))).toBe(
      "400 BadRequest",
    );
    const high = await azure.namespace("at-premium", { name: "Premium" });
    expect(refusal(await azure.arm("PUT", high, standard()))).toBe("400 BadRequest");
  });

  test("between Basic and Standard while everything fits", async () => {
    const basic = { location: "westus", sku: { name: "Basic" } };
    const id = await azure.namespace("up-and-down", { name: "Basic" });
    await azure.arm("PUT", `${id}/eventhubs/hub`, {});
    expect((await azure.arm("PUT", id, standard())).status).toBe(200);
    azure.pass();
    expect((await azure.arm("PUT", id, basic)).status).toBe(200);
    azure.pass();
    await azure.arm("PUT", id, standard());
    azure.pass();
    await azure.arm("PUT", `${id}/eventhubs/hub`, { properties: { messageRetentionInDays: 7 } });
    const refused = await azure.arm("PUT", id, basic);
    expect(message(refused)).toContain(
      "The value '7' for MessageRetentionInDays isn't valid for the Basic tier.",
    );
  });

  test("turning auto-inflate off needs the ceiling 0 in the same request", async () => {
    const id = await azure.namespace("no-more-inflating", standard().sku, {
      isAutoInflateEnabled: true,
      maximumThroughputUnits: 20,
    });
    expect(refusal(await azure.arm("PATCH", id, { properties: { isAutoInflateEnabled: false } }))).toBe(
      "400 BadRequest",
    );
    const off = { isAutoInflateEnabled: false, maximumThroughputUnits: 0 };
    expect((await azure.arm("PATCH", id, { properties: off })).status).toBe(200);
  });
});

describe("load", () => {
  const load = (namespace: string, throughputUnits: number) =>
    azure.control("POST", "load", { namespace, throughputUnits });
  const units = async (id: string) =>
    ((await azure.arm("GET", id)).body as { sku: { capacity: number } }).sku.capacity;

  test("raises the units up to the ceiling, and nothing lowers them", async () => {
    const id = await azure.namespace("inflating", standard().sku, {
      isAutoInflateEnabled: true,
      maximumThroughputUnits: 10,
    });
    await load("inflating", 7);
    expect(await units(id)).toBe(7);
    await load("inflating", 30);
    expect(await units(id)).toBe(10);
    await load("inflating", 1);
    expect(await units(id)).toBe(10);
  });

  test("changes nothing without auto-inflate", async () => {
    const id = await azure.namespace("not-inflating");
    await load("not-inflating", 7);
    expect(await units(id)).toBe(1);
    await expect(load("no-such-namespace", 7)).rejects.toThrow("There is no namespace");
  });
});

describe("network rules", () => {
  const rules = (id: string) => `${id}/networkRuleSets/default`;

  test("are replaced by PUT; public access is the same on the namespace", async () => {
    const id = await azure.namespace("fenced");
    const properties = {
      defaultAction: "Deny",
      trustedServiceAccessEnabled: true,
      publicNetworkAccess: "Disabled",
      ipRules: [{ ipMask: "203.0.113.0/24" }],
    };
    const put = await azure.arm("PUT", rules(id), { properties });
    expect(put.body).toMatchObject({
      properties: {
        ...properties,
        defaultAction: "Allow",
        ipRules: [{ ipMask: "203.0.113.0/24", action: "Allow" }],
        virtualNetworkRules: [],
      },
    });
    expect((await azure.arm("GET", id)).body).toMatchObject({
      properties: { publicNetworkAccess: "Disabled" },
    });
    await azure.arm("PUT", rules(id), { properties: {} });
    const reset = (await azure.arm("GET", rules(id))).body as { properties: object };
    expect(reset.properties).toEqual({
      defaultAction: "Allow",
      publicNetworkAccess: "Enabled",
      ipRules: [],
      virtualNetworkRules: [],
    });
  });

  test("keep their default action with public access only, and a perimeter shows at the namespace too", async () => {
    const id = await azure.namespace("perimeter");
    const put = (publicNetworkAccess: string) =>
      azure.arm("PUT", rules(id), { properties: { defaultAction: "Deny", publicNetworkAccess } });
    expect((await put("Enabled")).body).toMatchObject({ properties: { defaultAction: "Deny" } });
    expect((await put("Disabled")).body).toMatchObject({ properties: { defaultAction: "Allow" } });
    await put("SecuredByPerimeter");
    expect((await azure.arm("GET", id)).body).toMatchObject({
      properties: { publicNetworkAccess: "SecuredByPerimeter" },
    });
  });

  test("are refused on Basic, with an invalid mask, and under any other name", async () => {
    const basic = await azure.namespace("basic-no-rules", { name: "Basic" });
    expect(refusal(await azure.arm("PUT", rules(basic), { properties: {} }))).toBe("400 BadRequest");
    const id = await azure.namespace("bad-masks");
    const masks = { properties: { ipRules: [{ ipMask: "203.0.113.0/33" }] } };
    expect(refusal(await azure.arm("PUT", rules(id), masks))).toBe("400 BadRequest");
    expect(refusal(await azure.arm("PUT", `${id}/networkRuleSets/other`, { properties: {} }))).toBe(
      "404 ResourceNotFound",
    );
  });
});
