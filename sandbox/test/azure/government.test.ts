import { expect, test } from "vitest";

import { testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const group = await azure.group();

test.each(["US Gov Virginia", "usdodeast"])(
  "a namespace in %s has the government's host name, in its keys too",
  async (location) => {
    const name = `ns-${location.replaceAll(" ", "-").toLowerCase()}`;
    const id = `${group}/providers/Microsoft.EventHub/namespaces/${name}`;
    const sku = { name: "Standard" };
    const made = await azure.arm("PUT", id, { location, sku });
    const host = `${name}.servicebus.usgovcloudapi.net`;
    expect(made.body).toMatchObject({ properties: { serviceBusEndpoint: `https://${host}:443/` } });
    azure.pass();
    const keys = await azure.arm("POST", `${id}/authorizationRules/RootManageSharedAccessKey/listKeys`);
    expect(keys.body).toMatchObject({
      primaryConnectionString: expect.stringContaining(`sb://${host}/;`) as string,
    });
  },
);
