import { beforeAll, describe, expect, test } from "vitest";

import { message, refusal, type Reply, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group();
const version = "2024-01-01";
const idOf = (name: string) => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
const standard = (properties: object = {}, sku = "Standard_GRS") => ({
  location: "westus",
  kind: "StorageV2",
  sku: { name: sku },
  properties,
});
const send = (method: string, path: string, body?: unknown) => azure.arm(method, path, body, version);

/** A finished account. */
async function account(name: string, properties?: object, sku?: string): Promise<string> {
  const made = await send("PUT", idOf(name), standard(properties, sku));
  if (made.status !== 202) throw new Error(JSON.stringify(made.body));
  azure.pass();
  return idOf(name);
}

beforeAll(() =>
  azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "Registered" }),
);

describe("a storage account", () => {
  test("is accepted with a Location, which answers 202 and then with the account", async () => {
    const made = await send("PUT", idOf("birthofone"), standard());
    expect(made.status).toBe(202);
    expect(made.body).toBeUndefined();
    const location = (made.headers.get("location") ?? "").replace(azure.origin, "");
    expect((await azure.arm("GET", location, undefined, "")).status).toBe(202);
    azure.pass();
    const finished = await azure.arm("GET", location, undefined, "");
    expect(finished.status).toBe(200);
    expect(finished.body).toMatchObject({
      id: idOf("birthofone"),
      location: "westus",
      sku: { name: "Standard_GRS", tier: "Standard" },
      properties: {
        provisioningState: "Succeeded",
        primaryEndpoints: { blob: "https://birthofone.blob.core.windows.net/" },
        networkAcls: { defaultAction: "Allow", bypass: "AzureServices" },
      },
    });
  });

  test("of a government region has endpoints of that cloud", async () => {
    await send("PUT", idOf("govone"), { ...standard(), location: "usgovvirginia" });
    azure.pass();
    expect((await send("GET", idOf("govone"))).body).toMatchObject({
      properties: { primaryEndpoints: { blob: "https://govone.blob.core.usgovcloudapi.net/" } },
    });
  });

  test("has a name that no other one in Azure has, of 3 to 24 lower-case letters and digits", async () => {
    await account("onlyone");
    const elsewhere = `${subscription}/resourceGroups/other`;
    await azure.arm("PUT", elsewhere, { location: "westus" });
    const again = await send("PUT", idOf("onlyone").replace(group, elsewhere), standard());
    expect(refusal(again)).toBe("409 StorageAccountAlreadyTaken");
    expect(message(again)).toBe("The storage account named onlyone is already taken.");
    expect(refusal(await send("PUT", idOf("contoso"), standard()))).toBe("409 StorageAccountAlreadyTaken");
    expect(refusal(await send("PUT", idOf("Only-One"), standard()))).toBe("400 AccountNameInvalid");
    const check = `${subscription}/providers/Microsoft.Storage/checkNameAvailability`;
    const free = async (name: string) =>
      (await send("POST", check, { name, type: "Microsoft.Storage/storageAccounts" })).body;
    expect(await free("onlyone")).toMatchObject({ nameAvailable: false, reason: "AlreadyExists" });
    expect(await free("A")).toMatchObject({ nameAvailable: false, reason: "AccountNameInvalid" });
    expect(await free("stillfree")).toEqual({ nameAvailable: true });
    const named = "resourceType eq 'Microsoft.Storage/storageAccounts' and name eq 'OnlyOne'";
    const found = await azure.arm(
      "GET",
      `${subscription}/resources?$filter=${encodeURIComponent(named)}`,
      undefined,
      "2021-04-01",
    );
    expect(found.body).toMatchObject({ value: [{ id: idOf("onlyone") }] });
  });

  test("keeps what an update does not mention", async () => {
    const id = await account("silentone", { minimumTlsVersion: "TLS1_2", allowSharedKeyAccess: false });
    const updated = await send("PUT", id, standard({ defaultToOAuthAuthentication: true }));
    expect(updated.status).toBe(200);
    expect(updated.body).toMatchObject({
      properties: {
        minimumTlsVersion: "TLS1_2",
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
      },
    });
  });

  test("changes its redundancy to one with the same zones only", async () => {
    const id = await account("redundant");
    expect((await send("PUT", id, standard({}, "Standard_RAGRS"))).status).toBe(200);
    const refused = await send("PUT", id, standard({}, "Standard_GZRS"));
    expect(refusal(refused)).toBe("409 StorageAccountTypeConversionNotAllowed");
  });

  test("refuses fixed properties in an update, even an unchanged `false`", async () => {
    const id = await account("fixedone");
    for (const properties of [
      { isHnsEnabled: false },
      { isHnsEnabled: true },
      { encryption: { requireInfrastructureEncryption: true } },
    ]) {
      const refused = await send("PUT", id, standard(properties));
      expect(refusal(refused)).toBe("409 AccountPropertyCannotBeUpdated");
    }
    const other = await account("fixedother", { isHnsEnabled: true });
    expect((await send("PUT", other, standard({ isHnsEnabled: true }))).status).toBe(200);
  });

  test.each(["10.0.0.1", "203.0.113.7/32", "203.0.113.6/31", "somewhere"])(
    "refuses the address %s",
    async (value) => {
      const acls = { networkAcls: { defaultAction: "Deny", ipRules: [{ value }] } };
      const refused = await send("PUT", idOf("netone"), standard(acls));
      expect(refusal(refused)).toBe("400 InvalidValuesForRequestParameters");
      expect(message(refused)).toContain("networkAcls.ipRules[0].value");
    },
  );

  test("refuses a kind that does not go with its performance", async () => {
    const refused = await send("PUT", idOf("kindone"), { ...standard(), kind: "BlockBlobStorage" });
    expect(refusal(refused)).toBe("400 InvalidValuesForRequestParameters");
  });

  test("shows its keys to those who ask and nowhere else, and masks them in the log", async () => {
    const id = await account("keyone");
    const { keys } = (await send("POST", `${id}/listKeys`)).body as { keys: { value: string }[] };
    expect(keys).toHaveLength(2);
    const text = JSON.stringify([azure.log(), (await send("GET", id)).body]);
    for (const { value } of keys) expect(text).not.toContain(value);
  });

  test("is deleted at once, with everything in it", async () => {
    const id = await account("goingone");
    const container = `${id}/blobServices/default/containers/events`;
    await send("PUT", container, {});
    expect((await send("DELETE", id)).status).toBe(200);
    expect((await send("DELETE", id)).status).toBe(204);
    expect((await send("GET", id)).status).toBe(404);
    await account("goingone");
    expect((await send("GET", container)).status).toBe(404);
  });
});

