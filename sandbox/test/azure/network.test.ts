import { beforeAll, describe, expect, test } from "vitest";

import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group("rg-network-tests", "westeurope");
const network = `${group}/providers/Microsoft.Network`;
const networkId = `${network}/virtualNetworks/vnet`;
const subnetId = (name: string) => `${networkId}/subnets/${name}`;
const send = (method: string, path: string, body?: unknown) =>
  azure.arm(
    method,
    path,
    body,
    /dnszones/i.test(path.replace(/privateDnsZoneGroups/, "")) ? "2024-06-01" : "2024-05-01",
  );

const virtualNetwork = (subnets: object[], location = "westeurope") => ({
  location,
  properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, subnets },
});
const subnets = [
  { name: "endpoints", properties: { addressPrefix: "10.0.1.0/24" } },
  {
    name: "consumers",
    properties: {
      addressPrefix: "10.0.2.0/24",
      serviceEndpoints: [{ service: "Microsoft.EventHub" }, { service: "Microsoft.Storage" }],
    },
  },
];
const endpoint = (targetId: string, changes: object = {}) => ({
  location: "westeurope",
  properties: {
    subnet: { id: subnetId("endpoints") },
    privateLinkServiceConnections: [
      { name: "c", properties: { privateLinkServiceId: targetId, groupIds: ["namespace"] } },
    ],
    ...changes,
  },
});

let namespaceId = "";
beforeAll(async () => {
  for (const namespace of ["Microsoft.Network", "Microsoft.Storage"])
    await azure.control("POST", "registration", { namespace, state: "Registered" });
  namespaceId = await azure.namespace("with-private-endpoints");
  await send("PUT", networkId, virtualNetwork(subnets));
  azure.pass();
});

describe("a virtual network", () => {
  test("has its subnets as separate resources", async () => {
    const { body } = await send("GET", subnetId("consumers"));
    expect(body).toMatchObject({
      id: subnetId("consumers"),
      properties: { addressPrefix: "10.0.2.0/24", provisioningState: "Succeeded" },
    });
    expect((await send("GET", networkId)).body).toMatchObject({
      properties: { subnets: [{ name: "endpoints" }, { name: "consumers" }] },
    });
  });

  test("accepts subnets from its own addresses only, and none twice", async () => {
    const put = (prefix: string) =>
      send("PUT", subnetId("another"), { properties: { addressPrefix: prefix } });
    expect(refusal(await put("10.1.0.0/24"))).toBe("400 NetcfgInvalidSubnet");
    expect(refusal(await put("10.0.2.128/25"))).toBe("400 NetcfgSubnetRangesOverlap");
    expect((await put("10.0.3.0/24")).status).toBe(201);
    expect((await send("DELETE", subnetId("another"))).status).toBe(200);
  });
});

