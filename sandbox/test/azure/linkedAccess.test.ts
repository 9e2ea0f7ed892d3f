import { beforeAll, describe, expect, test } from "vitest";

import { restrictedDeployer } from "../../azure/tenant.ts";
import { message, refusal, type Reply, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group("rg-links", "westeurope");
const provider = (namespace: string) => `${group}/providers/Microsoft.${namespace}`;
const roles = `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const identityOperator = "f1a07417-d97a-45cb-824c-7a7467783830";

const subnet = `${provider("Network")}/virtualNetworks/vnet/subnets/one`;
const zone = `${provider("Network")}/privateDnsZones/privatelink.servicebus.windows.net`;
const identity = `${provider("ManagedIdentity")}/userAssignedIdentities/encrypts`;
const endpoint = `${provider("Network")}/privateEndpoints/pe`;
const namespace = `${provider("EventHub")}/namespaces/links-here`;

const versions: readonly [RegExp, string][] = [
  [/Microsoft\.Authorization\//, "2022-04-01"],
  [/privateDnsZones\/|privateDnsOperationStatuses/, "2024-06-01"],
  [/Microsoft\.Network\//, "2024-05-01"],
  [/ManagedIdentity/, "2023-01-31"],
  [/Microsoft\.Storage\//, "2024-01-01"],
];
const versionOf = (id: string) => versions.find(([pattern]) => pattern.test(id))?.[1];
const put = (id: string, body: object) => azure.arm("PUT", id, body, versionOf(id));
/** What the restricted deployer asks for. */
const as = (method: string, id: string, body?: object): Promise<Reply> =>
  azure.armAs(restrictedDeployer.appId, method, id, body, versionOf(id));

async function give(role: string, scope: string): Promise<void> {
  const given = await put(
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
    {
      properties: { roleDefinitionId: `${roles}/${role}`, principalId: restrictedDeployer.objectId },
    },
  );
  expect(given.status).toBe(201);
}

/** A role of these actions, for the group. */
async function giveActions(...actions: string[]): Promise<void> {
  const role = crypto.randomUUID();
  const permissions = [{ actions }];
  await put(`${roles}/${role}`, {
    properties: { roleName: role, assignableScopes: [subscription], permissions },
  });
  await give(role, group);
}

beforeAll(async () => {
  for (const name of ["Network", "Storage", "ManagedIdentity"])
    await azure.control("POST", "registration", { namespace: `Microsoft.${name}`, state: "Registered" });
  await put(`${provider("Network")}/virtualNetworks/vnet`, {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [
        {
          name: "one",
          properties: { addressPrefix: "10.0.1.0/24", serviceEndpoints: [{ service: "Microsoft.Storage" }] },
        },
      ],
    },
  });
  await put(zone, { location: "global", properties: {} });
  await put(identity, { location: "westeurope" });
  await put(namespace, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.pass();
  await giveActions(
    "Microsoft.Network/privateEndpoints/*",
    "Microsoft.EventHub/namespaces/*",
    "Microsoft.Storage/storageAccounts/*",
  );
});

describe("a caller that writes a resource that names another one", () => {
  const connection = {
    name: "c",
    properties: { privateLinkServiceId: namespace, groupIds: ["namespace"] },
  };
  const asked = {
    location: "westeurope",
    properties: { subnet: { id: subnet }, privateLinkServiceConnections: [connection] },
  };

  test("must be allowed to use the subnet of a private endpoint", async () => {
    const refused = await as("PUT", endpoint, asked);
    expect(refusal(refused)).toBe("403 LinkedAuthorizationFailed");
    expect(message(refused)).toContain(
      `has permission to perform action 'Microsoft.Network/privateEndpoints/write' on scope '${endpoint}'; however, it does not have permission to perform action 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '${subnet}'`,
    );
    await give(networkContributor, subnet);
    expect((await as("PUT", endpoint, asked)).status).toBe(201);
  });

  test("must be allowed to write into a zone", async () => {
    azure.pass();
    const id = `${endpoint}/privateDnsZoneGroups/default`;
    const config = { name: "hubs", properties: { privateDnsZoneId: zone } };
    const refused = await as("PUT", id, { properties: { privateDnsZoneConfigs: [config] } });
    expect(message(refused)).toContain(`'Microsoft.Network/privateDnsZones/join/action' on the linked`);
  });

  test("must be allowed to let a subnet in", async () => {
    const { properties } = asked;
    const account = `${provider("Storage")}/storageAccounts/linkedaccess`;
    const body = (id: string) => ({
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: { networkAcls: { defaultAction: "Deny", virtualNetworkRules: [{ id }] } },
    });
    const other = properties.subnet.id.replace(/one$/, "two");
    expect(message(await as("PUT", account, body(other)))).toContain(
      "'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action' on the linked",
    );
    expect((await as("PUT", account, body(subnet))).status).toBe(202);
  });

  test("must be allowed to assign an identity to it, which Managed Identity Operator may", async () => {
    const body = {
      location: "westeurope",
      sku: { name: "Standard" },
      identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
      properties: {},
    };
    const refused = await as("PUT", namespace, body);
    expect(message(refused)).toContain(
      "'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked",
    );
    await give(identityOperator, identity);
    expect((await as("PUT", namespace, body)).status).toBe(200);
    expect((await as("GET", identity)).status).toBe(200);
  });
});

describe("reading the state of an operation", () => {
  test("needs an action on the subscription for private endpoints", async () => {
    azure.pass();
    const deleting = await as("DELETE", endpoint);
    const { pathname, searchParams } = new URL(deleting.headers.get("azure-asyncoperation") ?? "");
    const look = (appId?: string) =>
      appId === undefined
        ? azure.arm("GET", pathname, undefined, searchParams.get("api-version") ?? "")
        : azure.armAs(appId, "GET", pathname, undefined, searchParams.get("api-version") ?? "");
    expect(message(await look(restrictedDeployer.appId))).toContain(
      `'Microsoft.Network/locations/operations/read' over scope '${subscription}/`,
    );
    expect((await look()).body).toEqual({ status: "InProgress" });
    azure.pass();
    expect((await look()).body).toEqual({ status: "Succeeded" });
  });

  test("needs an action on a namespace that is being deleted", async () => {
    const { headers } = await as("DELETE", namespace);
    const path = new URL(headers.get("location") ?? "").pathname;
    expect((await as("GET", path)).status).toBe(202);
    azure.pass();
    expect((await as("GET", path)).status).toBe(200);
  });
});
