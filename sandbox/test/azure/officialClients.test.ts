import { EventHubManagementClient } from "@azure/arm-eventhub";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import { expect, test } from "vitest";

import { clientSecret, deployer, subscriptionId, tenantId } from "../../azure/tenant.ts";
import { testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const options = { authorityHost: azure.origin, disableInstanceDiscovery: true };
const credential = new ClientSecretCredential(tenantId, deployer.appId, clientSecret, options);
const resources = new ResourceManagementClient(credential, subscriptionId, { endpoint: azure.origin });
const eventHubs = new EventHubManagementClient(credential, subscriptionId, { endpoint: azure.origin });
const quickly = { updateIntervalInMs: 1 };

test("Azure's own clients register a provider, create, read, list and delete", async () => {
  expect((await resources.providers.register("Microsoft.EventHub")).registrationState).toBe("Registering");
  azure.pass();
  expect((await resources.providers.get("Microsoft.EventHub")).registrationState).toBe("Registered");
  await resources.resourceGroups.createOrUpdate("clients", { location: "westeurope" });
  expect((await resources.resourceGroups.checkExistence("clients")).body).toBe(true);

  const sku = { name: "Standard", tier: "Standard", capacity: 2 };
  const creation = eventHubs.namespaces.createOrUpdate(
    "clients",
    "by-clients",
    { location: "westeurope", sku },
    quickly,
  );
  await creation.submitted();
  azure.pass();
  const namespace = await creation;
  expect(namespace).toMatchObject({ provisioningState: "Succeeded", location: "West Europe", sku });

  const hub = await eventHubs.eventHubs.createOrUpdate("clients", "by-clients", "hub", { partitionCount: 2 });
  expect(hub).toMatchObject({ partitionCount: 2, partitionIds: ["0", "1"] });
  await eventHubs.consumerGroups.createOrUpdate("clients", "by-clients", "hub", "siem", {});
  const names: (string | undefined)[] = [];
  for await (const group of eventHubs.consumerGroups.listByEventHub("clients", "by-clients", "hub"))
    names.push(group.name);
  expect(names.toSorted()).toEqual(["$Default", "siem"]);
  const tracked: (string | undefined)[] = [];
  for await (const resource of resources.resources.list()) tracked.push(resource.name);
  expect(tracked).toContain("by-clients");

  await expect(eventHubs.eventHubs.get("clients", "by-clients", "missing")).rejects.toMatchObject({
    statusCode: 404,
    code: "ResourceNotFound",
  });

  const deletion = eventHubs.namespaces.delete("clients", "by-clients", quickly);
  await deletion.submitted();
  azure.pass();
  await deletion;
  const end = resources.resourceGroups.delete("clients", quickly);
  await end.submitted();
  azure.pass();
  await end;
  expect((await resources.resourceGroups.checkExistence("clients")).body).toBe(false);
});

test("a client with a wrong secret gets an error from sign-in", async () => {
  const wrong = new ClientSecretCredential(tenantId, deployer.appId, "wrong", options);
  await expect(wrong.getToken("https://management.azure.com/.default")).rejects.toThrow("AADSTS7000215");
});