describe("inside an account", () => {
  let id = "";
  let service = "";
  beforeAll(async () => {
    id = await account("insideone");
    service = `${id}/blobServices/default`;
  });

  test("the blob service exists from the start, without soft delete, and each PUT replaces all of it", async () => {
    expect((await send("GET", service)).body).toMatchObject({
      sku: { name: "Standard_GRS" },
      properties: { deleteRetentionPolicy: { enabled: false } },
    });
    const softDelete = { enabled: true, days: 7 };
    await send("PUT", service, { properties: { containerDeleteRetentionPolicy: softDelete } });
    const reset = (await send("PUT", service, { properties: {} })).body as { properties: object };
    expect(reset.properties).not.toHaveProperty("containerDeleteRetentionPolicy");
    expect((await send("DELETE", service)).status).toBe(405);
    const noDays = { properties: { deleteRetentionPolicy: { enabled: true } } };
    expect((await send("PUT", service, noDays)).status).toBe(400);
  });

  test("a container has a valid name, and is closed on a closed account", async () => {
    const container = (name: string) => `${service}/containers/${name}`;
    expect((await send("PUT", container("insights-logs-x"), {})).status).toBe(201);
    expect((await send("PUT", container("insights-logs-x"), {})).status).toBe(200);
    for (const name of ["Upper", "a", "double--hyphen", "x".repeat(64)]) {
      expect((await send("PUT", container(name), {})).status).toBe(400);
    }
    const open = await send("PUT", container("open"), { properties: { publicAccess: "Blob" } });
    expect(refusal(open)).toBe("409 PublicAccessNotPermitted");
  });

  const lifecycle = (actions: object, blobTypes = ["appendBlob"], prefixMatch = ["insights-logs-"]) => ({
    properties: {
      policy: {
        rules: [
          {
            name: "old",
            type: "Lifecycle",
            enabled: true,
            definition: { filters: { blobTypes, prefixMatch }, actions: { baseBlob: actions } },
          },
        ],
      },
    },
  });
  const days = { daysAfterModificationGreaterThan: 30 };

  test.each<[string, object, number]>([
    ["append blobs can be deleted", lifecycle({ delete: days }), 200],
    ["append blobs cannot be moved to another tier", lifecycle({ tierToCool: days, delete: days }), 400],
    ["block blobs can", lifecycle({ tierToCool: days }, ["blockBlob"]), 200],
    ["a rule without an action is refused", lifecycle({}), 400],
    [
      "so are more than ten prefixes",
      lifecycle({ delete: days }, ["appendBlob"], Array<string>(11).fill("x")),
      400,
    ],
  ])("lifecycle rules: %s", async (_, body, status) => {
    expect((await send("PUT", `${id}/managementPolicies/default`, body)).status).toBe(status);
  });

  test("a lifecycle policy can be deleted", async () => {
    const path = `${id}/managementPolicies/default`;
    await send("PUT", path, lifecycle({ delete: days }));
    expect((await send("DELETE", path)).status).toBe(200);
    expect((await send("GET", path)).status).toBe(404);
  });
});

