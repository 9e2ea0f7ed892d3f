import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subscription, TestAzure } from "../../testing/testAzure.ts";

const azure = new TestAzure();
const namespace = `${subscription}/resourceGroups/rg-security-events/providers/Microsoft.EventHub/namespaces/contoso-security-events`;

beforeAll(() => azure.start());
afterAll(() => azure.stop());

const control = async (path: string) => (await fetch(`${azure.origin}/sandbox/${path}`)).json();

describe("what the subscription holds from the start", () => {
  it("is finished, and visible to every request", async () => {
    const { status, body } = await azure.arm("GET", namespace);
    expect(status).toBe(200);
    expect(body).toMatchObject({ properties: { provisioningState: "Succeeded", status: "Active" } });
    const hubs = await azure.arm("GET", `${namespace}/eventhubs`);
    expect((hubs.body as { value: unknown[] }).value).toHaveLength(2);
  });

  it("is no resource of a stack, and leaves the providers unregistered", async () => {
    expect(await control("state")).toMatchObject({ resources: [], registrations: {} });
  });

  it("keeps changes", async () => {
    const before = await control("inventory");
    await azure.arm("POST", `${subscription}/providers/Microsoft.EventHub/register`, undefined, "2021-04-01");
    azure.pass();
    await azure.arm("PUT", `${namespace}/eventhubs/more`, {});
    expect(await control("inventory")).not.toEqual(before);
    await azure.arm("DELETE", `${namespace}/eventhubs/more`);
    expect(await control("inventory")).toEqual(before);
  });
});
