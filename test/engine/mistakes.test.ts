import { expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

const sandbox = await testSandbox();

const deploy = (stack: string) => sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);

it("lists every mistake at once, without a stack trace, before anything is touched", async () => {
  sandbox.configure("wrong", {
    "azure-native:location": "West Europe",
    tables: ["DeviceInfos"],
    tire: "Standard",
    throughputUnits: 0,
    retentionHours: 500,
    portalUsers: [{ name: "Alex", objectId: "alex@contoso.com", principalType: "User" }],
  });
  const { said, changes } = await deploy("wrong");
  for (const key of ["location", "tables", "tire", "throughputUnits", "retentionHours", "objectId"])
    expect(said).toContain(key);
  expect(said).toContain("DeviceInfo");
  expect(said).toContain("westeurope");
  expect(said).not.toMatch(/\n\s+at .*\.ts:\d+/);
  expect(changes).toEqual([]);
});

it("says that the tenant has too few export settings left, without a stack trace", async () => {
  sandbox.configure("many", { exportSettingsUsedByOthers: 3 });
  const { said, changes } = await deploy("many");
  expect(said).toContain("exportSettingsUsedByOthers");
  expect(said).not.toMatch(/\n\s+at .*\.ts:\d+/);
  expect(changes).toEqual([]);
});

it("names the stack file and the examples when a stack has no settings", async () => {
  await expect(sandbox.run("preview", "--stack", "nowhere")).rejects.toThrow(
    /Pulumi\.nowhere\.yaml.*event-hubs-per-table/s,
  );
});

it("checks the settings of the selected stack as well", async () => {
  sandbox.configure("chosen", { tables: ["DeviceInfo"] });
  await sandbox.ok("stack", "init", "chosen");
  sandbox.configure("chosen", { tables: ["DeviceInfoo"] });
  expect((await sandbox.refused("preview")).said).toContain("DeviceInfoo");
});

it("refuses to change settings where the next command would lose them", async () => {
  sandbox.configure("mine", {});
  await expect(sandbox.run("config", "set", "tier", "Premium", "--stack", "mine")).rejects.toThrow(
    /Pulumi\.mine\.yaml/,
  );
});
