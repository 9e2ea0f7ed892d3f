import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "archive";
const tables = ["DeviceInfo", "AlertInfo"];
const asked = {
  tables,
  destinations: ["storage"],
  portalUsers: [{ name: "Alex", objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245", principalType: "User" }],
  consumers: [
    { name: "lake", objectId: "f7b93c05-48e6-4d12-a0f7-19c8e2d45b6a", principalType: "ServicePrincipal" },
  ],
};
const settings = (storage: Record<string, unknown> = {}, changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, { ...asked, storage: { ipRules: ["203.0.113.0/28"], ...storage }, ...changes });
};
const outputs = () => sandbox.outputs(stack);
const refused = async (...args: string[]) => {
  const result = await sandbox.run(...args, "--non-interactive", "--stack", stack);
  expect(result.code).not.toBe(0);
  return result.stdout + result.stderr;
};
const containers = [
  "insights-logs-advancedhunting-deviceinfo",
  "insights-logs-advancedhunting-alertinfo",
] as const;

// One stack lives through all of these, in this order, as a stack of a user's would.

it("creates an account with its containers, and nothing of Event Hubs", async () => {
  settings();
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => change.startsWith("PUT ")).sort()).toEqual([
    "PUT blobServices/default",
    `PUT containers/${containers[1]}`,
    `PUT containers/${containers[0]}`,
    "PUT managementPolicies/default",
    expect.stringMatching(/^PUT resourcegroups\//i),
    expect.stringMatching(/^PUT roleAssignments\//),
    expect.stringMatching(/^PUT roleAssignments\//),
    expect.stringMatching(/^PUT storageAccounts\/defendersa1[0-9a-f]{8}$/),
  ]);
});

it("outputs the values for the portal and for consumers", async () => {
  const { exportSettings, accounts, requiredRoleAssignments } = await outputs();
  const [account] = accounts;
  expect(account).toMatchObject({
    blobEndpoint: `https://${account?.name ?? ""}.blob.core.windows.net/`,
    containers,
  });
  expect(exportSettings).toEqual([
    {
      key: "storage1",
      name: "defender-streaming-archive-storage1",
      destination: "storage",
      resourceId: account?.resourceId,
      hubName: "",
      eventTypes: tables,
    },
  ]);
  expect(requiredRoleAssignments).toMatchObject([
    { scope: account?.resourceId, role: "Contributor" },
    { scope: account?.resourceId, role: "Storage Blob Data Reader" },
  ]);
});

it("changes nothing when it is deployed again, and finds no drift", async () => {
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
});

it("changes redundancy and retention in place, and says that shorter retention deletes", async () => {
  settings({ redundancy: "RAGRS", retentionDays: 90 });
  expect((await sandbox.preview(stack)).sort()).toEqual([
    "update ManagementPolicy defender-sa1",
    "update StorageAccount defendersa1",
  ]);
  const said = await sandbox.up(stack);
  expect(said).toContain("more than 90 days ago are deleted");
});

it("refuses another redundancy that needs a conversion, with the command that requests it, and changes nothing", async () => {
  settings({ redundancy: "GZRS", retentionDays: 90 });
  const changes = await sandbox.changes(async () => {
    expect(await refused("up", "--yes")).toMatch(
      /storage\.redundancy[\s\S]*az storage account migration start.*--sku Standard_RAGZRS/,
    );
  });
  expect(changes).toEqual([]);
});

const immutable = (days: number | false) => {
  const immutability = days === false ? false : { days };
  settings({ redundancy: "RAGRS", retentionDays: 90, immutability });
};
const policies = async () => {
  const { accounts } = await outputs();
  const read = (name: string) =>
    sandbox.arm<{ properties: Record<string, unknown> }>(
      "GET",
      `${accounts[0]?.resourceId ?? ""}/blobServices/default/containers/${name}/immutabilityPolicies/default`,
    );
  return (await Promise.all(containers.map(read))).map(({ properties }) => properties);
};

it("makes the containers immutable, unlocked and open for appends", async () => {
  immutable(30);
  await sandbox.up(stack);
  const policy = {
    immutabilityPeriodSinceCreationInDays: 30,
    allowProtectedAppendWrites: true,
    state: "Unlocked",
  };
  expect(await policies()).toEqual([policy, policy]);
  await sandbox.up(stack, "--expect-no-changes");
});

it("changes and removes an immutability policy that is not locked", async () => {
  immutable(60);
  await sandbox.up(stack);
  expect(await policies()).toMatchObject([
    { immutabilityPeriodSinceCreationInDays: 60 },
    { immutabilityPeriodSinceCreationInDays: 60 },
  ]);
  immutable(false);
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes).toEqual(["DELETE immutabilityPolicies/default", "DELETE immutabilityPolicies/default"]);
});

it("adds Event Hubs beside the archive without a change to the archive's export setting", async () => {
  const before = await outputs();
  settings({ redundancy: "RAGRS", retentionDays: 90 }, { destinations: ["eventHub", "storage"] });
  const changes = await sandbox.changes(() => sandbox.up(stack));
  expect(changes.filter((change) => /storageAccounts|containers/.test(change))).toEqual([]);
  const { exportSettings, accounts } = await outputs();
  expect(accounts).toEqual(before.accounts);
  expect(exportSettings).toEqual([
    expect.objectContaining({ name: "defender-streaming-archive-export1", destination: "eventHub" }),
    ...before.exportSettings,
  ]);
});

it("stops the removal of the archive at the preview, and names the two steps", async () => {
  settings({}, { destinations: ["eventHub"], storage: undefined });
  const said = await refused("preview");
  expect(said).toContain("defendersa1");
  expect(said).toContain("allowDataLoss: [sa1]");
});

it("stops a change to a hierarchical namespace at the preview", async () => {
  settings({ hierarchicalNamespace: true }, { destinations: ["eventHub", "storage"] });
  expect(await refused("preview")).toMatch(/defendersa1[\s\S]*protect/);
});

it("replaces the account if its blobs may be lost, and creates the new one first", async () => {
  const [old] = (await outputs()).accounts;
  settings(
    { hierarchicalNamespace: true },
    { destinations: ["eventHub", "storage"], allowDataLoss: ["sa1"] },
  );
  const changes = await sandbox.changes(() => sandbox.up(stack));
  const [now] = (await outputs()).accounts;
  expect(now?.name).not.toBe(old?.name);
  const made = changes.indexOf(`PUT containers/${containers[0]}`);
  const gone = changes.indexOf(`DELETE storageAccounts/${old?.name ?? ""}`);
  expect(made).toBeGreaterThan(-1);
  expect(gone).toBeGreaterThan(made);
  await sandbox.up(stack, "--expect-no-changes");
});

it("removes the archive in two steps and leaves the hubs and their export setting as they are", async () => {
  const [hubs] = (await outputs()).exportSettings;
  settings({}, { destinations: ["eventHub"], storage: undefined });
  await sandbox.up(stack);
  const { exportSettings, accounts } = await outputs();
  expect(accounts).toEqual([]);
  expect(exportSettings).toEqual([hubs]);
});

it("says that a locked immutability policy cannot be changed, and changes nothing", async () => {
  const locked = (days: number) => {
    const storage = { immutability: { days } };
    sandbox.configure("locked", {
      tables: ["DeviceInfo"],
      destinations: ["storage"],
      protect: false,
      storage,
    });
  };
  locked(30);
  await sandbox.up("locked");
  const [account] = (await sandbox.outputs("locked")).accounts;
  const policy = `${account?.resourceId ?? ""}/blobServices/default/containers/${containers[0]}/immutabilityPolicies/default`;
  const { etag } = await sandbox.arm<{ etag: string }>("GET", policy);
  await sandbox.arm("POST", `${policy}/lock`, "2024-01-01", undefined, etag);
  await sandbox.up("locked", "--expect-no-changes");
  locked(20);
  const changes = await sandbox.changes(async () => {
    const result = await sandbox.run(
      "up",
      "--yes",
      "--skip-preview",
      "--non-interactive",
      "--stack",
      "locked",
    );
    expect(result.code).not.toBe(0);
    expect(result.stdout + result.stderr).toContain(`policy of the container ${containers[0]} is locked`);
  });
  expect(changes).toEqual([]);
});
