import { expect, test } from "vitest";

import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const provider = `${subscription}/providers/Microsoft.Security`;
const wdatp = `${provider}/settings/WDATP`;
const version = "2021-07-01";
const on = { kind: "DataExportSettings", properties: { enabled: true } };

test("a subscription that never registered Microsoft.Security shows neither plans nor settings", async () => {
  const refused = await azure.arm("GET", `${provider}/pricings`, undefined, "2022-03-01");
  expect(refusal(refused)).toBe("404 Subscription Not Registered");
  expect(message(refused)).toContain("Please register to Microsoft.Security");
  expect(refusal(await azure.arm("GET", wdatp, undefined, version))).toBe("404 Subscription Not Registered");
  expect(refusal(await azure.arm("PUT", wdatp, on, version))).toBe("409 MissingSubscriptionRegistration");
  await azure.arm("POST", `${provider}/register`);
  azure.pass();
});

test("all settings exist from the start, and are off", async () => {
  const { body } = await azure.arm("GET", `${provider}/settings`, undefined, version);
  const { value } = body as { value: { name: string; kind: string; properties: { enabled: boolean } }[] };
  expect(value.map(({ name }) => name)).toEqual(expect.arrayContaining(["MCAS", "WDATP", "Sentinel"]));
  expect(value.some(({ properties }) => properties.enabled)).toBe(false);
});

test("a setting can be turned on and off, and not deleted", async () => {
  expect((await azure.arm("PUT", wdatp, on, version)).body).toMatchObject({ name: "WDATP", ...on });
  expect((await azure.arm("GET", wdatp.toLowerCase(), undefined, version)).body).toMatchObject(on);
  expect((await azure.arm("DELETE", wdatp, undefined, version)).status).toBe(405);
  await azure.arm("PUT", wdatp, { ...on, properties: { enabled: false } }, version);
  expect((await azure.arm("GET", wdatp, undefined, version)).body).toMatchObject({
    properties: { enabled: false },
  });
});

test("a setting has one kind, and there are no other settings", async () => {
  const wrongKind = { kind: "AlertSyncSettings", properties: { enabled: true } };
  expect(refusal(await azure.arm("PUT", wdatp, wrongKind, version))).toBe("400 BadRequest");
  const withoutKind = await azure.arm("PUT", wdatp, { properties: { enabled: true } }, version);
  expect(refusal(withoutKind)).toBe("400 InvalidRequestContent");
  expect((await azure.arm("PUT", `${provider}/settings/NOTHING`, on, version)).status).toBe(404);
});

test("plans are free until they are bought, and a server's is P2 unless P1 is asked for", async () => {
  const servers = `${provider}/pricings/VirtualMachines`;
  const plan = () => azure.arm("GET", servers, undefined, "2022-03-01");
  expect((await plan()).body).toMatchObject({ properties: { pricingTier: "Free" } });
  await azure.arm("PUT", servers, { properties: { pricingTier: "Standard" } }, "2022-03-01");
  expect((await plan()).body).toMatchObject({ properties: { pricingTier: "Standard", subPlan: "P2" } });
  await azure.arm("PUT", servers, { properties: { pricingTier: "Standard", subPlan: "P1" } }, "2022-03-01");
  expect((await plan()).body).toMatchObject({ properties: { subPlan: "P1" } });
});
