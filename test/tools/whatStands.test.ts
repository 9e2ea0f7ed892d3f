import { ClientSecretCredential } from "@azure/identity";
import { expect, it } from "vitest";
import { clientSecret, deployer, tenantId } from "defender-streaming-sandbox/tenant";
import { testAzure } from "defender-streaming-sandbox/testAzure";
import { readOutputs } from "../../streaming/readOutputs.ts";
import { armOnce } from "../../tools/arm.ts";
import { whatStands } from "../../tools/whatStands.ts";

const azure = await testAzure();
const compare = (outputs: object) => {
  const options = { authorityHost: azure.origin, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, deployer.appId, clientSecret, options);
  return whatStands(
    readOutputs(outputs),
    armOnce({ endpoint: azure.origin, audience: azure.origin, credential }),
  );
};
const deployed = async (name: string, ...hubs: string[]) => {
  const resourceId = await azure.namespace(name, { name: "Standard" });
  for (const hub of hubs) await azure.arm("PUT", `${resourceId}/eventhubs/${hub}`, { properties: {} });
  return { name, resourceId, hubs };
};
const settingOf = ({ resourceId }: { resourceId: string }) => ({ name: "s", resourceId, eventTypes: [] });

it("says nothing about outputs that are true", async () => {
  const namespace = await deployed("all-there", "one", "two");
  const outputs = { namespaces: [namespace], exportSettings: [settingOf(namespace)] };
  const { stack, gone } = await compare(outputs);
  expect(gone).toEqual([]);
  expect(stack).toEqual(readOutputs(outputs));
});

it("names each hub, namespace and account that is gone, and leaves them out", async () => {
  const there = await deployed("partly-there", "one");
  const lost = { ...there, name: "lost", resourceId: there.resourceId.replace("partly-there", "lost") };
  const account = {
    name: "acc",
    resourceId: there.resourceId.replace(/Microsoft.EventHub.*/, "Microsoft.Storage/storageAccounts/acc"),
    containers: [],
  };
  const { stack, gone } = await compare({
    namespaces: [{ ...there, hubs: ["ONE", "two"] }, lost],
    accounts: [account],
    exportSettings: [there, lost, account].map(settingOf),
  });
  expect(gone.map((sentence) => sentence.replace(", which no longer exists. Run `pulumi up`.", ""))).toEqual(
    expect.arrayContaining([
      "The outputs name the hub two of partly-there",
      "The outputs name the namespace lost",
      "The outputs name the storage account acc",
    ]),
  );
  expect(stack.namespaces).toMatchObject([{ name: "partly-there", hubs: ["ONE"] }]);
  expect(stack.exportSettings).toEqual([expect.objectContaining({ resourceId: there.resourceId })]);
  expect(stack.accounts).toEqual([]);
});