describe("a private endpoint", () => {
  const id = `${network}/privateEndpoints/pe`;
  const zoneId = `${network}/privateDnsZones/privatelink.servicebus.windows.net`;
  const groupId = `${id}/privateDnsZoneGroups/default`;
  const zoneGroup = {
    properties: {
      privateDnsZoneConfigs: [{ name: "hubs", properties: { privateDnsZoneId: zoneId } }],
    },
  };

  test("is refused without a subnet in its region, and without a target", async () => {
    const missing = { subnet: { id: subnetId("nowhere") } };
    const unknown = await send("PUT", id, endpoint(namespaceId, missing));
    expect(refusal(unknown)).toBe("400 InvalidResourceReference");
    expect(message(unknown)).toContain(`${subnetId("nowhere")} referenced by resource ${id} was not found`);

    const elsewhere = await send("PUT", id, { ...endpoint(namespaceId), location: "northeurope" });
    expect(refusal(elsewhere)).toBe("400 InvalidResourceReference");
    expect(message(elsewhere)).toContain("both resources are in the same region");

    expect(refusal(await send("PUT", id, endpoint(`${namespaceId}-gone`)))).toBe(
      "400 InvalidResourceReference",
    );
  });

  test("leads to one part of a resource, and not to a Basic namespace", async () => {
    const to = (targetId: string, groupIds: string[]) =>
      send(
        "PUT",
        id,
        endpoint(targetId, {
          privateLinkServiceConnections: [
            { name: "c", properties: { privateLinkServiceId: targetId, groupIds } },
          ],
        }),
      );
    expect(refusal(await to(namespaceId, ["namespace", "blob"]))).toBe("400 OnlyOneGroupIdPermitted");
    expect(refusal(await to(namespaceId, ["blob"]))).toBe("400 InvalidPrivateLinkServiceConnection");
    const basic = await azure.namespace("a-basic-namespace", { name: "Basic" });
    expect(refusal(await to(basic, ["namespace"]))).toBe("400 InvalidPrivateLinkServiceConnection");
  });

  test("is visible at both ends, and a zone group writes its private address under the name", async () => {
    expect((await send("PUT", id, endpoint(namespaceId))).status).toBe(201);
    azure.pass();
    const fqdn = "with-private-endpoints.servicebus.windows.net";
    expect((await send("GET", id)).body).toMatchObject({
      properties: {
        provisioningState: "Succeeded",
        customDnsConfigs: [{ fqdn, ipAddresses: ["10.0.1.4"] }],
        privateLinkServiceConnections: [
          { properties: { privateLinkServiceConnectionState: { status: "Approved" } } },
        ],
      },
    });
    expect((await azure.arm("GET", namespaceId)).body).toMatchObject({
      properties: {
        privateEndpointConnections: [
          {
            properties: {
              privateEndpoint: { id },
              privateLinkServiceConnectionState: { status: "Approved" },
            },
          },
        ],
      },
    });

    expect(refusal(await send("PUT", groupId, zoneGroup))).toBe("400 InvalidResourceReference");
    expect((await send("PUT", zoneId, { location: "global" })).status).toBe(201);
    azure.pass();
    expect((await send("PUT", groupId, zoneGroup)).status).toBe(201);
    azure.pass();
    expect((await send("GET", `${zoneId}/A/with-private-endpoints`)).body).toMatchObject({
      properties: { ttl: 10, aRecords: [{ ipv4Address: "10.0.1.4" }] },
    });
    expect((await send("GET", `${zoneId}/A`)).body).toMatchObject({
      value: [{ name: "with-private-endpoints" }],
    });
    expect((await send("GET", id)).body).toMatchObject({ properties: { customDnsConfigs: [] } });
    expect(refusal(await send("PUT", `${id}/privateDnsZoneGroups/second`, zoneGroup))).toBe(
      "400 MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
    );
  });

  test("leads to an account's blobs under their name", async () => {
    const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/withendpoints`;
    const account = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    await azure.arm("PUT", accountId, account, "2024-01-01");
    azure.pass();
    const connections = [{ name: "c", properties: { privateLinkServiceId: accountId, groupIds: ["blob"] } }];
    const second = `${network}/privateEndpoints/second`;
    await send("PUT", second, endpoint(accountId, { privateLinkServiceConnections: connections }));
    azure.pass();
    expect((await send("GET", second)).body).toMatchObject({
      properties: {
        customDnsConfigs: [{ fqdn: "withendpoints.blob.core.windows.net", ipAddresses: ["10.0.1.5"] }],
      },
    });
    expect((await azure.arm("GET", accountId, undefined, "2024-01-01")).body).toMatchObject({
      properties: { privateEndpointConnections: [{ properties: { privateEndpoint: { id: second } } }] },
    });
    await send("DELETE", second);
    azure.pass();
  });

  test("fails beside another one of its subnet, where Azure does that now and then", async () => {
    const [first, second] = ["one", "two"].map((name) => `${network}/privateEndpoints/${name}`);
    const states = async () => {
      await send("PUT", first ?? "", endpoint(namespaceId));
      const { headers, status } = await send("PUT", second ?? "", endpoint(namespaceId));
      azure.pass();
      const url = new URL(headers.get("azure-asyncoperation") ?? "");
      const operation = await azure.arm(
        "GET",
        url.pathname,
        undefined,
        url.searchParams.get("api-version") ?? "",
      );
      return { status, operation: operation.body };
    };
    expect(await states()).toMatchObject({ status: 201, operation: { status: "Succeeded" } });
    await azure.control("POST", "conditions", { overlaps: 0.3 });
    expect(await states()).toMatchObject({
      status: 200,
      operation: {
        status: "Failed",
        error: {
          code: "RetryableError",
          message: expect.stringContaining("is not in Succeeded state") as string,
        },
      },
    });
    await azure.control("DELETE", "conditions");
    for (const id of [first, second]) await send("DELETE", id ?? "");
    azure.pass();
  });

  test("fails beside another one of its account in another subnet, and keeps the account busy meanwhile", async () => {
    const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/withtwoendpoints`;
    const account = {
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: {},
    };
    await azure.arm("PUT", accountId, account, "2024-01-01");
    azure.pass();
    await azure.control("POST", "conditions", { overlaps: 0.01 });
    const make = (name: string, part: string, subnet: string) =>
      send("PUT", `${network}/privateEndpoints/${name}`, {
        location: "westeurope",
        properties: {
          subnet: { id: subnetId(subnet) },
          privateLinkServiceConnections: [
            { name, properties: { privateLinkServiceId: accountId, groupIds: [part] } },
          ],
        },
      });
    await make("blob", "blob", "endpoints");
    expect(refusal(await azure.arm("PUT", accountId, account, "2024-01-01"))).toBe(
      "409 StorageAccountOperationInProgress",
    );
    const { headers } = await make("dfs", "dfs", "consumers");
    azure.pass();
    const url = new URL(headers.get("azure-asyncoperation") ?? "");
    const version = url.searchParams.get("api-version") ?? "";
    expect((await azure.arm("GET", url.pathname, undefined, version)).body).toMatchObject({
      status: "Failed",
      error: { code: "StorageAccountOperationInProgress" },
    });
    await azure.control("DELETE", "conditions");
    for (const name of ["blob", "dfs"]) await send("DELETE", `${network}/privateEndpoints/${name}`);
    azure.pass();
  });

  test("keeps its subnet from deletion, stays where it is, and takes its record along when it goes", async () => {
    expect(refusal(await send("DELETE", subnetId("endpoints")))).toBe("400 InUseSubnetCannotBeDeleted");
    expect(refusal(await send("DELETE", networkId))).toBe("400 InUseSubnetCannotBeDeleted");
    const moved = await send("PUT", id, endpoint(namespaceId, { subnet: { id: subnetId("consumers") } }));
    expect(refusal(moved)).toBe("400 PrivateEndpointCannotBeUpdated");
    expect((await send("DELETE", id)).status).toBe(202);
    azure.pass();
    expect(refusal(await send("GET", `${zoneId}/A/with-private-endpoints`))).toBe("404 ResourceNotFound");
    expect((await azure.arm("GET", namespaceId)).body).not.toHaveProperty(
      "properties.privateEndpointConnections",
    );
  });
});

