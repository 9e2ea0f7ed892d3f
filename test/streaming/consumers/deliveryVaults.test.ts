import { expect, test } from "vitest";
import { deliveryVaultMistakes, deliveryVaultIds } from "../../../streaming/consumers/deliveryVaults.ts";
import type { Consumer } from "../../../streaming/people/principals.ts";

const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-soc";
const consumer: Consumer = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const consumers = [consumer, { ...consumer, name: "lake", deliverKeyTo: id }];

test("each vault is looked up once, and none if nothing is delivered", () => {
  expect(deliveryVaultIds({ consumers: [...consumers, ...consumers] })).toEqual([id]);
  expect(deliveryVaultIds({ consumers: [consumer] })).toEqual([]);
});

test("a missing vault is a mistake of the consumer that names it", () => {
  const [mistake, ...more] = deliveryVaultMistakes({ request: { consumers }, vaults: { [id]: "missing" } });
  expect(mistake).toMatchObject({ key: "consumers[1].deliverKeyTo", value: id });
  expect(mistake?.rule).toContain("no key vault kv-soc");
  expect(more).toEqual([]);
});

test("a vault that exists, or may not be seen, is no mistake", () => {
  for (const state of ["there", "hidden"] as const) {
    expect(deliveryVaultMistakes({ request: { consumers }, vaults: { [id]: state } })).toEqual([]);
  }
});