describe("an immutability policy", () => {
  let container = "";
  let path = "";
  const put = (days: number, ifMatch?: string) =>
    azure.arm(
      "PUT",
      path,
      { properties: { immutabilityPeriodSinceCreationInDays: days, allowProtectedAppendWrites: true } },
      version,
      ifMatch,
    );
  const tag = ({ body }: Reply) => (body as { etag: string }).etag;
  const wrongTag = "412 ContainerImmutabilityPolicyFailure";
  beforeAll(async () => {
    container = `${await account("lockedone")}/blobServices/default/containers/events`;
    path = `${container}/immutabilityPolicies/default`;
    await send("PUT", container, {});
  });

  test("exists from the start, with no days", async () => {
    expect((await send("GET", path)).body).toMatchObject({
      properties: { immutabilityPeriodSinceCreationInDays: 0, state: "Unlocked" },
    });
    expect((await send("GET", container)).body).toMatchObject({
      properties: { hasImmutabilityPolicy: false },
    });
  });

  test("is changed and deleted only with its ETag", async () => {
    const made = await put(30);
    expect(made.status).toBe(200);
    expect(refusal(await put(31))).toBe(wrongTag);
    expect(refusal(await put(31, '"stale"'))).toBe(wrongTag);
    const changed = await put(31, tag(made));
    expect(changed.status).toBe(200);
    expect(refusal(await send("DELETE", path))).toBe(wrongTag);
    const deleted = await azure.arm("DELETE", path, undefined, version, tag(changed));
    expect(deleted.body).toMatchObject({ properties: { immutabilityPeriodSinceCreationInDays: 0 } });
  });

  test("is neither changed nor deleted once it is locked, and keeps its container", async () => {
    const made = await put(30);
    const locked = await azure.arm("POST", `${path}/lock`, undefined, version, tag(made));
    expect(locked.body).toMatchObject({ properties: { state: "Locked" } });
    expect((await put(31, tag(locked))).status).toBe(409);
    expect((await azure.arm("DELETE", path, undefined, version, tag(locked))).status).toBe(409);
    expect((await send("DELETE", container)).status).toBe(409);
  });
});

test("an account cannot be created before Microsoft.Storage is registered", async () => {
  await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "NotRegistered" });
  const refused = await send("PUT", idOf("earlyone"), standard());
  expect(refusal(refused)).toBe("409 MissingSubscriptionRegistration");
});

test("Defender for Storage lets itself through the firewall of every account, again and again, while it scans", async () => {
  for (const namespace of ["Microsoft.Storage", "Microsoft.Security"])
    await azure.control("POST", "registration", { namespace, state: "Registered" });
  const id = await account("scannedaccount", { networkAcls: { defaultAction: "Deny" } });
  const rules = async () => {
    const { body } = await send("GET", id);
    return (body as { properties: { networkAcls: { resourceAccessRules?: { resourceId: string }[] } } })
      .properties.networkAcls.resourceAccessRules;
  };
  expect(await rules()).toBeUndefined();
  const scan = (isEnabled: string) =>
    azure.arm(
      "PUT",
      `${subscription}/providers/Microsoft.Security/pricings/StorageAccounts`,
      {
        properties: {
          pricingTier: "Standard",
          subPlan: "DefenderForStorageV2",
          extensions: [{ name: "OnUploadMalwareScanning", isEnabled }],
        },
      },
      "2023-01-01",
    );
  await scan("True");
  const scanner = `${subscription}/providers/Microsoft.Security/datascanners/StorageDataScanner`;
  expect(await rules()).toMatchObject([{ resourceId: scanner }]);
  await send("PATCH", id, {
    properties: { networkAcls: { defaultAction: "Deny", resourceAccessRules: [] } },
  });
  expect(await rules()).toEqual([]);
  azure.pass();
  expect(await rules()).toMatchObject([{ resourceId: scanner }]);
  await scan("False");
  await send("PATCH", id, {
    properties: { networkAcls: { defaultAction: "Deny", resourceAccessRules: [] } },
  });
  azure.pass();
  expect(await rules()).toEqual([]);
});