describe("a private DNS zone", () => {
  const zoneId = `${network}/privateDnsZones/privatelink.blob.core.windows.net`;
  const link = { location: "global", properties: { virtualNetwork: { id: networkId } } };

  test("is in no region", async () => {
    expect(refusal(await send("PUT", zoneId, { location: "westeurope" }))).toBe(
      "400 LocationNotAvailableForResourceType",
    );
    expect(refusal(await send("PUT", zoneId, {}))).toBe("400 LocationRequired");
    expect((await send("PUT", zoneId, { location: "Global" })).body).toMatchObject({ location: "global" });
    azure.pass();
  });

  test("can be linked to networks that have no other zone of its name, and cannot be deleted while it is linked", async () => {
    expect((await send("PUT", `${zoneId}/virtualNetworkLinks/first`, link)).status).toBe(201);
    azure.pass();
    const other = `${subscription}/resourceGroups/rg-zones`;
    await azure.arm("PUT", other, { location: "westeurope" });
    const twin = zoneId.replace(group, other);
    await send("PUT", twin, { location: "global" });
    azure.pass();
    const overlap = await send("PUT", `${twin}/virtualNetworkLinks/second`, link);
    expect(refusal(overlap)).toBe("400 BadRequest");
    expect(message(overlap)).toContain("cannot be linked to multiple zones with overlapping namespaces");
    expect(refusal(await send("DELETE", zoneId))).toBe("409 CannotDeleteResource");
    await send("DELETE", `${zoneId}/virtualNetworkLinks/first`);
    azure.pass();
    expect((await send("DELETE", zoneId)).status).toBe(202);
  });
});

describe("a rule for a subnet", () => {
  const rules = (id: string) => ({
    properties: { defaultAction: "Deny", virtualNetworkRules: [{ subnet: { id } }] },
  });
  const put = (id: string) => azure.arm("PUT", `${namespaceId}/networkRuleSets/default`, rules(id));

  test("of a namespace needs the subnet and its service endpoint", async () => {
    expect(message(await put(subnetId("nowhere")))).toContain("was not found");
    expect(message(await put(subnetId("endpoints")))).toContain("no service endpoint");
    expect((await put(subnetId("consumers"))).status).toBe(200);
  });

  test("of an account does too", async () => {
    const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/withsubnetrules`;
    const account = (id: string) => ({
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: { networkAcls: { defaultAction: "Deny", virtualNetworkRules: [{ id }] } },
    });
    const storage = (id: string) => azure.arm("PUT", accountId, account(id), "2024-01-01");
    expect(refusal(await storage(subnetId("nowhere")))).toBe("400 NetworkAclsValidationFailure");
    expect(message(await storage(subnetId("endpoints")))).toContain(
      "SubnetsHaveNoServiceEndpointsConfigured",
    );
    expect((await storage(subnetId("consumers"))).status).toBe(202);
  });
});

test("a namespace shows its subnets in an order of Azure's, with the names of groups in lower case", async () => {
  const id = await azure.namespace("with-subnets");
  const other = await azure.group("Rg-In-Capitals", "westeurope");
  const vnet = `${other}/providers/Microsoft.Network/virtualNetworks/Vnet`;
  const names = ["a", "b", "c", "d"];
  const inside = (name: string, i: number) => ({
    name,
    properties: {
      addressPrefix: `10.0.${String(i + 1)}.0/24`,
      serviceEndpoints: [{ service: "Microsoft.EventHub" }],
    },
  });
  await send("PUT", vnet, virtualNetwork(names.map(inside)));
  const rules = names.map((name) => ({ subnet: { id: `${vnet}/subnets/${name}` } }));
  const shown = async (virtualNetworkRules: object[]) => {
    const { body } = await azure.arm("PUT", `${id}/networkRuleSets/default`, {
      properties: { defaultAction: "Deny", virtualNetworkRules },
    });
    const kept = (body as { properties: { virtualNetworkRules: { subnet: { id: string } }[] } }).properties;
    return kept.virtualNetworkRules.map(({ subnet }) => subnet.id);
  };
  const order = await shown(rules);
  expect(order).toEqual(await shown([...rules].reverse()));
  expect(order).not.toEqual(rules.map(({ subnet }) => subnet.id));
  expect(order.every((one) => one.includes("/resourceGroups/rg-in-capitals/"))).toBe(true);
});
