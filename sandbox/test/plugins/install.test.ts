import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { installPlugins } from "../../plugins/install.ts";
import { Project } from "../../project.ts";
import { checkout } from "../../sandbox.ts";

const directory = mkdtempSync(join(tmpdir(), "sandbox plugins "));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

test("a provider is installed in each version that a stack's state names, beside that of the SDK", async () => {
  const stacks = join(directory, "state", ".pulumi", "stacks", "defender-streaming");
  mkdirSync(stacks, { recursive: true });
  const resources = [
    { type: "pulumi:providers:azure-native", inputs: { version: "3.0.1" } },
    { type: "pulumi:providers:azure-native", inputs: { location: "westeurope" } },
    { type: "pulumi:providers:pulumi-nodejs", inputs: {} },
    { type: "azure-native:eventhub:Namespace", inputs: { version: "1" } },
  ];
  writeFileSync(join(stacks, "old.json"), JSON.stringify({ checkpoint: { latest: { resources } } }));

  const asked = new Project(directory, checkout).pluginsOf("old");
  expect(asked).toEqual([{ name: "azure-native", version: "3.0.1" }]);

  await installPlugins({ providers: "stand-ins", directory, bin: "" }, asked);
  const ofSdk = (sdk: string) =>
    (createRequire(import.meta.url)(`${sdk}/package.json`) as { version: string }).version;
  expect(readdirSync(join(directory, "pulumi", "plugins")).sort()).toEqual([
    "resource-azure-native-v3.0.1",
    `resource-azure-native-v${ofSdk("@pulumi/azure-native")}`,
    `resource-azuread-v${ofSdk("@pulumi/azuread")}`,
  ]);
});

test("a stack without a state names none", () => {
  expect(new Project(directory, checkout).pluginsOf("new")).toEqual([]);
});
