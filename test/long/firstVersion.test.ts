import { join } from "node:path";
import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "first-version";

// stackOfFirstVersion.json is what the first version of this project left of these settings (`pulumi stack export`),
// without times of resources, places in the source and the code of the dynamic providers.
const settings = {
  tables: ["DeviceInfo", "AlertInfo"],
  destinations: ["eventHub", "storage"],
  storage: { redundancy: "GZRS", retentionDays: 730, immutability: { days: 365 }, privateEndpoint: true },
  consumerGroups: ["siem"],
  portalUsers: [
    { name: "Alex Wilber", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" },
  ],
  consumers: [
    {
      name: "siem",
      objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
      principalType: "ServicePrincipal",
      reads: ["eventHub"],
    },
    {
      name: "investigation",
      objectId: "f7b93c05-48e6-4d12-a0f7-19c8e2d45b6a",
      principalType: "ServicePrincipal",
      reads: ["storage"],
    },
  ],
};

// The embedded Azure does not hold what that stack made, so it is not looked at: the state alone is compared.
const preview = () => sandbox.preview(stack, "--refresh=false");

// Its dynamic resources have their code in the state, which moves out of it.
const moved = ["update ContainerImmutability", "update ProviderRegistration"];
const withoutMoved = (changes: string[]) =>
  changes.filter((change) => !moved.some((one) => change.startsWith(`${one} `)));

it("takes over a stack of the first version without a change to any resource in Azure", async () => {
  sandbox.configure(stack, settings);
  await sandbox.ok("stack", "init", stack);
  const file = join(import.meta.dirname, "stackOfFirstVersion.json");
  await sandbox.ok("stack", "import", "--stack", stack, "--file", file);
  expect(withoutMoved(await preview())).toEqual([]);
});

it("would notice a change", async () => {
  sandbox.configure(stack, { ...settings, consumerGroups: ["siem", "lake"] });
  expect(withoutMoved(await preview()).toSorted()).toEqual([
    "create ConsumerGroup defender-ns1-alertinfo-lake",
    "create ConsumerGroup defender-ns1-deviceinfo-lake",
  ]);
});
