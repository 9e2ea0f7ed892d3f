import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shape } from "../../settings/shape/schema.ts";
import { inYaml } from "../../settings/yaml.ts";
import { generated, root, upToDate } from "../../tools/generate/generated.ts";
import { withSection } from "../../tools/generate/section.ts";
import { renderSettingsSchema } from "../../tools/generate/settingsSchema.ts";

test.for(generated)("$file is up to date", async (one) => {
  expect(readFileSync(join(root, one.file), "utf8"), "Run `npm run generate`.").toBe(await upToDate(one));
});

test("a document without the markers is refused", () => {
  expect(() => withSection("# Title", "settings", "| a |")).toThrow("<!-- settings -->");
});

test("every setting is in the schema with a description, and misspelled ones are not allowed", () => {
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
