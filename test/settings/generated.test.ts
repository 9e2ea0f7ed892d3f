import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shape } from "../../settings/shape/schema.ts";
import { inYaml } from "../../settings/yaml.ts";
import { assignableRoles } from "../../streaming/deployer/role.ts";
import { renderBenchmarkTables } from "../../tools/generate/benchmarkTables.ts";
import { renderConfigurations } from "../../tools/generate/configurations.ts";
import { renderDeployerCondition, renderDeployerRole } from "../../tools/generate/deployerRole.ts";
import { withSection } from "../../tools/generate/section.ts";
import { renderSettingsSchema } from "../../tools/generate/settingsSchema.ts";
import { renderSettingsTable } from "../../tools/generate/settingsTable.ts";

const root = join(import.meta.dirname, "..", "..");
const stale = "Run `npm run generate`.";

test("settings.schema.json is current", () => {
  expect(readFileSync(join(root, "settings.schema.json"), "utf8"), stale).toBe(renderSettingsSchema());
});

test("README's table of settings is current", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme, stale).toBe(withSection(readme, "settings", await renderSettingsTable()));
});

test("the configurations in docs/consumers.md are current", async () => {
  const guide = readFileSync(join(root, "docs", "consumers.md"), "utf8");
  expect(guide, stale).toBe(withSection(guide, "configurations", await renderConfigurations()));
});

test("the deployer's role and its condition in docs/deployer.md are current", () => {
  const file = (name: string) => readFileSync(join(root, "docs", name), "utf8");
  expect(file("deployer-role.json"), stale).toBe(renderDeployerRole());
  const guide = file("deployer.md");
  expect(guide, stale).toBe(withSection(guide, "condition", renderDeployerCondition(assignableRoles)));
});

test("docs/security.md's lists of rules are current", async () => {
  const document = readFileSync(join(root, "docs", "security.md"), "utf8");
  expect(document, stale).toBe(withSection(document, "benchmarks", await renderBenchmarkTables()));
});

test("a document without the markers is refused", () => {
  expect(() => withSection("# Title", "settings", "| a |")).toThrow("<!-- settings -->");
});

test("every setting is in the schema with a description, and misspelt ones are not allowed", () => {
  const { config } = (
    JSON.parse(renderSettingsSchema()) as {
      properties: {
        config: {
          properties: Record<string, { description?: string }>;
          patternProperties: Record<string, boolean>;
        };
      };
    }
  ).properties;
  for (const key of Object.keys(shape)) {
    expect(config.properties[`defender-streaming:${key}`]?.description).toMatch(/\w/);
  }
  const [pattern = ""] = Object.keys(config.patternProperties);
  expect(config.patternProperties[pattern]).toBe(false);
  expect("defender-streaming:retentionHour").toMatch(new RegExp(pattern));
  expect("defender-streaming:retentionHours").not.toMatch(new RegExp(pattern));
  expect("azure-native:location").not.toMatch(new RegExp(pattern));
});

test("values are written as YAML on one line", () => {
  expect(inYaml([{ name: "Ada L", on: true, at: "0a-b", n: 4, no: null }])).toBe(
    '[{name: Ada L, on: true, at: "0a-b", n: 4, no: null}]',
  );
});
