import { beforeAll, expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const configure = (stack: string, autonaming: unknown) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo"],
    destinations: ["eventHub", "storage"],
    protect: false,
    "pulumi:autonaming": autonaming,
  });
};
const verbatimBut = (namespaces: string) => {
  const resources = { "azure-native:eventhub:Namespace": { pattern: namespaces } };
  return { mode: "verbatim", providers: { "azure-native": { resources } } };
};
const up = (stack: string) => ["up", "--yes", "--non-interactive", "--stack", stack];
const others = `${sandbox.subscription}/resourceGroups/others`;

beforeAll(async () => {
  for (const namespace of ["Microsoft.Storage", "Microsoft.EventHub"])
    await sandbox.control("registration", { namespace, state: "Registered" });
});

it("reports all names that are taken at once, with the fix, before anything is created", async () => {
  const account = `${others}/providers/Microsoft.Storage/storageAccounts/defendersa1`;
  await sandbox.arm("PUT", others, "2024-03-01", { location: "westeurope" });
  await sandbox.arm("PUT", account, "2024-01-01", {
    location: "westeurope",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
  });
  configure("taken", verbatimBut("microsoft-defender"));
  const { said, changes } = await sandbox.refused(...up("taken"));
  expect(said).toMatch(
    /2 mistakes[\s\S]*1\. pulumi:autonaming: microsoft-defender\n[\s\S]*2\. pulumi:autonaming: defendersa1\n/,
  );
  expect(said).toContain(account);
  expect(said).toContain('{"azure-native:eventhub:Namespace": {pattern: "${name}-${hex(8)}"}}');
  expect(said).not.toMatch(/\n\s+at .*\.ts:\d+/);
  expect(
    changes.filter(
      (change) =>
        change !== "POST Microsoft.EventHub/checkNameAvailability" &&
        change !== "POST Microsoft.Storage/checkNameAvailability",
    ),
  ).toEqual([]);
  await sandbox.arm("DELETE", account);
});

it("continues with names that a failed deployment of the stack has taken, and does not check those that it has", async () => {
  configure("fixed", verbatimBut("${project}-${stack}-${name}"));
  await sandbox.control("faults", {
    method: "PUT",
    pathPattern: "/namespaces/[^/]+$",
    answer: { status: 409, code: "InternalServerError", message: "Not today." },
  });
  expect((await sandbox.refused(...up("fixed"))).said).toContain("Not today.");

  // The state has what the failed deployment created.
  expect(await sandbox.ok(...up("fixed"))).not.toContain("earlier deployment");
  const { namespaces } = await sandbox.outputs("fixed");
  expect(namespaces[0]?.resourceId).toMatch(/\/defender-streaming-fixed-defender-ns1$/);

  const asked = await sandbox.changes(async () => {
    expect(await sandbox.ok(...up("fixed"), "--expect-no-changes")).not.toContain("earlier deployment");
  });
  expect(asked).toEqual([]);
});
